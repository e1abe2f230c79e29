"""Bars and sparklines of signs that every terminal has; without UTF-8 they become plain ones."""

from __future__ import annotations

from collections.abc import Sequence

FULL, LIGHT = "█", "░"
HEIGHTS = "▁▂▃▄▅▆▇█"


def bar(full: int, light: int, most: int, width: int) -> str:
    """Return a bar of two parts that are told apart without colour.

    Args:
        full: what the first part stands for.
        light: what the second part stands for.
        most: what a bar of the whole width stands for.
        width: in cells.
    """
    if most <= 0:
        return ""
    whole = _cells(full + light, most, width)
    first = min(_cells(full, most, width), whole - bool(light) if whole > 1 else whole)
    return FULL * first + LIGHT * (whole - first)


def sparkline(numbers: Sequence[int]) -> str:
    """Return a column for each number, the greatest the highest; a blank for none."""
    most = max(numbers, default=0)
    return "".join(HEIGHTS[_cells(number, most, len(HEIGHTS)) - 1] if number > 0 else " " for number in numbers)


def _cells(value: int, most: int, width: int) -> int:
    """Return the cells for a value: none for none, at least one for any."""
    return max(round(width * value / most), 1) if value > 0 else 0
