"""The application in a real pseudo-terminal: how it ends, and what it leaves of the terminal and of its work."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from core.database import Database
from tests.tui.application import fill, runs_of

RESTORED = "\x1b[?1049l"
START = """
import sys
from pathlib import Path
from tui.app import run
from core.database import Database
{before}
sys.exit(run(Database(Path(sys.argv[1]))))
"""
SLOW_EXPORT = """
import time
from exporters import csv_file
def write(result, out, job):
    for rows in range(100_000):
        out.write(b"half a file")
        job.tick(rows)
        time.sleep(0.01)
csv_file.write = write
"""
CRASH = """
from tui.pages import targeted_lists
def come_forward(self):
    secret = "secret" + "-of-a-customer"
    raise ValueError(secret)
targeted_lists.TargetedListsPage.come_forward = come_forward
"""


def start(database: Database, before: str = "") -> pexpect.spawn[str]:
    code = START.format(before=before)
    environment = os.environ | {"TERM": "xterm-256color"}
    child = pexpect.spawn(
        sys.executable, ["-c", code, str(database.path)], env=environment, dimensions=(24, 80), timeout=60,
        encoding="utf-8",
    )  # fmt: skip
    child.expect_exact("MY ORGANIZATION")
    child.expect_exact("in the partnership")
    return child


@pytest.fixture
def child(database: Database) -> Iterator[pexpect.spawn[str]]:
    child = start(database)
    yield child
    child.close(force=True)


def ended(child: pexpect.spawn[str]) -> int | None:
    """Wait for the end and return the exit code; the terminal must have been restored, as the program found it."""
    child.expect_exact(RESTORED)
    child.expect(pexpect.EOF)
    assert "Home" not in (child.before or ""), "drawn over what the shell had shown"
    child.close()
    return child.exitstatus


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signal_restores_the_terminal(child: pexpect.spawn[str], number: signal.Signals, code: int) -> None:
    child.kill(number)
    assert ended(child) == code


def test_quitting_is_no_failure(child: pexpect.spawn[str]) -> None:
    child.send("q")
    assert ended(child) == 0


def test_crash_ends_with_70_and_tells_no_data(database: Database) -> None:
    child = start(database, CRASH)
    child.send("4")
    child.expect_exact(RESTORED)
    child.expect_exact("met a fault of its own (ValueError)")
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    assert child.exitstatus == 70
    assert "secret-of-a-customer" not in said
    assert "Traceback" not in said


def test_dropped_line_undoes_an_export_and_records_it_as_interrupted(database: Database, exports: Path) -> None:
    child = start(database, SLOW_EXPORT)
    child.send("2")
    child.expect_exact("row 1 of 5")
    child.send("e")
    child.expect_exact("Export what is shown")
    child.send("\r")
    child.expect_exact("rows")
    child.kill(signal.SIGHUP)
    assert ended(child) == 129
    assert list(exports.iterdir()) == []
    assert runs_of(database)[-1] == ("my-accounts", "csv", "interrupted")


def test_escapes_in_names_never_reach_the_terminal(database: Database) -> None:
    child = start(database)
    log = (database.path.parent / "screen").open("w+", encoding="utf-8")
    child.logfile_read = log
    child.send("2")
    child.expect_exact("row 1 of 5")
    child.send("jj\r")
    child.expect_exact("Canceled On")
    child.kill(signal.SIGTERM)
    ended(child)
    log.seek(0)
    shown = log.read()
    assert "PWNED" in shown
    assert "\x1b]0;PWNED" not in shown
    assert "\u202e" not in shown
    assert "\x9b31m" not in shown


def test_many_rows_are_at_hand(tmp_path: Path) -> None:
    fill(tmp_path / "many.db", 5_000)
    child = start(Database(tmp_path / "many.db"))
    child.send("2")
    child.expect_exact("5,005")
    child.send("G")
    child.expect_exact("5,005")
    child.send("q")
    assert ended(child) == 0
