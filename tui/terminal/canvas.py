"""The picture that the application wants on the terminal, read from what Textual writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

from tui.terminal.styles import combined, of_blank

Cell = tuple[str, str]
"""A character, with its marks, and its style. What takes several cells stands in the first, and the others hold ""."""
Row = list[Cell]
BLANK: Cell = (" ", "")

_TOKEN = re.compile(
    r"\x1b\[(?P<line>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<link>\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<control>\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?(?<!\x1b)\x1b\\|.)",
    re.DOTALL,
)


_EMOJI = re.compile(
    "[\u203c\u2049\u2300-\u23ff\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299]"
    "|[\U0001f000-\U000e0fff]"
)
_DRAWN = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|.(?:[\u0300-\u036f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)
"""What is drawn in one piece: a flag, or a character with its marks, colours of skin and what is joined to it."""


@lru_cache(4096)
def is_doubtful(character: str) -> bool:
    """Return whether terminals differ in how many cells they take for a character: emoji, and what is joined."""
    return len(character) > 1 or _EMOJI.match(character) is not None


class Canvas:
    """The wanted picture: rows of cells, and where the cursor stands."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.x, self.y = 0, 0
        self._style = ""

    def draw(self, data: str) -> Iterator[str]:
        """Draw a frame; yield, at their places in it, the sequences that are no drawing and go to the terminal."""
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "text":
                self._put(token["text"])
            elif kind == "column":
                self.y, self.x = int(token["line"]) - 1, int(token["column"]) - 1
            elif kind == "style":
                self._style = combined(self._style, token["style"])
            elif kind == "control":
                if token["control"] == "\n":
                    self.y, self.x = self.y + 1, 0
                else:
                    yield token["control"]

    def _put(self, text: str) -> None:
        row = self._row()
        cells = _cells(text, self._style)
        end = self.x + len(cells)
        row.extend([BLANK] * (self.x - len(row)))
        _clear_broken(row, self.x)
        _clear_broken(row, end)
        row[self.x : end] = cells
        self.x = end

    def _row(self) -> Row:
        while len(self.rows) <= self.y:
            self.rows.append([])
        return self.rows[self.y]


def _cells(text: str, style: str) -> Row:
    blank = (" ", of_blank(style))
    if text.isascii():
        return [blank if character == " " else (character, style) for character in text]
    cells: Row = []
    for character in text:
        width = cell_len(character)
        if width:
            cells.append((character, style))
            cells += [("", style)] * (width - 1)
        elif cells:
            _join_to_last(cells, character)
    if len(cells) != cell_len(text):  # several characters are drawn as one
        cells = [cell for found in _DRAWN.finditer(text) for cell in _cells_of_one(found[0], style)]
    if len(cells) != cell_len(text):
        cells = _cells_of_one(text, style)
    return [blank if cell[0] == " " else cell for cell in cells]


def _cells_of_one(drawn: str, style: str) -> Row:
    """Return the cells of what is drawn in one piece."""
    return [(drawn, style), *[("", style)] * (cell_len(drawn) - 1)]


def _join_to_last(cells: Row, mark: str) -> None:
    """Put a mark that takes no room of its own, such as an accent, to the character before it."""
    place = len(cells) - 1
    while not cells[place][0]:
        place -= 1
    character, style = cells[place]
    cells[place] = (character + mark, style)


def _clear_broken(row: Row, x: int) -> None:
    """Blank the text that stands across the left edge of cell `x`: half of it is about to be drawn over."""
    if x >= len(row) or row[x][0]:
        return
    start, end = x, x
    while start > 0 and not row[start][0]:
        start -= 1
    while end < len(row) and not row[end][0]:
        end += 1
    row[start:end] = [BLANK] * (end - start)
