"""The reports that were run: what My reports shows.

Recording is best effort: a database that is busy, read-only or full never makes a report fail.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from db.people import login_name, sudo_user
from db.processes import is_over
from db.stored import Asked, record

KEPT = 1_000
"""How many runs are kept, the newest."""

_LONGEST = timedelta(days=1)
"""How long a run on another host is taken to be running."""

_PATIENCE = 0.2
"""Seconds to wait for another process's lock."""

Outcome = Literal["running", "done", "failed", "cancelled", "interrupted"]


@dataclass(frozen=True, slots=True)
class Run:
    """One report that was run."""

    id: int
    report: str
    """Its id, as on the command line."""
    as_of: str
    format: str
    path: str | None
    """Where the file is; None if it went to a pipe or the screen."""
    row_count: int | None
    message: str
    """Why it failed, in a sentence; '' if it did not."""
    parameters: Asked
    """What was asked, under the names of the command line's options: only what was given."""
    started_at: datetime
    """Aware, UTC."""
    ended_at: datetime | None
    outcome: Outcome
    """`interrupted` where the process ended before the run did."""
    sudo_by: str | None = None
    """Who became that person by sudo."""
    by: str | None = None
    """Who ran it: a login name; None for runs from before this was kept."""
    schedule: str | None = None
    """The schedule that ran it."""


_COLUMNS = tuple(Run.__slots__)


def record_start(
    database: Path,
    report: str,
    *,
    parameters: dict[str, Any],
    as_of: str,
    file_format: str,
    path: str | None,
    schedule: str | None = None,
) -> int | None:
    """Record that a report was begun here and now by whoever we are, and return the run's number.

    Returns:
        None if it could not be recorded.
    """
    try:
        with closing(_connect(database)) as connection:
            number = connection.execute(
                "INSERT INTO runs"
                " (report, parameters, as_of, format, path, started_at, outcome, pid, by, sudo_by, host, schedule)"
                " VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)",
                [
                    report,
                    json.dumps(parameters),
                    as_of,
                    file_format,
                    path,
                    _now(),
                    os.getpid(),
                    login_name(),
                    sudo_user(),
                    os.uname().nodename,
                    schedule,
                ],
            ).lastrowid
            connection.execute("DELETE FROM runs WHERE id <= ?", [(number or 0) - KEPT])
            return number
    except sqlite3.Error:
        return None


def record_end(
    database: Path, number: int | None, outcome: Outcome, *, row_count: int | None = None, message: str = ""
) -> None:
    """Record how a run ended; nothing is done for a run that could not be recorded."""
    if number is None:
        return
    try:
        with closing(_connect(database)) as connection:
            connection.execute(
                "UPDATE runs SET outcome = ?, row_count = ?, message = ?, ended_at = ? WHERE id = ?",
                [outcome, row_count, message, _now(), number],
            )
    except sqlite3.Error:
        return


def runs(connection: sqlite3.Connection) -> list[Run]:
    """Return the runs, the newest first."""
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)}, pid, host FROM runs ORDER BY id DESC")
    return [_run(*row) for row in rows]


def _run(*stored: Any) -> Run:
    *values, pid, host = stored
    run = record(Run, **dict(zip(_COLUMNS, values, strict=True)))
    ended = run.outcome == "running" and is_over(pid, host, run.started_at, _LONGEST)
    return replace(run, outcome="interrupted") if ended else run


def _connect(database: Path) -> sqlite3.Connection:
    """Open the database as it is: never made, never migrated for a record's sake."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE, isolation_level=None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
