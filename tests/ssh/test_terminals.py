"""Terminals of every kind, and what stands in between: it works, or says in one line what to do, and never hangs."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.conftest import PROGRAM, Server
from tests.tui.terminal import PATIENCE, Terminal

pytestmark = pytest.mark.programs


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"])
def test_terminals_that_can_show_it(server: Server, demo: Path, term: str) -> None:
    with server.terminal(f"partner-tui --db {demo}", size=(80, 24), TERM=term) as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_terminals_that_cannot_are_told_what_to_do(server: Server, demo: Path, term: str) -> None:
    with server.terminal(f"partner-tui --db {demo}", TERM=term) as terminal:
        assert terminal.ended() == 2
        assert b"\x1b" not in terminal.sent
        assert b"partner-tui report --help" in terminal.sent


def test_term_that_is_not_set(server: Server, demo: Path) -> None:
    with server.terminal(f"env -u TERM partner-tui --db {demo}") as terminal:
        assert terminal.ended() == 2
        assert b"TERM is not set" in terminal.sent


@pytest.mark.parametrize("variables", ["NO_COLOR=1", "LANG=C", "LC_ALL=POSIX"])
def test_plain_surroundings(server: Server, demo: Path, variables: str) -> None:
    with server.terminal(f"env {variables} partner-tui --db {demo}") as terminal:
        terminal.wait_for("in the partnership", "MY ORGANIZATION")
        terminal.press("q")
        assert terminal.ended() == 0


def test_locale_without_our_signs(server: Server, demo: Path, tmp_path: Path) -> None:
    subprocess.run(["localedef", "-i", "en_US", "-f", "ISO-8859-1", tmp_path / "en_US.ISO-8859-1"], check=True)
    locale = f"LOCPATH={tmp_path} LANG=en_US.ISO-8859-1"
    with server.terminal(f"env -u LC_ALL {locale} partner-tui --db {demo}") as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("2")
        terminal.wait_for("row 1 of 500 ", "Contacts in their lists")
        heading = r"^ +\| {2,}Plan {2,}List {2,}Last {2,}.*\n +Company +\| Status {2,}Type {2,}Size {2,}Login +.*>"
        assert re.search(heading, terminal.text(), re.MULTILINE)
        assert b"\xe2" not in terminal.sent  # as all of our signs begin in UTF-8
        assert b"\\u25" not in terminal.sent
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (132, 43), (300, 100)])
def test_sizes(server: Server, demo: Path, size: tuple[int, int]) -> None:
    with server.terminal(f"partner-tui --db {demo}", size=size) as terminal:
        terminal.wait_for("too" if size == (20, 5) else "in the partnership")
        terminal.press("q")
        assert terminal.ended() == 0


def test_storm_of_sizes(server: Server, demo: Path) -> None:
    with server.terminal(f"partner-tui --db {demo}") as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("2")
        terminal.wait_for("row 1 of 500")
        for step in range(100):
            terminal.resize(20 + step * 37 % 200, 5 + step * 13 % 60)
        terminal.resize(101, 31)  # another size than at first: ssh tells of the last one only
        terminal.wait_for("row 1 of 500", "? Help", "Company")
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.fixture
def tmux(tmp_path: Path, demo: Path) -> Iterator[list[str]]:
    """Yield the command of a tmux that runs the program, as over SSH, and takes what it copies."""
    command = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "tmux")]
    session = "SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22"
    program = ["new-session", "-d", "-x", "100", "-y", "30", "-c", str(tmp_path), "-e", session]
    subprocess.run([*command, *program, f"{PROGRAM} --db {demo}; cat"], check=True)
    subprocess.run([*command, "set-option", "-s", "set-clipboard", "on"], check=True)
    yield command
    subprocess.run([*command, "kill-server"], check=True)


def asked(tmux: list[str], *words: str) -> str:
    return subprocess.run([*tmux, *words], check=False, capture_output=True, text=True).stdout


def shown_in(tmux: list[str], *words: str) -> str:
    """Wait until `words` stand in the pane, and return its text."""
    end = time.monotonic() + PATIENCE
    while not all(word in (text := asked(tmux, "capture-pane", "-p")) for word in words):
        assert time.monotonic() < end, text
        time.sleep(0.05)
    return text


def test_tmux_takes_what_is_copied(tmux: list[str], tmp_path: Path) -> None:
    shown_in(tmux, "in the partnership")
    asked(tmux, "send-keys", "2")
    shown_in(tmux, "row 1 of 500")
    asked(tmux, "send-keys", "e")
    shown_in(tmux, "Export what is shown")
    asked(tmux, "send-keys", "Enter")
    shown_in(tmux, "The file is written")
    (file,) = tmp_path.glob("*.csv")
    for key, copied in (("p", str(file)), ("s", f"scp {os.environ.get('USER', 'root')}@192.0.2.2:{file} .")):
        asked(tmux, "delete-buffer")
        asked(tmux, "send-keys", key)
        end = time.monotonic() + PATIENCE
        while not (buffer := asked(tmux, "show-buffer")):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert buffer == copied
        shown_in(tmux, "Sent to the clipboard.")


@pytest.fixture
def report(tmp_path: Path, demo: Path) -> Path:
    """Return a report's file that the program has written."""
    path = tmp_path / "Zoë's list.csv"
    words = ["--db", demo, "report", "new-account-bonus-tracker", "--as-of", "2026-03-04", "--output", path]
    subprocess.run([PROGRAM, *words], check=True, stdout=subprocess.DEVNULL)
    return path


