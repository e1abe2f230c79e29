"""What stands before and after the rows: title, facts, totals and notes."""

from __future__ import annotations

from collections.abc import Sequence

from core.result import Result
from exporters.pdf.pages import Pages
from exporters.pdf.style import ACCENT, FIGURE_SIZE, INK, LEADING, MUTED, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE

_FACT_WIDTH = 150.0
"""About the width of one fact; long ones take a line of their own."""
_BLANK = 14.0


def write_front(pages: Pages, result: Result) -> None:
    """Draw the title, the facts, the totals and the notes of a report."""
    pages.y -= TITLE_SIZE
    pages.text(pages.left, pages.y, pages.typesetter.clean(result.title), TITLE_SIZE, bold=True, colour=ACCENT)
    pages.y -= 9
    pages.rule(pages.y, 1.6, ACCENT)
    pages.y -= 6
    _write_pairs(pages, result.facts(), TEXT_SIZE, bold=False)
    _write_pairs(pages, [(label, f"{number:,}") for label, number in result.totals], FIGURE_SIZE, bold=True)
    write_notes(pages, result.notes)
    pages.y -= _BLANK


def write_notes(pages: Pages, notes: Sequence[str]) -> None:
    """Draw notes, each with its mark, under one heading; nothing if there are none."""
    if not notes:
        return
    if pages.room < 4 * TEXT_SIZE * LEADING:
        pages.turn()
    pages.y -= _BLANK + SMALL_SIZE
    pages.text(pages.left, pages.y, "Notes", SMALL_SIZE, colour=MUTED)
    pages.y -= 2
    for note in notes:
        if pages.room < TEXT_SIZE * LEADING:
            pages.turn()
        pages.text(pages.left, pages.y - TEXT_SIZE * (LEADING - 0.3), "–", colour=ACCENT)
        pages.paragraph(note, indent=9)


def _write_pairs(pages: Pages, pairs: Sequence[tuple[str, str]], size: float, *, bold: bool) -> None:
    """Draw small labels over their texts, side by side in as many lines as they need."""
    x, lowest = pages.left, pages.y
    for label, text in pairs:
        lines = pages.lines(text, pages.width, size, bold=bold)
        width = max(pages.typesetter.width(line, bold=bold) * size for line in lines)
        width = max(width, pages.typesetter.width(label) * SMALL_SIZE)
        if x > pages.left and x + width > pages.right:
            x, pages.y = pages.left, lowest
        lowest = min(lowest, _write_pair(pages, x, label, lines, size, bold=bold))
        x += max(_FACT_WIDTH / 2, width) + 22
    pages.y = lowest


def _write_pair(pages: Pages, x: float, label: str, lines: Sequence[str], size: float, *, bold: bool) -> float:
    """Draw one label and its text below `pages.y`, and return where they end."""
    y = pages.y - _BLANK / 2 - SMALL_SIZE
    pages.text(x, y, pages.typesetter.clean(label), SMALL_SIZE, colour=MUTED)
    for line in lines:
        y -= size * LEADING
        pages.text(x, y, line, size, bold=bold, colour=INK)
    return y - 4
