"""How wide each column of a table is, and how large its text: from what the columns hold, by plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 9.0
"""Blank between two columns, in points."""
_SIZES = (10.0, 9.0, 8.0, 7.5, 7.0, 6.5, 6.0)
_SMALL, _COMFORT = 7.0, 0.8
"""Text becomes so small before lines break; then it stays as large as leaves columns this share of their wishes."""
_STRETCH = 2.5
"""Columns grow at most so much to fill the page."""


@dataclass(frozen=True, slots=True)
class Need:
    """The room a column needs, as a multiple of the text's size."""

    least: float
    """For what should not be broken: an id, a date, a number, the usual long word."""
    wish: float
    """For most values on one line."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The text's size and each column's width without the gap, in points."""

    size: float
    widths: tuple[float, ...]


def fit(needs: Sequence[Need], width: float, largest: float) -> Fit:
    """Return the largest text, up to `largest`, and the column widths with which a table fits `width` points."""
    room = width - GAP * (len(needs) - 1)
    sizes = [size for size in _SIZES if size <= largest]
    fitting = (size for size in sizes if _share(needs, room, size) >= (1 if size > _SMALL else _COMFORT))
    size = next(fitting, sizes[-1])
    return Fit(size, tuple(ems * size for ems in _ems(needs, room / size)))


def fits(needs: Sequence[Need], width: float, size: float) -> bool:
    """Return whether every column gets what it wishes at a size."""
    return _share(needs, width - GAP * (len(needs) - 1), size) >= 1


def _share(needs: Sequence[Need], room: float, size: float) -> float:
    """Return how much of their wishes columns get: 1 or more for all, 0 for the least, below 0 for not even that."""
    wished = sum(need.wish - need.least for need in needs)
    spare = room / size - sum(need.least for need in needs)
    if wished == 0:
        return 1.0 if spare >= 0 else -1.0
    return spare / wished


def _ems(needs: Sequence[Need], room: float) -> list[float]:
    """Return each column's width for so much room, all in ems."""
    wished = sum(need.wish for need in needs)
    if wished <= room:
        return [need.wish * min(room / wished, _STRETCH) for need in needs]
    spare = room - sum(need.least for need in needs)
    if spare >= 0:
        more = _levelled([need.wish - need.least for need in needs], spare)
        return [need.least + extra for need, extra in zip(needs, more, strict=True)]
    return _levelled([need.least for need in needs], room)


def _levelled(wishes: Sequence[float], room: float) -> list[float]:
    """Share out room that does not do: small wishes are met whole, the large ones all get the same."""
    limit, left = 0.0, room
    for count, wish in zip(range(len(wishes), 0, -1), sorted(wishes), strict=True):
        limit = left / count
        if wish > limit:
            break
        left -= wish
    return [min(wish, limit) for wish in wishes]
