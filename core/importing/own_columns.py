"""Columns that no field of ours has, kept as fields of the partner's own (intake: Fields of one's own)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from core.errors import WrongUse
from core.importing.cells import plain_texts
from core.importing.dates import read_date
from core.importing.headings import missing_heading, places_of
from core.importing.rejected import Unreadable
from core.importing.table import Table
from db.fields import Field
from db.own_fields import key_for

_COUNT = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d{0,17})", re.ASCII)
"""A whole number that is no code: none with zeros in front."""
_UNKNOWN = frozenset({"", "-", "--", "n/a", "none", "null", "never"})


def kept_fields(table: Table, asked: Sequence[str], known: Sequence[Field]) -> tuple[list[Field], list[Field]]:
    """Return the own fields that a file fills, and those of them that have to be made.

    Args:
        table: the file.
        asked: the headings that a person wants kept (`--keep`).
        known: the own fields that there are; a column under the title of one is always kept.

    Raises:
        WrongUse: the file has no such heading.
    """
    by_key = {field.key: field for field in known}
    kept = {field.key: field for field in known if places_of(field.title, table.headings)}
    new = []
    for heading in asked:
        places = places_of(heading, table.headings)
        if not places:
            raise missing_heading("To be kept is", heading, table.headings)
        title = table.headings[places[0]]
        key = key_for(title)
        if key in kept:
            continue
        if key in by_key:
            raise WrongUse(
                f"'{title}' cannot be kept: the field '{by_key[key].title}' has the key {key} too.",
                "Rename the heading in the file.",
            )
        kept[key] = Field(key, title, _kind_of(table, places[0]))
        new.append(kept[key])
    return list(kept.values()), new


def _kind_of(table: Table, index: int) -> Literal["text", "number", "date"]:
    """Return what all values of a column are: counts, days, or else texts."""
    are_counts = are_days = True
    has_values = False
    for block in table.blocks():
        cells = [row[index] for row in block.rows if index < len(row)]
        for text in {text.strip() for text in plain_texts(cells, "text", table.epoch_1904)[0]}:
            if text.lower() in _UNKNOWN:
                continue
            has_values = True
            are_counts = are_counts and _COUNT.fullmatch(text) is not None
            are_days = are_days and not text.isdigit() and not isinstance(read_date(text, lambda: "mdy"), Unreadable)
        if has_values and not are_counts and not are_days:
            return "text"
    if not has_values:
        return "text"
    return "number" if are_counts else "date" if are_days else "text"
