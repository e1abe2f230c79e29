"""How rows are spread over worksheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.query.columns import Row

SHEET_ROWS = 1_048_575
"""The rows of data that a worksheet can hold below its heading."""


def sheet_name(rows_are: str, number: int) -> str:
    """Return the name of the first, second … data sheet, by what its rows are."""
    return rows_are if number == 1 else f"{rows_are} {number}"


def row_counts(total: int) -> list[int]:
    """Return how many of `total` rows each data sheet holds; there is always one sheet."""
    full, rest = divmod(total, SHEET_ROWS)
    return [SHEET_ROWS] * full + ([rest] if rest or not full else [])


def cut_for_sheets(blocks: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """Yield blocks of which none is empty, and none begins on one sheet and ends on the next."""
    room = SHEET_ROWS
    for block in blocks:
        rest = block
        while rest:
            fitting, rest = rest[:room], rest[room:]
            yield fitting
            room = room - len(fitting) or SHEET_ROWS
