"""The record of exports: when a list was last exported, and to whom, so that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.lists.target_list import TargetList
from db.connection import connect_reading, connect_writing
from db.list_exports import ListExport, Recording, last_exports

__all__ = ["ListExport", "Recording", "last_exports", "recording"]


@contextmanager
def recording(database: Path, target: TargetList) -> Iterator[Recording]:
    """Open the record for an export of a list. Nothing is recorded until `Recording.keep`.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    connect_reading(database).close()  # a database is not made for it
    with closing(connect_writing(database)) as connection:
        yield Recording(connection, target.key)
