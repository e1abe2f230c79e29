"""Which rows and columns are on the screen, and where the cursor stands: plain arithmetic, each change a new window.

Whatever happens, the cursor is on the screen. When it leaves the window, the window jumps so that the cursor is in the
middle: over a slow line one jump of half a page costs far less than many steps of one line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

GAP = 2
"""Blank cells between two columns."""
FROZEN_GAP = 3
"""Cells between the frozen columns and the others: a line with a blank on either side."""

LEAST_ROOM = 12
"""Cells that frozen columns must leave to the others, else they scroll like these."""

LEAST_PART = 8
"""Cells of a column that must be in sight at the right edge, else it is left out: slivers tell nothing."""


def clamp(number: int, low: int, high: int) -> int:
    """Return `number`, or the nearer bound; `low` where there is nothing between them."""
    return max(low, min(number, high))


@dataclass(frozen=True, slots=True)
class RowWindow:
    """The rows from `top` on, `height` of them, and the cursor among them: top ≤ cursor < top + height."""

    count: int = 0
    height: int = 1
    top: int = 0
    cursor: int = 0

    @property
    def stop(self) -> int:
        """The first row below the window."""
        return min(self.top + self.height, self.count)

    def moved_to(self, row: int) -> RowWindow:
        """Return the window with the cursor on `row`, or on the nearest there is."""
        row = clamp(row, 0, self.count - 1)
        inside = self.top <= row < self.top + self.height
        top = self.top if inside else row - self.height // 2
        return replace(self, top=self._clamp_top(top), cursor=row)

    def shifted(self, rows: int) -> RowWindow:
        """Return the window with itself and the cursor moved down by `rows`, as paging does."""
        return replace(self, top=self._clamp_top(self.top + rows), cursor=clamp(self.cursor + rows, 0, self.count - 1))

    def scrolled(self, rows: int) -> RowWindow:
        """Return the window moved down by `rows`, the cursor staying where it is as long as it can."""
        top = self._clamp_top(self.top + rows)
        return replace(self, top=top, cursor=clamp(self.cursor, top, min(top + self.height, self.count) - 1))

    def resized(self, height: int) -> RowWindow:
        """Return the window for another number of lines, at least one."""
        return replace(self, height=max(height, 1)).moved_to(self.cursor)

    def counted(self, count: int) -> RowWindow:
        """Return the window over another number of rows."""
        return replace(self, count=count).moved_to(self.cursor)

    def _clamp_top(self, top: int) -> int:
        return clamp(top, 0, self.count - self.height)


NO_ROOM = 1
"""Cells for columns before the table has been laid out."""


class Span(NamedTuple):
    """Where a column stands on the line."""

    column: int
    x: int
    width: int
    """Cells of it that can be seen."""


@dataclass(frozen=True)
class ColumnWindow:
    """The frozen columns, then those from `left` on, in `room` cells, and the cursor among them."""

    widths: tuple[int, ...] = ()
    frozen: int = 0
    room: int = NO_ROOM
    left: int = 0
    cursor: int = 0

    @cached_property
    def held(self) -> int:
        """How many frozen columns stay: none where they would leave too little room to scroll the others in."""
        wanted = min(self.frozen, len(self.widths))
        return wanted if self._stretch(0, wanted) + FROZEN_GAP + LEAST_ROOM <= self.room else 0

    @cached_property
    def spans(self) -> list[Span]:
        """The columns that can be seen, from left to right; the last one may be seen in part."""
        spans = [
            Span(index, self._stretch(0, index) + GAP * (index > 0), self.widths[index]) for index in range(self.held)
        ]
        x = self._scrolling_from
        first = max(self.left, self.held)
        for index in range(first, len(self.widths)):
            width = min(self.widths[index], self.room - x)
            if width < min(self.widths[index], LEAST_PART) and index > first:
                break
            spans.append(Span(index, x, width))
            x += self.widths[index] + GAP
        return spans

    @property
    def more_left(self) -> bool:
        """Whether columns are hidden between the frozen ones and the first other one."""
        return self.left > self.held

    @property
    def more_right(self) -> bool:
        """Whether columns, or a part of one, are hidden beyond the right edge."""
        spans = self.spans
        return bool(spans) and (spans[-1].column < len(self.widths) - 1 or spans[-1].width < self.widths[-1])

    @property
    def whole(self) -> int:
        """How many columns are in sight from edge to edge before anybody scrolls."""
        spans = replace(self, left=0).spans
        return sum(span.width == self.widths[span.column] for span in spans)

    def at(self, x: int) -> int | None:
        """Return the column at cell `x`; the gap behind a column belongs to it."""
        found = None
        for span in self.spans:
            if span.x <= x:
                found = span.column
        return found

    def moved_to(self, column: int) -> ColumnWindow:
        """Return the window with the cursor on `column`, or on the nearest there is, and that column in sight."""
        column = clamp(column, 0, len(self.widths) - 1)
        left = clamp(self.left, self.held, self._last_left)
        if column >= self.held and not (left <= column and self._fits(left, column + 1)):
            left = min(self._left_to_centre(column), self._last_left)
        return replace(self, left=left, cursor=column)

    def at_start(self) -> ColumnWindow:
        """Return the window with the cursor on the first column, scrolled back to the left."""
        return replace(self, left=0).moved_to(0)

    @cached_property
    def _scrolling_from(self) -> int:
        """The cell where the columns that scroll begin."""
        return self._stretch(0, self.held) + FROZEN_GAP if self.held else 0

    @property
    def _last_left(self) -> int:
        """The first column from which on all the others can be seen."""
        left = max(len(self.widths) - 1, 0)
        while left > self.held and self._fits(left - 1, len(self.widths)):
            left -= 1
        return left

    def _left_to_centre(self, column: int) -> int:
        half = (self.room - self._scrolling_from) // 2
        left = column
        while left > self.held and self._stretch(left - 1, column + 1) <= half:
            left -= 1
        return left

    def _fits(self, start: int, stop: int) -> bool:
        """Whether the columns from `start` up to `stop` fit beside the frozen ones; one alone always does."""
        return stop - start <= 1 or self._stretch(start, stop) <= self.room - self._scrolling_from

    def _stretch(self, start: int, stop: int) -> int:
        """Return the cells that these columns take with the gaps between them."""
        return sum(self.widths[start:stop]) + GAP * max(stop - start - 1, 0)
