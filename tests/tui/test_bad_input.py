"""Terminals that send garbage or forged answers, or read nothing: nothing hangs, crashes or is lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from core.database import Database
from tests.tui.terminal import Terminal, wait_until_ended

pytestmark = pytest.mark.promise("P6")

START = "import sys; from pathlib import Path; from core.database import Database; from tui.app import run; "
START += "sys.exit(run(Database(Path(sys.argv[1]))))"


@pytest.fixture
def terminal(database: Database) -> Iterator[Terminal]:
    command = [sys.executable, "-c", START, str(database.path)]
    with Terminal(command, os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("in the partnership")
        yield terminal


def send(terminal: Terminal, data: bytes) -> None:
    """Send from beside, as a terminal does: it goes on reading meanwhile."""

    def write() -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(terminal.child.fileno(), rest) :]

    thread = Thread(target=write, daemon=True)
    thread.start()
    while thread.is_alive():
        assert terminal.read(0.01), terminal.text()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe\x80",
        b"\x1b[?2048;1$y\x1b[48;9999999;9999999;1;1t",
        b"\x1b]52;c;" + b"QUFB" * 50_000 + b"\x07",
        b"\x1b]11;rgb:" + b"f" * 500_000 + b"\x1b\\",
        b"\x1b[<0;999999;999999M\x1b[999999999;9999R\x1bP1$r0m\x1b\\" * 500,
    ],
    ids=["no text", "forged size", "forged clipboard", "endless colour", "flood"],
)
def test_garbage_does_nothing(terminal: Terminal, garbage: bytes) -> None:
    send(terminal, garbage)
    terminal.press("2")
    terminal.wait_for("row 1 of 5")
    terminal.press("q")
    assert terminal.ended() == 0


@pytest.mark.parametrize(
    "pasted",
    [b"\x1b[200~" + b"x" * 1_000_000 + b"\x1b[201~", b"x" * 1_000_000],
    ids=["marked", "from a terminal that does not tell"],
)
def test_paste_of_a_megabyte_into_the_filter(terminal: Terminal, pasted: bytes) -> None:
    terminal.press("2")
    terminal.wait_for("row 1 of 5")
    terminal.press("f")
    terminal.wait_for("Filter ▌list_size")  # its hint: the field is there
    send(terminal, pasted)
    terminal.wait_for("too long to paste")
    terminal.press("\x15company")
    terminal.wait_for("Filter ▌company")
    terminal.press("\x1b")
    terminal.wait_until_gone("Filter ▌company")
    terminal.press("q")
    assert terminal.ended() == 0


def test_no_key_is_pasted(terminal: Terminal) -> None:
    terminal.press("2")
    terminal.wait_for("row 1 of 5")
    terminal.press("f")
    terminal.wait_for("Filter ▌list_size")
    terminal.press("\x1b[200~a\x1b[31m\x07b\x1b[201~")
    terminal.wait_for("Filter ▌a␛[31m␇b")


def test_terminal_that_nobody_reads_holds_nothing_up(terminal: Terminal) -> None:
    terminal.press("2")
    terminal.wait_for("row 1 of 5")
    for _ in range(300):
        terminal.press("\x0c")  # draw anew: more than a terminal takes that nobody reads
    os.kill(terminal.child.pid, signal.SIGTERM)
    wait_until_ended(terminal.child.pid)


def test_two_terminals_see_each_others_imports(terminal: Terminal, database: Database, tmp_path: Path) -> None:
    from core.importing.importer import import_file

    file = tmp_path / "more.csv"
    file.write_text("Account ID,Company,Status,Account Type\nZ9,Another,Open,Managed\n", encoding="utf-8")
    terminal.press("2")
    terminal.wait_for("row 1 of 5")
    import_file(database.path, file)
    terminal.press("1")
    terminal.wait_for("MY ORGANIZATION", "in the partnership")
    terminal.press("2")
    terminal.wait_for("row 1 of 6")
    terminal.press("q")
    assert terminal.ended() == 0
