"""The chart of All Accounts Summary: for each status a bar for each kind of account, labelled with its figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.query.columns import Row
from exporters.pdf.pages import Pages
from exporters.pdf.style import ACCENT, INK, MUTED, TEXT_SIZE

Fill = Callable[[float, float, float], str]
"""Returns what fills a bar at x and y of some width; what stands over its edge is clipped."""

_HEADING = 54.0
_BAR = 13.0
_BETWEEN_BARS = 3.0
_BETWEEN_GROUPS = 15.0
_LABELS = 96.0
_FIGURES = 110.0
_OUTLINE = 0.75
_STRIPES, _DOTS = 4.5, 3.75
"""How far stripes and dots are apart."""


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
        for kind, fill, number in zip(kinds, _FILLS, numbers, strict=False):
            _write_bar(pages, kind, fill, int(number or 0), scale)
        middle = (top + pages.y + _BETWEEN_BARS) / 2
        pages.text(pages.left, middle - TEXT_SIZE * 0.36, pages.typesetter.clean(str(status)), 9.5, bold=True)
        pages.y -= _BETWEEN_GROUPS
    x, end = pages.left + _LABELS, pages.y + _BETWEEN_GROUPS
    pages.draw(f"{MUTED} RG 0.6 w {x:.2f} {start + _BETWEEN_BARS:.2f} m {x:.2f} {end:.2f} l S")


def _write_bar(pages: Pages, kind: str, fill: Fill, number: int, scale: float) -> None:
    """Draw one bar with its figure and kind behind it."""
    x, width = pages.left + _LABELS, number * scale
    pages.y -= _BAR
    if number:
        area = f"{x:.2f} {pages.y:.2f} {width:.2f} {_BAR} re"
        pages.draw(f"q {area} W n {fill(x, pages.y, width)} Q {ACCENT} RG {_OUTLINE} w {area} S")
    figure = f"{number:,}"
    y = pages.y + _BAR / 2 - TEXT_SIZE * 0.36
    pages.text(x + width + 5, y, figure, bold=True, colour=INK)
    offset = pages.typesetter.width(figure, bold=True) * TEXT_SIZE + 9
    pages.text(x + width + offset, y, kind.lower(), colour=MUTED)
    pages.y -= _BETWEEN_BARS


def _solid(x: float, y: float, width: float) -> str:
    return f"{ACCENT} rg {x:.2f} {y:.2f} {width:.2f} {_BAR} re f"


def _striped(x: float, y: float, width: float) -> str:
    count = int((width + _BAR) / _STRIPES) + 1
    starts = [x - _BAR + _STRIPES * place for place in range(count)]
    lines = [f"{start:.2f} {y:.2f} m {start + _BAR:.2f} {y + _BAR:.2f} l" for start in starts]
    return f"{ACCENT} RG 1.6 w {' '.join(lines)} S"


def _dotted(x: float, y: float, width: float) -> str:
    """Dots are the round ends of dashes without length."""
    rows = [y + _DOTS * (place + 0.5) for place in range(int(_BAR / _DOTS) + 1)]
    lines = [f"{x + _DOTS / 2:.2f} {row:.2f} m {x + width:.2f} {row:.2f} l" for row in rows]
    return f"{ACCENT} RG 1.5 w 1 J [0 {_DOTS}] 0 d {' '.join(lines)} S"


_FILLS: tuple[Fill, ...] = (_solid, _striped, _dotted)
"""Told apart without colour; every bar also says what it is."""


def _height(bars: int, groups: int) -> float:
    """Return the height of all groups."""
    return groups * bars * (_BAR + _BETWEEN_BARS) + (groups - 1) * _BETWEEN_GROUPS
