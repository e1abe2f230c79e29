"""How a file, or its text, reaches the machine in front of the person."""

from __future__ import annotations

import base64
import shlex
from pathlib import Path
from typing import cast

import pytest

from core.database import Database
from core.errors import WorkFailed
from core.scp import scp_line
from tests.tui.application import opened
from tui.dialogues.delivery import DeliveryScreen
from tui.terminal.clipboard import check_size, wrapped_for_between
from tui.terminal.diff_driver import DiffDriver
from tui.terminal.download import can_download, download_sequence
from tui.terminal.fetching import opener

SESSION = {"USER": "ann", "SSH_CONNECTION": "203.0.113.5 50000 198.51.100.7 22"}
TMUX = {"TMUX": "/tmp/tmux/default,1,0"}


@pytest.mark.parametrize(
    ("environment", "ssh_name", "expected"),
    [
        (SESSION, "", "scp ann@198.51.100.7:/srv/a.csv ."),
        (SESSION | {"SSH_CONNECTION": "203.0.113.5 50000 198.51.100.7 2222"}, "",
         "scp -P 2222 ann@198.51.100.7:/srv/a.csv ."),
        (SESSION, "reports", "scp ann@reports:/srv/a.csv ."),
        (SESSION, "me@jump.example.com", "scp me@jump.example.com:/srv/a.csv ."),
        (SESSION | {"SSH_CONNECTION": "2001:db8::5 50000 2001:db8::7 22"}, "",
         "scp 'ann@[2001:db8::7]:/srv/a.csv' ."),
        ({"USER": "ann"}, "", ""),
        ({"USER": "ann", "SSH_CONNECTION": "garbage"}, "", ""),
    ],
)  # fmt: skip
def test_scp_line(environment: dict[str, str], ssh_name: str, expected: str) -> None:
    assert scp_line(Path("/srv/a.csv"), environment, ssh_name) == expected


def test_path_survives_the_shell() -> None:
    line = scp_line(Path("/srv/it's $HOME; rm *.csv"), SESSION)
    assert shlex.split(line) == ["scp", "ann@198.51.100.7:/srv/it's $HOME; rm *.csv", "."]


def unwrapped(sequence: str) -> str:
    """Return what tmux hands through."""
    return sequence.removeprefix("\x1bPtmux;").removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")


def clipboard_of(sequence: str) -> str:
    """Return what a terminal puts on its clipboard."""
    return base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07"), validate=True).decode()


def test_tmux_gets_the_text_wrapped() -> None:
    assert clipboard_of(unwrapped(wrapped_for_between("Zoë", TMUX))) == "Zoë"


def test_nothing_is_wrapped_where_nothing_stands_in_between() -> None:
    assert wrapped_for_between("Zoë", {}) == ""


def test_gnu_screen_gets_pieces_that_it_hands_through() -> None:
    text = "Zoë " * 1000
    pieces = wrapped_for_between(text, {"STY": "1.screen"}).split("\x1b\\")
    assert pieces.pop() == ""
    assert max(map(len, pieces)) < 256
    assert clipboard_of("".join(piece.removeprefix("\x1bP") for piece in pieces)) == text


def test_too_long_a_text_is_refused_with_its_size() -> None:
    with pytest.raises(WorkFailed, match="75,001 bytes"):
        check_size("x" * 75_001)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Zoë;size=1.csv"
    path.write_bytes(bytes(range(256)) * 2_000)
    return path


def test_iterm2_gets_the_file_whole(file: Path) -> None:
    head, _, payload = download_sequence(file, {}).removesuffix("\x07").partition(":")
    facts = dict(fact.split("=", 1) for fact in head.removeprefix("\x1b]1337;File=").split(";"))
    assert base64.b64decode(facts["name"]).decode() == file.name
    assert (facts["size"], facts["inline"]) == ("512000", "0")
    assert base64.b64decode(payload, validate=True) == file.read_bytes()


def test_iterm2_behind_tmux_gets_the_file_in_parts(file: Path) -> None:
    whole = download_sequence(file, TMUX)
    sequences = [unwrapped(f"{part}\x1b\\") for part in whole.split("\x1b\\")[:-1]]
    first, *parts, last = [sequence.removeprefix("\x1b]1337;").removesuffix("\x07") for sequence in sequences]
    assert first.startswith("MultipartFile=name=")
    assert last == "FileEnd"
    assert max(map(len, sequences)) < 1_000_000
    payload = b"".join(base64.b64decode(part.removeprefix("FilePart="), validate=True) for part in parts)
    assert payload == file.read_bytes()


def test_too_large_a_file_is_not_downloaded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.terminal.download.LIMIT", 1000)
    with pytest.raises(WorkFailed, match="scp"):
        download_sequence(file, {})


@pytest.mark.parametrize(
    ("environment", "offered"),
    [
        ({"LC_TERMINAL": "iTerm2"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"LC_TERMINAL": "iTerm2", "TERM_PROGRAM": "tmux"}, True),
        ({"LC_TERMINAL": "iTerm2", "STY": "1.screen"}, False),
        ({"TERM_PROGRAM": "WezTerm"}, False),
        ({}, False),
    ],
)
def test_download_is_offered_where_the_terminal_takes_files(environment: dict[str, str], offered: bool) -> None:
    assert can_download(environment) is offered


def test_files_are_opened_only_where_the_person_sits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    desktop = {"DISPLAY": ":0", "PATH": str(tmp_path)}
    assert opener(desktop) == str(program)
    assert opener(desktop | {"SSH_CONNECTION": "a 1 b 2"}) == ""
    assert opener({"PATH": str(tmp_path)}) == ""
    assert opener(desktop | {"PATH": ""}) == ""


class Terminal:
    """Keeps what the application sends."""

    def __init__(self) -> None:
        self.sent = ""

    def write(self, data: str) -> None:
        self.sent += data


async def test_dialogue_offers_what_works_here(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text('"Zoë"\n', encoding="utf-8")
    for name, value in (SESSION | {"LC_TERMINAL": "iTerm2"}).items():
        monkeypatch.setenv(name, value)
    async with opened(database, (100, 30)) as session:
        terminal = Terminal()
        session.app.terminal = cast("DiffDriver", terminal)
        session.app.push_screen(DeliveryScreen(path, []))
        await session.settle()
        assert "Copy scp line" in session.text()
        await session.press("c")
        assert session.app.clipboard == '"Zoë"\n'
        assert "Sent to the clipboard." in session.words()
        await session.press("s")
        assert session.app.clipboard == f"scp ann@198.51.100.7:{path} ."
        await session.press("d")
        assert terminal.sent == download_sequence(path, {})


async def test_dialogue_offers_nothing_that_does_not_work_here(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    async with opened(database, (100, 30)) as session:
        terminal = Terminal()
        session.app.terminal = cast("DiffDriver", terminal)
        session.app.push_screen(DeliveryScreen(path, []))
        await session.settle()
        await session.press("c", "s", "d", "o")
        assert terminal.sent == ""
        for word in ("scp", "Download", "Copy the report"):
            assert word not in session.text()
