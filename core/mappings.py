"""Saved mappings: how a person had a file understood, kept under a name for the next file of the kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, get_args

from core.errors import NoAccounts, Step, WorkFailed, WrongUse
from core.importing.dates import DateOrder
from core.importing.heading_words import heading_key
from core.text import names
from db import mappings
from db.connection import connect_existing, connect_reading


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of a file: none of it follows from the file itself."""

    headings: dict[str, str] = field(default_factory=dict)
    """Heading to field, as --map gives them; '' leaves a heading out."""
    given: dict[str, str] = field(default_factory=dict)
    """Field to value, as --set gives them."""
    date_order: DateOrder | None = None
    kept: list[str] = field(default_factory=list)
    """Headings to keep as fields of one's own, as --keep gives them."""
    columns: list[str] = field(default_factory=list)
    """In a saved mapping: all headings of the file that it was made for; none in those of older versions."""

    def fits(self, headings: Sequence[str]) -> bool:
        """Return whether this mapping was made for files with these headings, in whatever order."""
        keys = {heading_key(heading) for heading in headings if heading}
        if self.columns:
            return keys == {heading_key(heading) for heading in self.columns}
        named = [*self.headings, *self.kept]
        return bool(named) and keys.issuperset(map(heading_key, named))

    def over(self, saved: Choices) -> Choices:
        """Return these choices, and the saved ones where these say nothing."""
        return Choices(
            saved.headings | self.headings,
            saved.given | self.given,
            self.date_order or saved.date_order,
            list(dict.fromkeys([*saved.kept, *self.kept])),
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self | None:
        """Return the choices that were kept; None where these are none."""
        texts = [kept.get("headings", {}), kept.get("given", {})]
        names, columns = kept.get("kept", []), kept.get("columns", [])
        fits = all(isinstance(one, dict) and all(isinstance(value, str) for value in one.values()) for one in texts)
        lists_fit = isinstance(names, list) and isinstance(columns, list)
        fits = fits and lists_fit and all(isinstance(name, str) for name in [*names, *columns])
        order = kept.get("date_order")
        if not kept or not fits or order not in (None, *get_args(DateOrder)):
            return None
        return cls(texts[0], texts[1], order, names, columns)

    def to_json(self) -> dict[str, Any]:
        """Return the form in which they are kept."""
        return asdict(self)


def checked_name(text: str) -> str:
    """Return `text` as the name of a mapping, outer blanks taken off.

    Raises:
        WrongUse: it is empty, too long, or cannot be shown.
    """
    return names.checked_name(text, "mapping", "portal export")


def load_mapping(database: Path, name: str) -> Choices:
    """Return the choices kept under a name.

    Raises:
        WrongUse: there are none; the names that there are are said.
        WorkFailed: the database cannot be read, or what it keeps under the name.
    """
    try:
        with closing(connect_reading(database)) as connection:
            return _choices(name, mappings.load(connection, checked_name(name)))
    except NoAccounts:
        raise WrongUse(f"There is no saved mapping '{name}'.", Step.SAVE_A_MAPPING()) from None


def _choices(name: str, kept: Mapping[str, Any]) -> Choices:
    choices = Choices.from_json(kept)
    if choices is None:
        raise WorkFailed(f"The saved mapping '{name}' is damaged.", "Save one under its name anew.")
    return choices


def mapping_names(database: Path) -> list[str]:
    """Return the names of the saved mappings, in order."""
    try:
        with closing(connect_reading(database)) as connection:
            return mappings.names(connection)
    except NoAccounts:
        return []


def saved_mappings(connection: sqlite3.Connection) -> dict[str, Choices | None]:
    """Return every saved mapping under its name, in order; None for one that is damaged."""
    return {name: Choices.from_json(mappings.load(connection, name)) for name in mappings.names(connection)}


def delete_mapping(database: Path, name: str) -> None:
    """Forget the choices kept under a name.

    Raises:
        WrongUse: there are none.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(name)
    with closing(connect_existing(database)) as connection:
        mappings.delete(connection, checked)
