"""Bars of two signs for shades that every terminal has; without UTF-8 they become # and dots."""

from __future__ import annotations

FULL, LIGHT = "█", "░"


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


def _cells(value: int, most: int, width: int) -> int:
    """Return the cells for a value: none for none, at least one for any."""
    return max(round(width * value / most), 1) if value > 0 else 0
