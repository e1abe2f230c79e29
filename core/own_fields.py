"""The partner's own fields, listed, renamed and dropped."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from core.errors import Step, WrongUse
from core.importing.heading_words import heading_key
from core.text import names
from db import own_fields as stored
from db.connection import connect_existing, connect_reading
from db.fields import Field
from db.own_fields import key_for

__all__ = ["Field", "drop_field", "key_for", "own_fields", "rename_field"]


def own_fields(database: Path) -> tuple[Field, ...]:
    """Return the own fields, in the order in which they were made.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return stored.own_fields(connection)


def rename_field(database: Path, name: str, title: str) -> Field:
    """Give an own field, known by key or title, another title; its key stays, and its old heading no longer means it.

    Raises:
        WrongUse: there is no such field, or another one has the title.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = names.checked_name(title, "field", "Account Manager")
    with closing(connect_existing(database)) as connection:
        known = stored.own_fields(connection)
        field = _named(known, name)
        for other in known:
            if other.key != field.key and heading_key(other.title) == heading_key(checked):
                raise WrongUse(f"There is a field “{other.title}” already.", "Choose another title.")
        stored.rename(connection, field.key, checked)
        return Field(field.key, checked, field.kind)


def drop_field(database: Path, name: str) -> Field:
    """Remove an own field, known by key or title, with all its values, for good; return what it was.

    Raises:
        WrongUse: there is no such field.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        field = _named(stored.own_fields(connection), name)
        stored.drop(connection, field.key)
        return field


def _named(known: tuple[Field, ...], name: str) -> Field:
    wanted = name.strip()
    for field in known:
        if wanted.casefold() == field.key or heading_key(wanted) == heading_key(field.title):
            return field
    keys = ", ".join(field.key for field in known)
    raise WrongUse(
        f"There is no field of yours '{wanted}'.",
        f"There are: {keys}." if known else Step.KEEP_A_HEADING(),
    )
