"""What stands on a terminal after the bytes that were sent, cell by cell, in the colours of any terminal's palette."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.console import Console

from tests.contrast import Rgb, rgb
from tests.tui.application import Session
from tests.tui.painting import strips
from tui.terminal.canvas import Canvas
from tui.terminal.row_diff import Pen, draw_row

COLOUR_SYSTEMS = ("256", "truecolor")
"""Rich's names of what terminals with many colours have; "standard" is 16."""

_LEVELS = (0, 95, 135, 175, 215, 255)
_PALETTES = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
    " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "VGA": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
    " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "Tango": "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf"
    " 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
    "Solarized": "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5"
    " 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3",
}  # fmt: skip
_GROUNDS = {
    "xterm": ("e5e5e5", "000000", "000000", "ffffff"),
    "VGA": ("aaaaaa", "000000", "000000", "ffffff"),
    "Tango": ("d3d7cf", "2e3436", "2e3436", "ffffff"),
    "Solarized": ("839496", "002b36", "657b83", "fdf6e3"),
}
"""Text and ground where it is dark, then where it is light."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The colours of a terminal of 16 colours."""

    name: str
    colours: tuple[Rgb, ...]
    text: Rgb
    ground: Rgb

    def colour(self, parameters: str, default: Rgb) -> Rgb:
        """Return the colour that SGR parameters name, such as "91", "38;5;12" or "48;2;1;2;3"."""
        if not parameters:
            return default
        first, *more = map(int, parameters.split(";"))
        if first in (38, 48):
            return self._indexed(more[1]) if more[0] == 5 else (more[1], more[2], more[3])
        base = first // 10 * 10
        return self.colours[first - base + (8 if base >= 90 else 0)]

    def _indexed(self, number: int) -> Rgb:
        if number < 16:
            return self.colours[number]
        if number >= 232:
            grey = 8 + 10 * (number - 232)
            return grey, grey, grey
        red, rest = divmod(number - 16, 36)
        return _LEVELS[red], _LEVELS[rest // 6], _LEVELS[rest % 6]


def terminals() -> Iterator[Terminal]:
    """Yield each palette on its dark and on its light ground."""
    for name, colours in _PALETTES.items():
        palette = tuple(map(rgb, colours.split()))
        text, ground, text_on_light, light = map(rgb, _GROUNDS[name])
        yield Terminal(f"{name} dark", palette, text, ground)
        yield Terminal(f"{name} light", palette, text_on_light, light)


@dataclass(frozen=True, slots=True)
class Look:
    """A cell: its character, and its style as the SGR parameters in force."""

    character: str = " "
    colour: str = ""
    ground: str = ""
    marks: frozenset[int] = frozenset()

    @property
    def is_reversed(self) -> bool:
        """Whether the two colours change places."""
        return 7 in self.marks

    def colours(self, terminal: Terminal) -> tuple[Rgb, Rgb]:
        """Return the colours of the character and of what is behind it."""
        both = terminal.colour(self.colour, terminal.text), terminal.colour(self.ground, terminal.ground)
        return both[::-1] if self.is_reversed else both


_SEQUENCE = re.compile(r"\x1b\[(?P<numbers>[\d;]*)(?P<end>[A-Za-z])|(?P<text>[^\x1b\r\n]+)|(?P<line>\r\n)")
_ENDS = {22: (1, 2), 23: (3,), 24: (4,), 27: (7,), 29: (9,)}


@dataclass
class Screen:
    """Carries out the few sequences that the application draws with."""

    columns: int
    lines: int
    cells: dict[tuple[int, int], Look] = field(default_factory=dict)
    _x: int = 0
    _y: int = 0
    _pen: Look = Look()

    def feed(self, data: str) -> None:
        """Take what was sent."""
        end = 0
        for found in _SEQUENCE.finditer(data):
            assert found.start() == end, f"unknown: {data[end : found.start()]!r}"
            end = found.end()
            if found["line"]:
                self._x, self._y = 0, self._y + 1
            elif found["text"] is not None:
                for character in found["text"]:
                    self.cells[self._y, self._x] = Look(character, self._pen.colour, self._pen.ground, self._pen.marks)
                    self._x += 1
            else:
                self._obey(found["end"], found["numbers"])
        assert end == len(data), f"unknown: {data[end:]!r}"

    def _obey(self, end: str, numbers: str) -> None:
        if end == "H":
            line, _, column = numbers.partition(";")
            self._y, self._x = int(line or 1) - 1, int(column or 1) - 1
        elif end == "C":
            self._x += int(numbers or 1)
        elif end == "K":
            for x in range(self._x, self.columns):
                self.cells[self._y, x] = Look(ground=self._pen.ground)
        elif end == "m":
            self._style([int(number or 0) for number in numbers.split(";")])
        else:
            raise AssertionError(f"unknown sequence: {numbers}{end}")

    def _style(self, numbers: list[int]) -> None:
        colour, ground, marks = self._pen.colour, self._pen.ground, set(self._pen.marks)
        while numbers:
            number = numbers.pop(0)
            if number == 0:
                colour, ground, marks = "", "", set()
            elif number in (38, 48):
                count = 2 if numbers[0] == 5 else 4
                named = ";".join(map(str, [number, *numbers[:count]]))
                del numbers[:count]
                colour, ground = (named, ground) if number == 38 else (colour, named)
            elif number in (39, 49):
                colour, ground = ("", ground) if number == 39 else (colour, "")
            elif 30 <= number <= 37 or 90 <= number <= 97:
                colour = str(number)
            elif 40 <= number <= 47 or 100 <= number <= 107:
                ground = str(number)
            elif number in _ENDS:
                marks.difference_update(_ENDS[number])
            else:
                marks.add(number)
        self._pen = Look(" ", colour, ground, frozenset(marks))


def screen_of(session: Session, colour_system: str) -> Screen:
    """Return the screen after the bytes that our driver sends for what is shown now."""
    console = Console(color_system=colour_system, force_terminal=True, file=io.StringIO())  # type: ignore[arg-type]
    columns, lines = session.app.size
    canvas = Canvas()
    drawn = "".join(f"\x1b[{y};1H{strip.render(console)}" for y, strip in enumerate(strips(session.app), start=1))
    assert not list(canvas.draw(drawn))
    pen = Pen(columns)
    for y, row in enumerate(canvas.rows):
        draw_row(pen, y, [], row)
    screen = Screen(columns, lines)
    screen.feed(pen.finish(0, 0))
    return screen
