"""Where the headings of a table are: title rows may stand above them (fault B11)."""

from __future__ import annotations

from collections.abc import Sequence

from core.importing.headings import heading_key, known_field, names_accounts
from core.importing.table import Cells, is_blank

SEARCHED_ROWS = 20
"""How many rows are looked through, blank ones too."""

Extra = frozenset[str]
"""Headings that a mapping names, as `heading_key` gives them: they count like those of accounts."""


def find_heading_row(rows: Sequence[Cells], extra: Extra = frozenset()) -> int:
    """Return the place of the heading row among the first rows of a table.

    It is the first row that names account ids or usernames beside another known field; else the first that names
    them below rows of at most one cell (titles); else the first that is not blank.

    Args:
        rows: the first rows; at least one is not blank.
        extra: what else names a column.
    """
    naming = [place for place, row in enumerate(rows) if names_rows(row, extra)]
    for place in naming:
        if known_headings(rows[place], extra) > 1:
            return place
    if naming and all(sum(map(bool, heading_texts(row))) <= 1 for row in rows[: naming[0]]):
        return naming[0]
    return next(place for place, row in enumerate(rows) if not is_blank(row))


def names_rows(row: Cells, extra: Extra = frozenset()) -> bool:
    """Return whether a row of headings says which account a row below it is."""
    return any(names_accounts(text) or heading_key(text) in extra for text in heading_texts(row))


def known_headings(row: Cells, extra: Extra = frozenset()) -> int:
    """Return how many cells of a row name a field."""
    return sum(known_field(text) is not None or heading_key(text) in extra for text in heading_texts(row))


def heading_texts(row: Cells) -> list[str]:
    """Return the cells of a row as headings: one line each, without outer blanks."""
    return [" ".join(str(cell).split()) for cell in row]
