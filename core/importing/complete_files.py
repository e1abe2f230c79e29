"""Several files that are one complete list together."""

from __future__ import annotations

from datetime import date

from core.importing.notes import Note
from db.apply_import import Outcome
from db.complete_list import CompleteList, Scope


class ListInFiles:
    """The files that are one complete list together: whom they name is known after the last, and judged then."""

    def __init__(self, count: int = 1) -> None:
        """Set up a list of so many files."""
        self.is_of_several = count > 1
        self._left = count
        self._named = b""
        self._known: int | None = None
        self._first_day: date | None = None

    def part(self, scope: Scope | None) -> CompleteList | None:
        """Return what the next file is complete for, with what the files before it have named."""
        return CompleteList(scope, self._named, self._known, is_whole=self._left <= 1) if scope else None

    def notes(self, scope: Scope | None, day: date) -> list[Note]:
        """Return what to know of the list once its last file, which tells of `day`, is there: the days may differ."""
        first = self._first_day or day
        if scope is None or self._left > 1 or first == day:
            return []
        text = f"The files of this complete list tell of {first} to {day}: who is in none of them is gone from {day}."
        return [Note("days_differ", text)]

    def took(self, outcome: Outcome, day: date) -> None:
        """Go on to the file after the one with this outcome, which tells of `day`."""
        self._left -= 1
        self._first_day = self._first_day or day
        self._named = outcome.named
        self._known = outcome.known if self._known is None else self._known
