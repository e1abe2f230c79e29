"""What the lines round a report's table say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from core.conditions.sentence import to_sentence
from core.query.column_layout import ColumnLayout
from core.query.columns import Column
from core.query.request import Request
from core.query.sorting import sort_words
from core.text.vocabulary import count_of
from tui.safe_text import plain


def title_line(request: Request) -> Content:
    """Return the report's title, its status and its day."""
    letters = [text for label, text in request.in_words() if label == "Status"]
    title = " · ".join([request.report.title, *letters])
    return Content.assemble((title, "bold"), (f"   as of {request.as_of}", "dim"))


def filter_line(request: Request, columns: Sequence[Column], layout: ColumnLayout) -> Content:
    """Return the sentence that says which rows are shown, in which order, and that columns are hidden; '' if none."""
    narrowed = [*request.targets.words()]
    if request.condition is not None:
        narrowed.append(to_sentence(request.condition))
    parts = [f"Only rows: {' and '.join(narrowed)}"] if narrowed else []
    if request.sort:
        parts.append(f"Sorted by {sort_words(request.sort, request.report.columns)}")
    hidden = len(columns) - len(layout.arrange(columns))
    if hidden:
        parts.append(f"{count_of(hidden, 'column')} hidden (C)")
    return plain(" · ".join(parts))


def status_line(parts: Iterable[str]) -> Content:
    """Return the line below the table."""
    return plain(" · ".join(parts))
