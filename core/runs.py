"""The reports that were run: what My reports shows. Recording never makes a report fail."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db import runs as stored
from db.connection import connect_reading
from db.runs import Outcome, Run, record_end, record_start

__all__ = ["Outcome", "Run", "record_end", "record_start", "runs"]


def runs(database: Path) -> list[Run]:
    """Return the runs, the newest first.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return stored.runs(connection)
