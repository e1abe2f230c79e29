"""The chart of All Accounts Summary: for each status a bar for each kind of account, labelled with its figure."""

from __future__ import annotations

from collections.abc import Sequence

from core.columns import Row
from exporters.pdf.pages import Pages
from exporters.pdf.style import ACCENT, GREY, INK, MUTED, PALE, TEXT_SIZE

_HEADING = 54.0
_BAR = 13.0
_BETWEEN_BARS = 3.0
_BETWEEN_GROUPS = 15.0
_LABELS = 96.0
_FIGURES = 110.0
_COLOURS = (ACCENT, PALE, GREY)
"""Told apart by lightness alone; every bar also says what it is."""


def write_chart(pages: Pages, kinds: Sequence[str], rows: Sequence[Row]) -> None:
    """Draw the rows (a status, then one number for each of `kinds`) as groups of bars."""
    counts = [number for row in rows for number in row[1:] if isinstance(number, int)]
    scale = (pages.width - _LABELS - _FIGURES) / max([*counts, 1])
    if pages.room < _height(len(kinds), len(rows)) + _HEADING:
        pages.turn()
    pages.y -= _HEADING - 16
    pages.text(pages.left, pages.y, "Accounts by status", 11, bold=True, colour=ACCENT)
    pages.y -= 16
    start = pages.y
    for status, *numbers in rows:
        top = pages.y
        for kind, colour, number in zip(kinds, _COLOURS, numbers, strict=False):
            _write_bar(pages, kind, colour, int(number or 0), scale)
        middle = (top + pages.y + _BETWEEN_BARS) / 2
        pages.text(pages.left, middle - TEXT_SIZE * 0.36, pages.typesetter.clean(str(status)), 9.5, bold=True)
        pages.y -= _BETWEEN_GROUPS
    x, end = pages.left + _LABELS, pages.y + _BETWEEN_GROUPS
    pages.draw(f"{MUTED} RG 0.6 w {x:.2f} {start + _BETWEEN_BARS:.2f} m {x:.2f} {end:.2f} l S")


def _write_bar(pages: Pages, kind: str, colour: str, number: int, scale: float) -> None:
    """Draw one bar with its figure and kind behind it."""
    x, width = pages.left + _LABELS, number * scale
    pages.y -= _BAR
    pages.box(x, pages.y, width, _BAR, colour)
    figure = f"{number:,}"
    y = pages.y + _BAR / 2 - TEXT_SIZE * 0.36
    pages.text(x + width + 5, y, figure, bold=True, colour=INK)
    offset = pages.typesetter.width(figure, bold=True) * TEXT_SIZE + 9
    pages.text(x + width + offset, y, kind.lower(), colour=MUTED)
    pages.y -= _BETWEEN_BARS


def _height(bars: int, groups: int) -> float:
    """Return the height of all groups."""
    return groups * bars * (_BAR + _BETWEEN_BARS) + (groups - 1) * _BETWEEN_GROUPS
