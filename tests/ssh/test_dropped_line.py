"""The line drops while work is under way: nothing goes on, nothing is half done, and the record says so."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pexpect
import pytest

from tests.ssh.big import ROWS
from tests.ssh.conftest import PROGRAM, Server
from tests.tui.terminal import Terminal, wait_until_ended

pytestmark = [pytest.mark.programs, pytest.mark.promise("P6")]

SOON = 2.0
"""Seconds of the processor within which the program must be gone. By the clock it is gone in half a second on an idle
machine, and a busy one decides no test."""

Cut = Callable[[Terminal, int], None]
"""Ends the program, by its process's number, and waits until it is gone."""


def drop(terminal: Terminal, process: int) -> None:
    """Kill the client, as a lost line does."""
    os.kill(terminal.child.pid, signal.SIGKILL)
    assert wait_until_ended(process) < SOON


def close(terminal: Terminal, process: int) -> None:
    """Close the client's terminal, as closing its window does."""
    with suppress(pexpect.ExceptionPexpect):  # it gives a busy client tenths of a second to be gone
        terminal.child.close(force=False)
    assert wait_until_ended(process) < SOON


def terminate(terminal: Terminal, process: int) -> None:
    """Ask the program to end; it puts the terminal back as it was."""
    os.kill(process, signal.SIGTERM)
    assert wait_until_ended(process) < SOON
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.is_restored()


CUTS = pytest.mark.parametrize("cut", [drop, close, terminate])


def started(server: Server, folder: Path, words: str) -> tuple[Terminal, int]:
    """Return the terminal on which the program runs, and the number of its process."""
    number = folder / "process"
    terminal = server.terminal(f"cd {folder} && echo $$ > {number} && exec partner-tui {words}")
    terminal.wait_until(lambda: number.exists() and number.read_text().endswith("\n"))
    return terminal, int(number.read_text())


def viewing(server: Server, folder: Path, database: Path) -> tuple[Terminal, int]:
    """Return the same with all accounts on the screen."""
    terminal, process = started(server, folder, f"--db {database}")
    terminal.wait_for("in the partnership")
    terminal.press("2")
    terminal.wait_for(f"row 1 of {ROWS:,}")
    return terminal, process


def accounts(database: Path) -> int:
    if not database.exists():
        return 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM accounts").fetchone()[0])


def last_run(database: Path) -> dict[str, object]:
    said = subprocess.run([PROGRAM, "--db", database, "runs", "--json"], check=True, capture_output=True)
    return max(json.loads(said.stdout), key=lambda run: run["started_at"])


def parts(folder: Path) -> list[Path]:
    """Return the files on their way, with something in them."""
    return [path for path in folder.glob(".part-*") if path.stat().st_size]


@CUTS
def test_import(server: Server, big_csv: Path, tmp_path: Path, cut: Cut) -> None:
    database = tmp_path / "accounts.db"
    terminal, process = started(server, tmp_path, f"--db {database}")
    terminal.wait_for("There are no accounts yet")
    terminal.press("\r")
    terminal.wait_for("1 of 4")
    terminal.press(f"\x15{big_csv}\r")
    terminal.wait_for("2 of 4")
    terminal.press("\x0f")
    terminal.wait_for("3 of 4", f"{ROWS:,} new")
    terminal.press("\x0f")
    terminal.wait_until_gone("ctrl+o stores it")
    cut(terminal, process)
    assert accounts(database) in (0, ROWS)


def test_import_by_a_command(server: Server, big_csv: Path, tmp_path: Path) -> None:
    database = tmp_path / "accounts.db"
    terminal, process = started(server, tmp_path, f"--db {database} import {big_csv}")
    terminal.wait_until(lambda: b"rows" in terminal.sent)
    drop(terminal, process)
    assert accounts(database) in (0, ROWS)


@CUTS
def test_export(server: Server, big: Path, tmp_path: Path, cut: Cut) -> None:
    terminal, process = viewing(server, tmp_path, big)
    terminal.press("e")
    terminal.wait_for("Export what is shown", "● CSV")
    terminal.press("l")
    terminal.wait_for("● XLS")
    terminal.press("\r")
    terminal.wait_until(lambda: bool(parts(tmp_path)))
    cut(terminal, process)
    assert [path.name for path in tmp_path.iterdir()] == ["process"]
    run = last_run(big)
    assert run["outcome"] == "interrupted", run


def test_report_written_by_a_command(server: Server, big: Path, tmp_path: Path) -> None:
    words = f"--db {big} report managed-account-details --status O --output {tmp_path}/all.pdf"
    terminal, process = started(server, tmp_path, words)
    terminal.wait_until(lambda: bool(parts(tmp_path)))
    drop(terminal, process)
    assert [path.name for path in tmp_path.iterdir()] == ["process"]
    run = last_run(big)
    assert run["outcome"] == "interrupted", run


@CUTS
def test_sort(server: Server, big: Path, tmp_path: Path, cut: Cut) -> None:
    terminal, process = viewing(server, tmp_path, big)
    terminal.press("ls")
    terminal.wait_for("putting all rows in order")
    cut(terminal, process)
    assert accounts(big) == ROWS


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_other_signals_restore_the_terminal(
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
        terminal.wait_for("row 1 of 500 ·", "Contacts in their lists")
        before = terminal.settled()
        terminal.press("\x1a")
        terminal.wait_until(lambda: b"Stopped" in terminal.sent)
        terminal.press("clear; fg\r")
        terminal.wait_for(*before.splitlines())
        terminal.press("q")
        terminal.wait_for("shell> ")
        terminal.press("exit\r")
        assert terminal.ended() == 0
