"""What a report's page says round its table, and what it asks for in the line at its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content

from core.conditions.completion import Completion, complete
from core.conditions.example import example
from core.conditions.sentence import to_sentence
from core.conditions.written import joined
from core.errors import WrongUse
from core.query.column_layout import ColumnLayout
from core.query.columns import Column
from core.query.request import Request
from core.query.sorting import sort_words
from core.text.date_style import in_style, shown_day
from core.text.vocabulary import count_of
from core.views.session import ReportSession
from tui.commands.fuzzy import columns_like
from tui.commands.keymap import KeyMap
from tui.safe_text import plain
from tui.widgets.ask_line import Question

# Round the table


def title_line(request: Request) -> Content:
    """Return the report's title, its status and its day."""
    words = [parameter.words(value) for parameter, value in request.said() if not parameter.is_filter]
    title = " · ".join([request.report.title, *words])
    known = f", as known on {shown_day(str(request.known_on))}" if request.known_on else ""
    return Content.assemble((title, "bold"), (f"   as of {shown_day(str(request.as_of))}{known}", "dim"))


def filter_line(session: ReportSession, keymap: KeyMap) -> Content:
    """Return the sentence that says which rows are shown, in which order, and that columns are hidden; '' if none."""
    request = session.request
    narrowed = [parameter.words(value) for parameter, value in request.said() if parameter.is_filter]
    if request.condition is not None:
        narrowed.append(in_style(to_sentence(request.condition)))
    parts = [f"Only rows: {' and '.join(narrowed)}"] if narrowed else []
    if request.sort:
        parts.append(f"Sorted by {sort_words(request.sort, request.report.columns)}")
    columns = session.view.columns if session.view is not None else ()
    hidden = len(columns) - len(session.history.now.layout.arrange(columns))
    if hidden:
        parts.append(f"{count_of(hidden, 'column')} hidden ({keymap.shown('report.columns')})")
    return plain(" · ".join(parts))


def status_line(session: ReportSession, row: int, keymap: KeyMap) -> Content:
    """Return where the cursor stands, and what is known of all rows."""
    return plain(" · ".join(_status(session, row, keymap)))


def _status(session: ReportSession, row: int, keymap: KeyMap) -> Iterator[str]:
    if session.view is None:
        yield "reading …"
        return
    if session.row_count:
        yield f"row {row + 1:,} of {f'{session.row_count:,}' if session.is_counted else '…'}"
    else:
        undo = f": {keymap.shown('report.undo')} takes the last change back" if session.history.before else ""
        yield f"no rows{undo}"
    if session.selection.count:
        yield f"{session.selection.count:,} selected"
    if session.wanted is not None:
        yield "putting all rows in order …"
    if session.hits.text:
        yield session.hits.words(row)
    if session.result is not None:
        if session.result.notes:
            yield f"! {count_of(len(session.result.notes), 'note')} ({keymap.shown('report.notes')})"
        for label, figure in session.result.totals_shown():
            yield f"{label} {figure}"


# What is asked for


def filter_question(session: ReportSession, check: Callable[[str], object]) -> Question:
    """Return the question for a condition, beginning with the one that holds."""
    columns, as_of = session.report.columns, session.request.as_of
    return Question(
        "filter",
        "Filter",
        joined(session.history.now.where),
        example(columns),
        check,
        lambda text: complete(text, columns, as_of),
    )


def search_question(keymap: KeyMap) -> Question:
    """Return the question for a text to find."""
    on, back = keymap.shown("report.next_hit"), keymap.shown("report.previous_hit")
    return Question("search", "Find", hint=f"any text in any column; {on} and {back} go on and back")


def row_question() -> Question:
    """Return the question for a row's number."""
    return Question("row", "Go to row", hint="a number", check=row_number)


def row_number(text: str) -> int:
    """Return the number that a person wrote for a row.

    Raises:
        WrongUse: it is none.
    """
    digits = text.strip().replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise WrongUse(f"'{text}' is no row number.", "Write a number such as 1500.")
    return int(digits)


def column_question(columns: Sequence[Column], keymap: KeyMap) -> Question:
    """Return the question for the name of one of these columns."""

    def completion(text: str) -> Completion:
        return Completion(0, tuple(column.title for column in columns_like(text, columns)))

    hint = "some letters of its name"
    return Question("column", "Go to column", "", hint, lambda text: column_named(text, columns, keymap), completion)


def column_named(text: str, columns: Sequence[Column], keymap: KeyMap) -> Column:
    """Return the column that comes nearest to some letters of a name.

    Raises:
        WrongUse: no column's name has these letters.
    """
    found = columns_like(text, columns)
    if not found:
        hint = f"{keymap.shown('report.columns')} shows all columns."
        raise WrongUse(f"No column shown has the letters “{text.strip()}” in its name.", hint)
    return found[0]


def arranged(session: ReportSession, layout: ColumnLayout) -> list[Column]:
    """Return the columns that are shown, as they are shown."""
    return layout.arrange(session.view.columns) if session.view is not None else []
