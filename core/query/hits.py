"""The rows that a search has found, and the way from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from core.text.vocabulary import count_of


@dataclass(frozen=True, slots=True)
class Hits:
    """Where a text was found: places of rows, from the top."""

    text: str = ""
    """Empty where nothing is searched for."""
    places: list[int] = field(default_factory=list)

    def from_here(self, row: int) -> int | None:
        """Return the first place from `row` on; behind the last comes the first. None where nothing was found."""
        return self._place(bisect_left(self.places, row))

    def behind(self, row: int) -> int | None:
        """Return the first place behind `row`; behind the last comes the first."""
        return self._place(bisect_right(self.places, row))

    def before(self, row: int) -> int | None:
        """Return the last place before `row`; before the first comes the last."""
        return self._place(bisect_left(self.places, row) - 1)

    def words(self, row: int) -> str:
        """Return in words what was found, and which of it stands at `row` or last before it."""
        if not self.places:
            return f"“{self.text}” is in no row"
        return f"“{self.text}” {bisect_right(self.places, row):,} of {count_of(len(self.places), 'row')}"

    def _place(self, number: int) -> int | None:
        return self.places[number % len(self.places)] if self.places else None
