"""The line drops while work is under way: nothing goes on, nothing is half done, and the record says so."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ssh.big import ROWS
from tests.ssh.conftest import PROGRAM, Server
from tests.tui.terminal import PATIENCE, Terminal, is_running, wait_until_ended

pytestmark = pytest.mark.programs

SOON = 10.0
"""Seconds within which the program must be gone; on an idle machine it is within two."""


def drop(terminal: Terminal) -> None:
    """Kill the client, as a lost line does."""
    os.kill(terminal.child.pid, signal.SIGKILL)


def close(terminal: Terminal) -> None:
    """Close the client's terminal, as closing its window does."""
    terminal.child.close(force=False)


DROPS = pytest.mark.parametrize("cut", [drop, close])


def wait_until(is_so: Callable[[], bool], terminal: Terminal) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert terminal.read(0.01), terminal.text()
        assert time.monotonic() < end, terminal.text()


def started(server: Server, folder: Path, words: str) -> tuple[Terminal, int]:
    """Return the terminal on which the program runs, and the number of its process."""
    number = folder / "process"
    terminal = server.terminal(f"cd {folder} && echo $$ > {number} && exec partner-tui {words}")
    wait_until(lambda: number.exists() and number.read_text().endswith("\n"), terminal)
    return terminal, int(number.read_text())


def accounts(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM accounts").fetchone()[0])


def last_run(database: Path) -> dict[str, object]:
    said = subprocess.run([PROGRAM, "--db", database, "runs", "--json"], check=True, capture_output=True)
    return max(json.loads(said.stdout), key=lambda run: run["started_at"])


def parts(folder: Path) -> list[Path]:
    """Return the files on their way, with something in them."""
    return [path for path in folder.glob(".part-*") if path.stat().st_size]


@DROPS
def test_import(server: Server, big_csv: Path, tmp_path: Path, cut: Callable[[Terminal], None]) -> None:
    database = tmp_path / "accounts.db"
    terminal, process = started(server, tmp_path, f"--db {database} import {big_csv}")
    wait_until(lambda: b"rows" in terminal.sent, terminal)
    assert is_running(process)
    cut(terminal)
    wait_until_ended(process, SOON)
    assert accounts(database) in (0, ROWS)


@DROPS
def test_export(server: Server, big: Path, tmp_path: Path, cut: Callable[[Terminal], None]) -> None:
    terminal, process = started(server, tmp_path, f"--db {big}")
    terminal.wait_for("in the partnership")
    terminal.press("2")
    terminal.wait_for(f"row 1 of {ROWS:,}")
    terminal.press("e")
    terminal.wait_for("Export what is shown", "● CSV")
    terminal.press("l")
    terminal.wait_for("● XLS")
    terminal.press("\r")
    wait_until(lambda: bool(parts(tmp_path)), terminal)
    cut(terminal)
    wait_until_ended(process, SOON)
    assert [path.name for path in tmp_path.iterdir()] == ["process"]
    run = last_run(big)
    assert run["outcome"] == "interrupted", run


def test_report_written_by_a_command(server: Server, big: Path, tmp_path: Path) -> None:
    words = f"--db {big} report managed-account-details --status O --output {tmp_path}/all.pdf"
    terminal, process = started(server, tmp_path, words)
    wait_until(lambda: bool(parts(tmp_path)), terminal)
    drop(terminal)
    wait_until_ended(process, SOON)
    assert [path.name for path in tmp_path.iterdir()] == ["process"]
    run = last_run(big)
    assert run["outcome"] == "interrupted", run


@DROPS
def test_sort(server: Server, big: Path, tmp_path: Path, cut: Callable[[Terminal], None]) -> None:
    terminal, process = started(server, tmp_path, f"--db {big}")
    terminal.wait_for("in the partnership")
    terminal.press("2")
    terminal.wait_for(f"row 1 of {ROWS:,}")
    terminal.press("ls")
    terminal.wait_for("putting all rows in order")
    cut(terminal)
    wait_until_ended(process, SOON)
    assert accounts(big) == ROWS


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signal_from_outside_restores_the_terminal(
    server: Server, big: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    terminal, process = started(server, tmp_path, f"--db {big}")
    terminal.wait_for("in the partnership")
    os.kill(process, number)
    assert terminal.ended() == code
    assert terminal.is_restored()


def test_suspended_and_brought_back_it_is_drawn_again(server: Server, demo: Path) -> None:
    with server.terminal("bash --norc --noprofile -i", size=(100, 30)) as terminal:
        terminal.press("PS1='shell> '\r")
        terminal.wait_for("shell> ")
        terminal.press(f"partner-tui --db {demo}\r")
        terminal.wait_for("in the partnership", "Left in the last 90 days ·")
        terminal.press("2")
        terminal.wait_for("row 1 of 500 ·")
        before = terminal.text()
        terminal.press("\x1a")
        end = time.monotonic() + PATIENCE
        while b"Stopped" not in terminal.sent:
            assert terminal.read()
            assert time.monotonic() < end, terminal.text()
        terminal.press("clear; fg\r")
        terminal.wait_for(*before.splitlines())
        terminal.press("q")
        terminal.wait_for("shell> ")
        terminal.press("exit\r")
        assert terminal.ended() == 0
