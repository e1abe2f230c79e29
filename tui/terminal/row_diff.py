"""The shortest way from the picture that stands on the terminal to the one that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tui.terminal.canvas import BLANK, Cell, Row, is_doubtful
from tui.terminal.styles import change, is_ground, of_blank

SMALLEST_GAP = 5
"""Cells that stay as they are and are worth a jump over: a jump takes as many bytes."""
CLEAR = "\x1b[m\x1b[2J"
"""Empties the terminal."""


class Pen:
    """Writes cells, and knows where the cursor stands then and what style holds."""

    def __init__(self, columns: int, *, fills: bool = False) -> None:
        """Write on a terminal so many columns wide, with its cursor anywhere and its style plain.

        Args:
            columns: how wide.
            fills: whether what is erased takes the background that holds (terminfo's *bce*).
        """
        self.columns, self.fills = columns, fills
        self.x, self.y, self.style = -1, -1, ""
        self.text = ""

    def fork(self) -> Pen:
        """Return a pen that goes on from here and has written nothing."""
        other = Pen(self.columns, fills=self.fills)
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
        """Write cells where the cursor stands; behind one that terminals draw otherwise wide, say where it goes on."""
        start, x = 0, self.x
        for end in [place for place, (character, _) in enumerate(cells) if is_doubtful(character)]:
            self._write(cells[start:end])
            start = end + 1
            while start < len(cells) and not cells[start][0]:
                start += 1
            self._write(cells[end:start])
            self.x = -1
            if start < len(cells):
                self.move(x + start, self.y)
        self._write(cells[start:])

    def _write(self, cells: Sequence[Cell]) -> None:
        runs = [(style, "".join(map(itemgetter(0), run))) for style, run in groupby(cells, key=itemgetter(1))]
        for (style, text), (following, _) in zip(runs, [*runs[1:], ("", "")], strict=False):
            if not (text.isspace() and of_blank(self.style) == style):
                self._set_style(following if text.isspace() and of_blank(following) == style else style)
            self.text += text
        if self.x >= 0:
            self.x += len(cells)
        if self.x >= self.columns:  # there terminals differ in where the cursor stands
            self.x = -1

    def can_erase_to(self, ground: str) -> bool:
        """Return whether what is erased can get a background."""
        return not ground or self.fills

    def erase_to_end(self, ground: str) -> None:
        """Leave blanks of a background from the cursor to the end of the line."""
        if of_blank(self.style) != ground:
            self._set_style(ground)
        self.text += "\x1b[K"

    def clear(self, ground: str) -> None:
        """Leave nothing but blanks of a background."""
        self.text += CLEAR if not ground else f"\x1b[0;{ground}m\x1b[2J"
        self.style = ground

    def finish(self, x: int, y: int) -> str:
        """Return what was written, then plain style and the cursor on a cell; nothing if there was no change."""
        if self.text:
            self._set_style("")
            self.move(x, y)
        return self.text

    def _set_style(self, style: str) -> None:
        if style != self.style:
            self.text += f"\x1b[{change(self.style, style)}m"
            self.style = style


def common_ground(rows: Sequence[Row], columns: int) -> str:
    """Return the background that most rows end with."""
    grounds = Counter(_ground(_whole(row, columns))[0] for row in rows)
    return grounds.most_common(1)[0][0] if grounds else ""


def draw_row(pen: Pen, y: int, old: Row, new: Row) -> None:
    """Turn row `old` into row `new`; what is beyond their ends is plain blanks."""
    old, new = _whole(old, pen.columns), _whole(new, pen.columns)
    if old == new:
        return
    ground, end = _ground(new)
    if not pen.can_erase_to(ground):
        ground, end = "", len(new)
    erased = [(" ", ground)] * pen.columns
    # Two ways lead there: write the spans that differ, jumping over what stays; or blank the line from the first
    # difference on, a few bytes, and write what is no blank. A fork of the pen tries each; the shorter text is sent.
    # Where characters are wide, terminals differ in where one stands: the line is blanked and written whole.
    ways = []
    if not (is_wide := _is_wide(old) or _is_wide(new)):
        ways.append(pen.fork())
        _draw(ways[-1], y, old[:end], new[:end])
        if old[end:] != new[end:]:
            ways[-1].move(end + _first_difference(old[end:], new[end:]), y)
            ways[-1].erase_to_end(ground)
    first = 0 if is_wide else _first_difference(old, new)
    if is_wide or first < end:
        ways.append(pen.fork())
        ways[-1].move(first, y)
        ways[-1].erase_to_end(ground)
        _draw(ways[-1], y, old[:first] + erased[first:], new, is_whole=is_wide)
    pen.join(min(ways, key=lambda way: len(way.text)))


def _draw(pen: Pen, y: int, old: Row, new: Row, *, is_whole: bool = False) -> None:
    """Write where `new` differs; in one piece where the width of a character is doubtful."""
    spans = list(_spans(old, new))
    if is_whole and spans:
        spans = [(spans[0][0], spans[-1][1])]
    for start, end in spans:
        pen.move(start, y)
        pen.write(new[start:end])


def _spans(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """Yield where `new` differs, small gaps between included."""
    start = end = -1
    for x, (before, cell) in enumerate(zip(old, new, strict=True)):
        if cell == before:
            continue
        if start >= 0 and x - end >= SMALLEST_GAP:
            yield start, end
            start = x
        elif start < 0:
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _whole(row: Row, columns: int) -> Row:
    """Return exactly the cells that are on the terminal."""
    whole = row[:columns] + [BLANK] * (columns - len(row))
    if len(row) > columns and not row[columns][0]:  # a wide text is cut by the edge
        end = columns
        while end and not whole[end - 1][0]:
            end -= 1
        whole[max(end - 1, 0) :] = [BLANK] * (columns - max(end - 1, 0))
    return whole


def _ground(row: Row) -> tuple[str, int]:
    """Return the background of the blanks that a row ends with, and where they begin."""
    last = row[-1] if row else BLANK
    if last[0] != " " or not is_ground(last[1]):
        return "", len(row)
    end = len(row)
    while end and row[end - 1] == last:
        end -= 1
    return last[1], end


def _is_wide(row: Row) -> bool:
    return any(len(character) != 1 or is_doubtful(character) for character, _ in row)


def _first_difference(old: Row, new: Row) -> int:
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before != after:
            return x
    return len(old)
