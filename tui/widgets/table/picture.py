"""How a table looks: by comparing two pictures it is known which lines must be painted again."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import NamedTuple

from core.query.columns import Column, Row
from core.query.sorting import Sort
from tui.widgets.table.windows import ColumnWindow


class Frame(NamedTuple):
    """What every line hangs on."""

    columns: tuple[Column, ...] = ()
    places: tuple[int, ...] = ()
    """Where each column's value stands in a row."""
    window: ColumnWindow = ColumnWindow()
    """Its cursor does not count: `Heading` and `Line` have it."""
    has_marks: bool = False
    """Whether lines have room for the sign of a marked row."""
    pattern: re.Pattern[str] | None = None
    """What is shown as found."""
    heading_lines: int = 1


class Heading(NamedTuple):
    """What the heading hangs on."""

    sorts: tuple[Sort, ...] = ()
    current: int = 0
    """The cursor's column."""


class Line(NamedTuple):
    """What a row's line hangs on."""

    row: Row
    current: int | None
    """The cursor's column, if this is the cursor's row."""
    is_marked: bool


class Picture(NamedTuple):
    """What the whole table hangs on."""

    frame: Frame
    heading: Heading
    lines: list[Line]

    def changed_lines(self, before: Picture) -> list[int]:
        """Return the lines that look other than `before`, the heading's coming first, if the frame is the same."""
        heading = range(self.frame.heading_lines)
        pairs = enumerate(zip_longest(before.lines, self.lines), start=len(heading))
        changed = [y for y, (old, new) in pairs if old != new]
        return [*heading, *changed] if self.heading != before.heading else changed
