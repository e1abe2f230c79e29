"""What is sent makes the same picture as what Textual wrote, judged by another terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.canvas import Canvas
from tui.terminal.row_diff import CLEAR, Pen, common_ground, draw_row
from tui.terminal.styles import change, combined, of_blank

COLUMNS, LINES = 20, 5

styles = st.sampled_from(["", "1", "31", "1;38;5;9", "48;2;1;2;3", "7", "4;39;49", "32;41", "2;7;31"])
texts = st.text(st.sampled_from("ab  …│é株̈☎"), max_size=COLUMNS)
pieces = st.tuples(styles, texts)
lines = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, LINES - 1), st.lists(pieces, max_size=4))
frames = st.lists(lines, max_size=8)


def written(frame: Sequence[tuple[int, int, Sequence[tuple[str, str]]]]) -> str:
    """Return a frame as Textual writes it, no line longer than the terminal is wide."""
    said = ""
    for x, y, parts in frame:
        said += f"\x1b[{y + 1};{x + 1}H"
        room = COLUMNS - x
        for style, text in parts:
            kept = _cut(text, room)
            room -= _width(kept)
            said += f"\x1b[{style}m{kept}\x1b[0m" if style else kept
        said += "\n"
    return said + "\x1b[1;1H"


def _width(text: str) -> int:
    return sum(2 if character == "株" else 0 if character == "̈" else 1 for character in text)


def _cut(text: str, room: int) -> str:
    while _width(text) > room:
        text = text[:-1]
    return text.lstrip("̈")


class Terminal:
    """A terminal that is a judge of its own."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self.stream = pyte.Stream(self.screen)

    def take(self, data: str) -> None:
        self.stream.feed(data)

    def picture(self) -> list[list[tuple[object, ...]]]:
        return [[_seen(self.screen.buffer[y][x]) for x in range(COLUMNS)] for y in range(LINES)]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """Return what can be seen of a cell: of a blank, not its foreground."""
    if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough):
        return (" ", cell.bg)
    return tuple(cell)


@pytest.mark.parametrize("fills", [False, True], ids=["plain", "fills"])
@given(shown=st.lists(frames, min_size=1, max_size=4))
@example(shown=[[(0, 0, [("", "株株")])], [(1, 0, [("31", "a")])]])
@example(shown=[[(0, 0, [("48;2;1;2;3", " " * COLUMNS)])], [(3, 0, [("", " " * 17)])]])
def test_same_picture(shown: list[list[tuple[int, int, list[tuple[str, str]]]]], fills: bool) -> None:
    plain, lean = Terminal(), Terminal()
    plain.take(CLEAR)
    canvas = Canvas()
    list(canvas.draw(written(shown[0])))
    pen = Pen(COLUMNS, fills=fills)
    ground = common_ground(canvas.rows[:LINES], COLUMNS) if fills else ""
    pen.clear(ground)
    lean.take(pen.finish(0, 0))
    canvas = Canvas()
    sent = [[(" ", ground)] * COLUMNS for _ in range(LINES)]
    for y in range(LINES):  # what nobody draws on becomes plain
        draw_row(pen, y, sent[y], [])
        sent[y] = []
    lean.take(pen.finish(0, 0))
    for frame in shown:
        plain.take(written(frame).replace("\n", ""))
        assert not list(canvas.draw(written(frame)))
        pen = Pen(COLUMNS, fills=fills)
        for y, row in enumerate(canvas.rows[:LINES]):
            draw_row(pen, y, sent[y], row)
            sent[y] = row.copy()
        lean.take(pen.finish(canvas.x, canvas.y))
        if not _any_broken(plain):
            assert lean.picture() == plain.picture()


def _any_broken(terminal: Terminal) -> bool:
    """Return whether half of a wide character stands alone: what is seen of it is each terminal's own matter."""
    for row in terminal.picture():
        cells = [str(cell[0]) for cell in row]
        for before, cell in zip([*cells, " "], [*cells[1:], " ", " "], strict=False):
            if before.startswith("株") != (cell == ""):
                return True
    return False


def test_nothing_is_sent_for_the_same_picture() -> None:
    canvas = Canvas()
    list(canvas.draw("\x1b[1;1H\x1b[1mAcme\x1b[0m Ltd"))
    before = canvas.rows[0].copy()
    list(canvas.draw("\x1b[1;1H\x1b[1mAcme\x1b[0m Ltd"))
    pen = Pen(COLUMNS)
    draw_row(pen, 0, before, canvas.rows[0])
    assert pen.finish(0, 0) == ""


def test_sequences_that_draw_nothing_are_handed_on_in_their_order() -> None:
    canvas = Canvas()
    controls = ["\x1b[?1049h", "\x1b]52;c;QQ==\x07", "\x1bPtmux;\x1b\x1b]52;c;QQ==\x07\x1b\\", "\x1b[?2026$p", "\x07"]
    assert list(canvas.draw("x".join(controls))) == controls


def test_links_are_dropped() -> None:
    canvas = Canvas()
    assert list(canvas.draw("\x1b]8;id=1;https://example.com\x1b\\Acme\x1b]8;;\x1b\\")) == []
    assert canvas.rows == [[(letter, "") for letter in "Acme"]]


@pytest.mark.parametrize(
    ("before", "parameters", "after"),
    [
        ("", "1;31", "1;31"),
        ("1;31", "0", ""),
        ("1;31", "", ""),
        ("1;38;5;9;48;2;1;2;3", "39", "1;48;2;1;2;3"),
        ("31;105", "49", "31"),
        ("91;42", "39;49", ""),
    ],
)
def test_styles_add_up(before: str, parameters: str, after: str) -> None:
    assert combined(before, parameters) == after


@pytest.mark.parametrize(
    ("style", "seen"), [("1;31", ""), ("1;31;44", "44"), ("7;31", "7;31"), ("38;5;4;48;5;9", "48;5;9"), ("4", "4")]
)
def test_what_is_seen_of_a_blank(style: str, seen: str) -> None:
    assert of_blank(style) == seen


@given(styles, styles)
def test_change_of_style_makes_what_was_wanted(before: str, after: str) -> None:
    terminal, judge = Terminal(), Terminal()
    terminal.take(f"\x1b[0;{before}m\x1b[{change(before, after)}mx")
    judge.take(f"\x1b[0;{after}mx")
    assert terminal.picture() == judge.picture()


@pytest.mark.parametrize("name", ["⚠️ Alarm", "👩‍💻 Studio", "🇩🇪🇫🇷 Shop", "☎ Tel"])
def test_behind_a_character_of_doubtful_width_the_place_is_said(name: str) -> None:
    """However wide the terminal draws it, nothing behind it shifts."""
    canvas = Canvas()
    list(canvas.draw(f"\x1b[1;1H{name} │ x"))
    pen = Pen(40)
    draw_row(pen, 0, [], canvas.rows[0])
    drawn = pen.finish(0, 0)
    place = cell_len(name) + 4
    assert re.search(r"\x1b\[(?:1;\d+H)[^\x1b]*│ x", drawn)
    judge = Terminal()
    judge.screen.resize(LINES, 40)
    judge.take(re.sub(r"[^\x00-\x7f│]+", "?", drawn))  # as if each took one cell
    assert judge.screen.buffer[0][place - 1].data == "x"
