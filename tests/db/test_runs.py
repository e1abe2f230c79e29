"""What My reports knows: best effort, bounded, and honest about runs that were cut off."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from core.runs import record_end, record_start, runs
from db import runs as stored
from tests.db.imports import open_new

GIVEN = {"parameters": {"status": "O"}, "as_of": "2026-03-04", "file_format": "csv", "path": "/tmp/o.csv"}


@pytest.fixture
def database(tmp_path):
    open_new(tmp_path).close()
    return tmp_path / "accounts.db"


def test_a_run_is_recorded_from_start_to_end(database):
    number = record_start(database, "managed-account-details", **GIVEN)
    (run,) = runs(database)
    assert (run.outcome, run.parameters, run.row_count, run.ended_at) == ("running", {"status": "O"}, None, None)
    record_end(database, number, "done", row_count=12)
    (run,) = runs(database)
    assert (run.outcome, run.row_count, run.path, run.message) == ("done", 12, "/tmp/o.csv", "")
    assert run.started_at <= run.ended_at


def test_a_run_whose_process_is_gone_was_interrupted(database):
    code = (
        "import sys; from pathlib import Path; from db.runs import record_start;"
        "record_start(Path(sys.argv[1]), 'x', parameters={}, as_of='2026-03-04', file_format='csv', path=None);"
        "assert 'sqlite_utils' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, database], check=True, env=os.environ | {"PYTHONPATH": "."})
    assert [run.outcome for run in runs(database)] == ["interrupted"]


@pytest.mark.parametrize(
    ("host", "pid", "hours", "outcome"),
    [
        ("far", 1, 1, "running"),
        ("far", 2**22 + 1, 1, "running"),
        ("far", 1, 25, "interrupted"),
        (None, 2**22 + 1, 0, "interrupted"),
    ],
)
def test_a_run_on_another_host_is_neither_dead_at_once_nor_running_for_ever(database, host, pid, hours, outcome):
    """There nobody can look whether its process is alive: neither a number that is none here nor one that is tells."""
    record_start(database, "x", **GIVEN)
    began = datetime.now(UTC) - timedelta(hours=hours)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE runs SET host = ?, pid = ?, started_at = ?", [host, pid, began.isoformat()])
    assert [run.outcome for run in runs(database)] == [outcome]


def test_only_the_newest_are_kept(database, monkeypatch):
    monkeypatch.setattr(stored, "KEPT", 3)
    for _ in range(5):
        record_start(database, "x", **GIVEN)
    assert [run.id for run in runs(database)] == [5, 4, 3]


def test_a_busy_missing_or_foreign_database_never_fails_a_report(database, tmp_path):
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert record_start(database, "x", **GIVEN) is None
        record_end(database, 1, "done")
    record_end(database, None, "done")
    assert record_start(tmp_path / "none.db", "x", **GIVEN) is None
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "text.db").write_text("no database, but long enough to be looked at" * 100)
    assert record_start(tmp_path / "text.db", "x", **GIVEN) is None
