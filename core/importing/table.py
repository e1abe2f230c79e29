"""A file that was opened and understood: its headings, and its rows as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from core.importing.notes import Note

BLOCK_ROWS = 500
"""How many rows are handed on at once: so few that Python, which counts 700, never looks through them for garbage."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell of a workbook that holds no value: a formula that failed, or one that was never calculated."""

    text: str
    """What stands there: "#N/A"."""
    reason: str

    def __str__(self) -> str:
        return self.text


class Spanned(str):
    """The text of a cell that spans several columns of a page, in the columns behind its first."""

    __slots__ = ()


Cell = str | int | float | bool | ErrorCell
"""What a cell holds. Files of text have only `str`; dates in workbooks come as ISO text, blank cells as ''."""

Cells = Sequence[Cell]


class Block(NamedTuple):
    """Some rows, one after the other."""

    numbers: list[int]
    """For each row its number as a spreadsheet shows it: the first is 1, blank lines and the heading row count."""
    rows: list[Cells]
    """As they stand in the file: a row may have more or fewer cells than there are headings."""
    cut: str = ""
    """Why the last of these rows is no whole one: the file ends in it. '' where it does not."""


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of a file that is to be imported. Close it (or use `with`) to let go of the file."""

    kind: str
    """In words: "CSV, semicolon, Windows-1252"."""
    headings: list[str]
    """The cells of the heading row, outer blanks taken off; '' where a column has none."""
    heading_row: int
    """The number of the heading row, of the last one where they are several."""
    blocks: Callable[[], Iterator[Block]]
    """The rows below the heading row without blank ones; each call reads the file anew, in flat memory.

    Raises `core.errors.WorkFailed` where the file turns out to be damaged, or to have changed meanwhile: nothing
    of it may be kept then."""
    close: Callable[[], None]
    encoding: str = ""
    """How its bytes were read, for files of text."""
    text_size: int = 0
    """Bytes of a file of text, which any process may read."""
    sheet: str = ""
    """The sheet (or table of a web page) that is read."""
    sheets: list[str] = field(default_factory=list)
    """All of them; empty for files that have none."""
    notes: list[Note] = field(default_factory=list)
    """What the person should know before trusting the rows."""
    passed_over: int = 0
    """Rows that are none of accounts and not among `blocks`: titles above the headings, rows that nobody sees."""
    heading_cells: list[Cells] = field(default_factory=list)
    """The heading rows as they stand there: paged and joined files have them again further down."""
    is_workbook: bool = False
    epoch_1904: bool = False
    """Whether day 0 of its date serials is 1904-01-01."""

    @property
    def read_as(self) -> str:
        """How it was read, in words."""
        return f"{self.kind}; headings in row {self.heading_row:,}" if self.heading_row else self.kind

    @property
    def is_text(self) -> bool:
        """Whether it is text, in which signs part the cells."""
        return bool(self.encoding)

    @property
    def takes_encoding(self) -> bool:
        """Whether a person may say another encoding: files of Excel's old kinds have one too, newer ones say theirs."""
        return not self.is_workbook or self.kind.startswith("XLS ")

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Yield each row with its number."""
        for numbers, rows, _ in self.blocks():
            yield from zip(numbers, rows, strict=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_blank(cells: Cells) -> bool:
    """Return whether a row says nothing: no cells, or nothing but blanks in them."""
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def first_cells(table: Table) -> list[str]:
    """Return for each heading of a table the first text that stands below it in the first rows; '' for none."""
    found = [""] * len(table.headings)
    for block in table.blocks():
        for row in block.rows[:20]:
            for place, cell in enumerate(row[: len(found)]):
                found[place] = found[place] or " ".join(str(cell).split())
        break
    return found
