"""The reports that were run: what My reports shows. Recording never makes a report fail."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from core.query.request import Request
from db import runs as stored
from db.connection import connect_reading
from db.runs import Outcome, Run, record_end, record_start

__all__ = ["Outcome", "Run", "record_end", "record_start", "record_view", "runs"]

SCREEN = "screen"
"""The format of a run that was viewed and wrote no file."""


def runs(database: Path) -> list[Run]:
    """Return the runs, the newest first.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return stored.runs(connection)


def record_view(database: Path, request: Request, rows: int) -> None:
    """Let My reports list a report that was viewed."""
    number = record_start(
        database,
        request.report.id,
        parameters=request.for_programs(),
        as_of=request.as_of.isoformat(),
        file_format=SCREEN,
        path=None,
    )
    record_end(database, number, "done", row_count=rows)
