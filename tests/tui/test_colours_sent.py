"""The colours that real terminals are sent: none with NO_COLOR, 16 or 256 as the terminal has them, over SSH too."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.tui.application import fill
from tests.tui.terminal import Terminal

START = "import sys; from pathlib import Path; from core.database import Database; from tui.app import run; "
START += "sys.exit(run(Database(Path(sys.argv[1]))))"
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
_STYLE = re.compile(r"\x1b\[([\d;]*)m")
_INDEXED = re.compile(r"[34]8;5;\d+")


def colours_sent(path: Path, environment: dict[str, str]) -> set[str]:
    """Return the SGR parameters of colours that a terminal was sent on a walk; each screen's words were to be seen."""
    fill(path)
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM", "TMUX")}
    with Terminal([sys.executable, "-c", START, str(path)], kept | {"LANG": "C.UTF-8"} | environment) as terminal:
        terminal.wait_for("in the partnership", "Left in the last 90 days ·")
        for keys, words in (("2", "row 1 of 5"), ("6", "Time zone"), ("r", "Select a Report")):
            terminal.press(keys)
            terminal.wait_for(words)
        sent = terminal.sent.decode(errors="replace")  # a character may be on its way
    found = set()
    for parameters in _STYLE.findall(sent):
        indexed = _INDEXED.findall(parameters)
        found.update(indexed)
        rest = _INDEXED.sub("", parameters).split(";")
        found.update(number for number in rest if number and (30 <= int(number) <= 49 or 90 <= int(number) <= 107))
    return found - {"39", "49"}


@pytest.mark.parametrize("session", [{}, OVER_SSH], ids=["here", "over ssh"])
@pytest.mark.parametrize("term", ["xterm-256color", "linux"])
def test_no_color_sends_none(tmp_path: Path, session: dict[str, str], term: str) -> None:
    assert colours_sent(tmp_path / "accounts.db", session | {"TERM": term, "NO_COLOR": "1"}) == set()


@pytest.mark.parametrize("session", [{}, OVER_SSH], ids=["here", "over ssh"])
def test_picked_colours_where_there_are_256(tmp_path: Path, session: dict[str, str]) -> None:
    sent = colours_sent(tmp_path / "accounts.db", session | {"TERM": "xterm-256color"})
    assert "48;5;234" in sent  # the ground of the theme partner
    assert all(int(colour.rpartition(";")[2]) >= 16 for colour in sent), "the first 16 look different everywhere"


def test_the_terminals_own_colours_where_there_are_16(tmp_path: Path) -> None:
    assert colours_sent(tmp_path / "accounts.db", OVER_SSH | {"TERM": "linux"}) <= {"91"}


def test_the_line_that_fetches_a_file_is_said_whole_at_the_end(tmp_path: Path) -> None:
    """In the dialogue a long line is broken; marked with the mouse it would be several commands."""
    fill(tmp_path / "accounts.db")
    folder = tmp_path / ("a-long-name-" * 6)
    folder.mkdir()
    environment = dict(os.environ) | OVER_SSH | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": "ann"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    command = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(folder), sys.executable, "-c", START]
    with Terminal([*command, str(tmp_path / "accounts.db")], environment) as terminal:
        for keys, words in (("", "in the partnership"), ("2", "row 1 of 5"), ("e", "Format"), ("\r", "To fetch it")):
            terminal.press(keys)
            terminal.wait_for(words)
        terminal.press("\x11")
        assert terminal.ended() == 0
        last = terminal.sent.decode().rpartition("\x1b[?1049l")[2]
    assert f"scp ann@192.0.2.2:{folder}/my-accounts" in last
