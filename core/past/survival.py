"""How likely a pending bonus is to be earned, from what became of a partner's own accounts (insight, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction


def chances(lost: Sequence[int], seen: Sequence[int]) -> list[Fraction]:
    """Return the chance to stay to the end, by the days that an account has stayed already: the Kaplan–Meier estimate.

    Args:
        lost: for each day from 0, how many accounts left on it.
        seen: for each day, how many accounts had not left before it and were there to be seen on it; those that have
            not come so far yet count on the days that they have.

    Returns:
        For each day d the product of 1 − lost/seen over the days after d. A day on which none was seen says nothing
        and is left out. Exact, since small shares of a day are multiplied 94 times.
    """
    found = [Fraction(1)]
    for gone, there in zip(reversed(lost[1:]), reversed(seen[1:]), strict=True):
        found.append(found[-1] * (1 - Fraction(gone, there)) if there else found[-1])
    return found[::-1]


def seen_on(
    days: int, lost_after: Iterable[tuple[int, int]], stayed: int, so_far: Iterable[tuple[int, int]]
) -> list[int]:
    """Return for each day below `days` how many accounts were there to be seen on it.

    Args:
        days: how many days count.
        lost_after: accounts that left, as (days they had stayed, how many).
        stayed: accounts that stayed all the days.
        so_far: accounts that are still under way, as (days until today, how many).
    """
    there = [0] * (days + 1)
    for day, accounts in (*lost_after, *so_far):
        there[min(day, days - 1)] += accounts
    for day in range(days - 1, -1, -1):
        there[day] += there[day + 1]
    return [number + stayed for number in there[:days]]
