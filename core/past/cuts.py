"""Cuts through time: what was known after an import, found by the day that the import tells of."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from db.stored import NO_DAY, day_of


@dataclass(frozen=True, slots=True)
class Cut:
    """The accounts as they were known after one import and before the next."""

    import_id: int
    day: date
    """The day that the import tells of: not the one on which it was made."""
    file: str


def cuts(connection: sqlite3.Connection) -> list[Cut]:
    """Return a cut for each import that was not taken back, the oldest first. Their days never go back."""
    rows = connection.execute("SELECT id, dated, file FROM imports WHERE undone_at IS NULL ORDER BY id")
    return [Cut(number, day_of(dated) or NO_DAY, str(file)) for number, dated, file in rows]


def cut_on(known: list[Cut], day: date) -> Cut | None:
    """Return the accounts as known on a day: after the last import that tells of it or an earlier one; None before."""
    return next((cut for cut in reversed(known) if cut.day <= day), None)


def day_before_last(known: list[Cut], until: date) -> date | None:
    """Return the day told of before the latest day up to `until`; None where there is no other day.

    Of two imports of one day the second only completes the first: the day before both is what one compares with.
    """
    days = sorted({cut.day for cut in known if cut.day <= until})
    return days[-2] if len(days) > 1 else None
