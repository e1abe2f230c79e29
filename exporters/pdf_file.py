"""A report as PDF: title and summary block, then the table, on as many pages as it takes.

Pages are written as they fill, so memory does not grow with the rows. reportlab reads the fonts and cuts them to the
glyphs used; its canvas would hold every page until the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from core.query.columns import Row
from core.query.result import Result
from core.region import Paper
from core.text.date_style import shown_day
from core.text.terminal_text import neutral
from exporters.export_options import Job
from exporters.pdf.chart import write_chart
from exporters.pdf.document import Bookmark, Document
from exporters.pdf.front import write_front, write_notes
from exporters.pdf.measure import measured
from exporters.pdf.pages import Pages
from exporters.pdf.structure import Structure
from exporters.pdf.style import MARGIN
from exporters.pdf.table import Table
from exporters.pdf.typesetter import Typesetter
from exporters.pdf.widths import Fit, Need, fit, fits

_UPRIGHT_SIZE, _LYING_SIZE = 10.0, 8.0
"""The largest text of tables on upright pages, which are for those that fit them at this size, and on the others."""
MOST_TAGGED_ROWS = 10_000
"""Rows up to which a document says what its pieces are; beyond, the tags would be larger than the pages."""
_MOST_BOOKMARKS = 200
_BOOKMARK_LENGTH = 60


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` as PDF to `out`; see `exporters.export_options.Exporter`."""
    typesetter = Typesetter()
    needs = measured(result, typesetter, job.tick)
    document = Document(out)
    footer = f"{typesetter.clean(result.title)} · as of {shown_day(result.as_of.isoformat())}"
    size, largest = _page(needs, job.style.paper)
    structure = Structure(document) if result.row_count <= MOST_TAGGED_ROWS else None
    pages = Pages(document, typesetter, size, footer, structure)
    write_front(pages, result)
    starts, notes = _write_rows(result, pages, fit(needs, pages.width, largest), job)
    if chart := result.chart():
        write_chart(pages, chart)
    if note := typesetter.note():
        notes.append(note)
    if structure is None:
        notes.append(f"Beyond {MOST_TAGGED_ROWS:,} rows a PDF has no tags for screen readers: for these take HTML.")
    write_notes(pages, notes)
    pages.close()
    tags = structure.finish() if structure is not None else ""
    words = "; ".join(f"{label}: {text}" for label, text in result.facts())
    bookmarks = _bookmarks(pages.numbers, starts, result.look.rows_are)
    document.close(title=result.title, subject=words, made_at=job.made_at, bookmarks=bookmarks, tags=tags)
    return notes


def _page(needs: Sequence[Need], paper: Paper) -> tuple[tuple[float, float], float]:
    """Return an upright page for a narrow table, else one on its side, and the table's largest text."""
    width, height = paper.points
    if fits(needs, width - 2 * MARGIN, _UPRIGHT_SIZE):
        return (width, height), _UPRIGHT_SIZE
    return (height, width), _LYING_SIZE


def _write_rows(result: Result, pages: Pages, shape: Fit, job: Job) -> tuple[list[tuple[int, str]], list[str]]:
    """Draw the table; return, for each page it stands on, the page's index and the key of its first row, and notes."""
    starts: list[tuple[int, str]] = []
    keys = [column.key for column in result.columns]
    key = keys.index(result.look.known_by) if result.look.known_by in keys else 0

    def remember(row: Row) -> None:
        starts.append((len(pages.numbers) - 1, _shortened(result.columns[key].kind.show(row[key]))))

    table = Table(pages, result.columns, shape, remember)
    table.write(result.blocks(), job.tick, total_at=result.row_count if result.look.has_total else None)
    if not starts:
        with pages.tagged("P"):
            pages.paragraph(f"No {result.look.rows_are.lower()} match.")
    return starts, table.notes()


def _bookmarks(pages: Sequence[int], starts: Sequence[tuple[int, str]], rows_are: str) -> list[Bookmark]:
    """Return the outline: the summary block, and the table's pages by the key of their first row."""
    marks = [Bookmark("Summary", pages[0])]
    if starts:
        step = -(-len(starts) // _MOST_BOOKMARKS)
        under = [Bookmark(f"Page {index + 1:,}: {key}", pages[index]) for index, key in starts[::step] if index]
        marks.append(Bookmark(rows_are, pages[starts[0][0]], under))
    return marks


def _shortened(shown: str) -> str:
    """Return a value as the words of a bookmark, which only point at it."""
    text = neutral(shown)
    return text if len(text) <= _BOOKMARK_LENGTH else f"{text[:_BOOKMARK_LENGTH]}…"
