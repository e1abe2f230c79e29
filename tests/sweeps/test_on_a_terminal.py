"""Hostile texts in every column on a real pseudo-terminal: none reaches it as it is (promise P1)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.cli.running import environment
from tests.cli.test_terminal import on_terminal
from tests.effort import Effort
from tests.hostile.database import copy_of, fill_with_texts, furnish
from tests.hostile.test_stored_values import READING
from tests.hostile.values import ACTS, TEXTS
from tests.tui.terminal import Terminal

pytestmark = [pytest.mark.sweep, pytest.mark.promise("P1")]
OURS = re.compile(r"\x1b\[(?:1|0|K)?m?|\r")
"""What commands send themselves: bold, its end, and the line of progress."""
SENT = [
    *(
        "\x1b]0;",
        "\x1b]52;c;b3du",
        "\x1bP1$r",
        "\x1b_x",
        "\x1b^x",
        "\x1b[31m\x1b[2J",
        "\x85",
        "\x9b",
        "\x9d",
        "\x90",
    ),
    *("\u202e", "\u2066", "\u200f", "\u061c", "\x01", "\x02", "\x7f"),
]
"""What the application never sends, and texts hold; the bell it rings itself."""
FORMATS = [
    ("accounts", "--columns", "company,manager,created_on,list_size"),
    *(("accounts", "--format", name) for name in ("csv", "json", "html")),
]
PAGES = (
    *(
        "1",
        "2",
        "j",
        "l",
        "l",
        "\r",
        "\x1b",
        "F",
        "\x1b",
        "I",
        "\x1b",
        "i",
        "\x1b",
        "C",
        "\x1b",
        "v",
        "\x1b",
        "x",
        "\x1b",
    ),
    *("r", "\x1b", "3", "j", "j", "\x1b", "4", "j", "\r", "\x1b", "5", "6", "7", "j", "\x1b", "?", "\x1b"),
)
"""Keys that go through the pages and dialogues that show what a database holds."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = furnish(tmp_path_factory.mktemp("texts"))
    fill_with_texts(database)
    return database


def test_no_command_sends_what_a_terminal_obeys(hostile: Path, effort: Effort, tmp_path: Path) -> None:
    commands = [*READING, *FORMATS]
    effort.chance.shuffle(commands)
    for number in effort.rounds(len(commands), "commands on a terminal with hostile texts in every column"):
        words = commands[number % len(commands)]
        code, sent = on_terminal("--db", copy_of(hostile, tmp_path), *words)
        assert code in (0, 1, 2, 3), (words, sent)
        assert not ACTS.search(OURS.sub("", sent)), (words, ACTS.findall(OURS.sub("", sent)))
    effort.tried("hostile texts in each", len(TEXTS))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
def test_no_page_sends_what_a_terminal_obeys(
    hostile: Path, size: tuple[int, int], effort: Effort, tmp_path: Path
) -> None:
    start = "import sys; from tui.__main__ import main; main()"
    command = [sys.executable, "-c", start, "--db", str(copy_of(hostile, tmp_path))]
    with Terminal(command, environment(TERM="xterm-256color", LANG="C.UTF-8"), size) as terminal:
        terminal.wait_for("MY ORGANIZATION")
        for key in PAGES:
            terminal.press(key)
            terminal.settled(0.15)
            effort.tried("keys through the application on a terminal with hostile texts")
        sent = terminal.sent.decode(errors="replace")
        assert [one for one in SENT if one in sent] == []
        terminal.press("\x1b")
        terminal.press("q")
