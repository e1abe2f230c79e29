"""The record of exports: when a list was last exported, and to whom, so that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.clock import local
from core.lists.target_list import TargetList
from core.people import by_words
from core.text.vocabulary import count_of
from db.connection import connect_existing, connect_reading, connect_writing
from db.list_exports import ListExport, Recording, last_exports
from db.uploads import UploadJournal

__all__ = ["ListExport", "Recording", "last_exports", "recording", "upload_journal", "wrote_words"]


def wrote_words(last: ListExport) -> str:
    """Return who exported a list last, in a sentence: "ben wrote to them on 2026-03-04: 12 contacts."."""
    day = f"{local(last.exported_at):%Y-%m-%d}"
    who = by_words(last.by, last.sudo_by) if last.by else "Somebody"
    return f"{who} wrote to them on {day}: {count_of(last.contacts, 'contact')}."


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


@contextmanager
def upload_journal(database: Path, target: TargetList, encoded_account_id: str) -> Iterator[UploadJournal]:
    """Open the record of uploads of a list to an account at the vendor.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        yield UploadJournal(connection, target.key, encoded_account_id)
