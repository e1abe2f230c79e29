"""A column's title over one line or two: dates are narrow, and what they are called is not."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from core.query.columns import Column
from tui.widgets.table.cells import steady

ARROW_ROOM = 2
"""Cells kept beside a title for its sort arrow and number, so that sorting moves nothing."""


class Title(NamedTuple):
    """What stands over a column; the arrow of its sort comes behind `lower`."""

    upper: str
    """Empty where one line has room for all of it."""
    lower: str

    @property
    def width(self) -> int:
        """The cells it asks for, with room for an arrow."""
        return max(cell_len(self.upper), cell_len(self.lower) + ARROW_ROOM)


def title_in(column: Column, width: int) -> Title:
    """Return a column's title for a column of `width` cells: parted only where it does not fit whole."""
    whole = whole_title(column)
    return whole if whole.width <= width else narrow_title(column)


def whole_title(column: Column) -> Title:
    """Return a column's title in one line."""
    return Title("", steady(column.title))


def narrow_title(column: Column) -> Title:
    """Return a column's title so that it takes the fewest cells: in two lines where it has two words or more."""
    words = steady(column.title).split(" ")
    parted = [Title(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return min([whole_title(column), *parted], key=lambda title: title.width)
