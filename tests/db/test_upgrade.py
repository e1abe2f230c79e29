"""An older database is brought up to date once, whoever opens it at the same time, and wholly or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import upgrade
from db.connection import connect_reading, connect_writing
from db.errors import Fault, WorkFailed
from db.new_database import APPLICATION_ID, SCHEMA_VERSION
from db.schema import migrations

OPEN = """
import sys
from pathlib import Path
from db.connection import connect_reading
print("ready", flush=True)
sys.stdin.readline()
connection = connect_reading(Path(sys.argv[1]))
print(connection.execute("SELECT username FROM accounts").fetchall())
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from db import schema
from db.connection import connect_reading
def killed(connection):
    os.kill(os.getpid(), signal.SIGKILL)
schema.renew_indexes = killed
connect_reading(Path(sys.argv[1]))
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a database of version 3 with one account."""
    path = tmp_path / "accounts.db"
    with closing(sqlite3.connect(path)) as connection:
        migrations.apply(Database(connection), stop_before="indexes")
        connection.execute("INSERT INTO accounts (username, username_fold) VALUES ('Ann', 'ann')")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    return path


@contextmanager
def processes(code: str, path: Path, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Run Python processes that work on a database."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-P", "-c", code, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [subprocess.Popen(command, env=environment, text=True, **pipes) for _ in range(number)]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.communicate()


def state(path: Path) -> tuple[object, ...]:
    with closing(sqlite3.connect(path)) as connection:
        steps = "SELECT count(*), count(DISTINCT name) FROM _sqlite_migrations"
        return (
            connection.execute("PRAGMA user_version").fetchone()[0],
            *connection.execute(steps).fetchone(),
            connection.execute("SELECT username FROM accounts").fetchall(),
            connection.execute("PRAGMA integrity_check").fetchone()[0],
        )


UP_TO_DATE = (SCHEMA_VERSION, len(migrations.pending(Database(memory=True))), [("Ann",)], "ok")


def is_up_to_date(path: Path) -> bool:
    version, steps, names, *rest = state(path)
    return (version, steps, *rest) == UP_TO_DATE and steps == names


def test_several_processes_that_open_an_old_database_at_once_all_get_today_s(old: Path) -> None:
    with processes(OPEN, old, 4) as running:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        ended = [process.communicate() for process in running]
    assert ended == [("[('Ann',)]\n", "")] * 4
    assert is_up_to_date(old)
    assert [copy.name for copy in old.parent.glob("*.schema-*")] == ["accounts.db.schema-3"]
    assert state(old.with_name("accounts.db.schema-3"))[0] == 3


def test_several_threads_that_open_an_old_database_at_once_all_get_today_s(old: Path) -> None:
    together = threading.Barrier(4)
    faults: list[BaseException] = []

    def look() -> None:
        together.wait()
        try:
            connect_reading(old).close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert is_up_to_date(old)


def test_who_comes_second_finds_nothing_left_to_do(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two have seen the old version; one waits for the other's lock and must look again once it has it."""
    with closing(sqlite3.connect(old, isolation_level=None)) as second:
        connect_writing(old).close()
        monkeypatch.setattr(upgrade, "_bring_up_to_date", None)
        upgrade.upgrade(second, old)
    assert is_up_to_date(old)


def test_a_process_killed_on_the_way_leaves_the_older_database(old: Path) -> None:
    with processes(KILLED, old, 1) as (process,):
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    version, *_, accounts, sound = state(old)
    assert (version, accounts, sound) == (3, [("Ann",)], "ok")
    connect_reading(old).close()
    assert is_up_to_date(old)


def test_a_step_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(old)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM accounts")
        raise sqlite3.OperationalError("no such wonder")

    monkeypatch.setattr(upgrade, "_bring_up_to_date", fail)
    with pytest.raises(WorkFailed, match=r"could not be brought up to date: no such wonder"):
        connect_writing(old)
    assert state(old) == before


def test_an_old_database_that_somebody_writes_is_left_alone_and_they_are_named(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connection.WRITE_PATIENCE", 0.05)
    with closing(sqlite3.connect(old, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Fault, match="is being written by"):
            connect_reading(old)
    assert state(old)[0] == 3
