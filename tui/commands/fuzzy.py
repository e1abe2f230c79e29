"""Columns found by some of their letters."""

from __future__ import annotations

from collections.abc import Sequence

from core.query.columns import Column


def columns_like(text: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns whose key or title has the letters of `text` in their order, the nearest first.

    Nearest is what begins with them, then what contains them, then what has the fewest other letters between them.
    """
    wanted = text.strip().casefold()
    distances = {column.key: _distance(wanted, column) for column in columns}
    found = [column for column in columns if distances[column.key] is not None]
    return sorted(found, key=lambda column: distances[column.key] or 0)


def _distance(wanted: str, column: Column) -> int | None:
    known = [_distance_in(wanted, name) for name in (column.title.casefold(), column.key)]
    return min((distance for distance in known if distance is not None), default=None)


def _distance_in(wanted: str, name: str) -> int | None:
    """Return how far `wanted` is from a name: 0 at its beginning; None where a letter is missing."""
    place = name.find(wanted)
    if place >= 0:
        return place
    at = name.find(wanted[0])
    first = at
    for letter in wanted[1:]:
        if at < 0:
            return None
        at = name.find(letter, at + 1)
    return None if at < 0 else 100 + at - first
