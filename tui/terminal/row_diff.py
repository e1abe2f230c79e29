"""The shortest way from the picture that stands on the terminal to the one that is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tui.terminal.canvas import BLANK, Cell, Row
from tui.terminal.styles import of_blank

SMALLEST_GAP = 5
"""Cells that stay as they are and are worth a jump over: a jump takes as many bytes."""
CLEAR = "\x1b[m\x1b[2J"
"""Empties the terminal."""


class Pen:
    """Writes cells, and knows where the cursor stands then and what style holds."""

    def __init__(self, columns: int) -> None:
        """Write on a terminal so many columns wide, with its cursor anywhere and its style plain."""
        self.columns = columns
        self.x, self.y, self.style = -1, -1, ""
        self.text = ""

    def fork(self) -> Pen:
        """Return a pen that goes on from here and has written nothing."""
        other = Pen(self.columns)
        other.x, other.y, other.style = self.x, self.y, self.style
        return other

    def join(self, other: Pen) -> None:
        """Go on from where a fork has come to."""
        self.text += other.text
        self.x, self.y, self.style = other.x, other.y, other.style

    def move(self, x: int, y: int) -> None:
        """Bring the cursor to a cell."""
        if (x, y) == (self.x, self.y):
            return
        jump = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"
        if y == self.y and x > self.x >= 0:
            jump = min(jump, f"\x1b[{x - self.x}C", key=len)
        elif x == 0 and self.x >= 0 and y == self.y + 1:
            jump = "\r\n"
        self.text += jump
        self.x, self.y = x, y

    def write(self, cells: Sequence[Cell]) -> None:
        """Write cells where the cursor stands."""
        for style, run in groupby(cells, key=itemgetter(1)):
            text = "".join(character for character, _ in run)
            if not (text.isspace() and of_blank(self.style) == style):
                self._set_style(style)
            self.text += text
        self.x += len(cells)
        if self.x >= self.columns:  # there terminals differ in where the cursor stands
            self.x = -1

    def erase_to_end(self) -> None:
        """Blank the line from the cursor on."""
        if of_blank(self.style):
            self._set_style("")
        self.text += "\x1b[K"

    def finish(self, x: int, y: int) -> str:
        """Return what was written, then plain style and the cursor on a cell; nothing if there was no change."""
        if self.text:
            self._set_style("")
            self.move(x, y)
        return self.text

    def _set_style(self, style: str) -> None:
        if style == self.style:
            return
        if not style:
            self.text += "\x1b[m"
        else:
            self.text += f"\x1b[0;{style}m" if self.style else f"\x1b[{style}m"
        self.style = style


def draw_row(pen: Pen, y: int, old: Row, new: Row) -> None:
    """Turn row `old` into row `new`."""
    old, new = _visible(old, pen.columns), _visible(new, pen.columns)
    if old == new:
        return
    is_wide = _is_wide(old) or _is_wide(new)
    first = 0 if is_wide else _first_difference(old, new)
    ways = []
    if not is_wide:
        ways.append(pen.fork())
        _draw(ways[-1], y, old, new)
    if is_wide or first < len(old):
        ways.append(pen.fork())
        ways[-1].move(first, y)
        ways[-1].erase_to_end()
        _draw(ways[-1], y, old[:first], new)
    pen.join(min(ways, key=lambda way: len(way.text)))


def _draw(pen: Pen, y: int, old: Row, new: Row) -> None:
    for start, end in _spans(old, new):
        pen.move(start, y)
        pen.write(new[start:end])
    if len(old) > len(new):
        pen.move(len(new), y)
        pen.erase_to_end()


def _spans(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """Yield where `new` differs, small gaps between included; all of it where the width of a character is doubtful."""
    if _is_wide(old) or _is_wide(new):
        if new:
            yield 0, len(new)
        return
    padded = old + [BLANK] * (len(new) - len(old))
    start = end = -1
    for x, cell in enumerate(new):
        if cell == padded[x]:
            continue
        if start >= 0 and x - end >= SMALLEST_GAP:
            yield start, end
            start = x
        elif start < 0:
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _visible(row: Row, columns: int) -> Row:
    """Return the row without what is beyond the edge and without the plain blanks at its end."""
    end = min(len(row), columns)
    while end and row[end - 1] == BLANK:
        end -= 1
    if end < len(row) and not row[end][0] and end == columns:  # a wide text is cut by the edge
        while end and not row[end][0]:
            end -= 1
    return row[:end]


def _is_wide(row: Row) -> bool:
    return any(len(character) != 1 for character, _ in row)


def _first_difference(old: Row, new: Row) -> int:
    for x, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return x
    return min(len(old), len(new))