def taken_by_iterm2(sent: bytes) -> tuple[str, bytes]:
    """Return name and content of the file that iTerm2 would save, of one sequence or of several."""
    pieces = re.findall(rb"\x1b\]1337;(?:Multipart)?(File(?:Part)?)=([^\x07:]*):?([^\x07]*)\x07", sent)
    (kind, about, payload), *parts = pieces
    facts = dict(fact.split(b"=", 1) for fact in about.split(b";"))
    assert (kind, facts[b"inline"]) == (b"File", b"0")
    content = base64.b64decode(payload) + b"".join(base64.b64decode(part) for _, part, _ in parts)
    assert len(content) == int(facts[b"size"])
    return base64.b64decode(facts[b"name"]).decode(), content


def download(terminal: Terminal, whole: bytes) -> None:
    """Go to the run that was last and have its file downloaded; `whole` is the pattern of what is sent then."""
    terminal.wait_for("in the partnership")
    terminal.press("3")
    terminal.wait_for("Zoë's list.csv")
    terminal.press("p")
    terminal.wait_for("d Download")
    terminal.press("d")
    terminal.wait_until(lambda: re.search(whole, terminal.sent) is not None, "the end of the file")


def test_iterm2_gets_the_file(server: Server, demo: Path, report: Path) -> None:
    words = f"partner-tui --db {demo}"
    with server.terminal(words, size=(160, 30), LC_TERMINAL="iTerm2") as terminal:
        download(terminal, rb"1337;File=[^\x07]*\x07")
        assert taken_by_iterm2(terminal.sent) == (report.name, report.read_bytes())


def test_iterm2_gets_the_file_through_tmux(demo: Path, report: Path, tmp_path: Path) -> None:
    settings = tmp_path / "tmux.conf"
    settings.write_text("set -g allow-passthrough on\n")
    environment = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_TERMINAL": "iTerm2"}
    command = ["tmux", "-f", str(settings), "-S", str(tmp_path / "tmux"), "new-session", f"{PROGRAM} --db {demo}"]
    with Terminal(command, environment, (160, 30)) as terminal:
        download(terminal, rb"1337;FileEnd\x07")
        assert taken_by_iterm2(terminal.sent) == (report.name, report.read_bytes())
        terminal.press("\x1b")
        terminal.wait_until_gone("Where the file is")
        terminal.press("q")
        terminal.ended()


def test_gnu_screen_hands_on_what_is_copied(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "screens"
    folder.mkdir(mode=0o700)
    environment = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "SCREENDIR": str(folder)}
    command = ["screen", "-U", "-c", "/dev/null", str(PROGRAM), "--db", str(demo)]
    with Terminal(command, environment, (100, 30)) as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("2")
        terminal.wait_for("row 1 of 500")
        terminal.press("y")
        terminal.wait_for("Sent to the clipboard.")
        copied = re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.sent)
        assert copied
        assert base64.b64decode(copied[1]).decode() in terminal.text()
        terminal.press("q")
        terminal.ended()
