"""What stands before and after the rows: title, facts, totals and notes."""

from __future__ import annotations

from collections.abc import Sequence

from core.query.result import Result
from core.text.date_style import in_style
from exporters.pdf.pages import Pages
from exporters.pdf.style import ACCENT, FIGURE_SIZE, LEADING, MUTED, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE

_FACT_WIDTH = 75.0
"""The least width of a fact, so that short ones stand in columns; one that is too long takes lines of its own."""
_BETWEEN_FACTS = 22.0
_BLANK = 14.0


def write_front(pages: Pages, result: Result) -> None:
    """Draw the title, the facts, the totals and the notes of a report."""
    pages.y -= TITLE_SIZE
    with pages.tagged("H1"):
        pages.text(pages.left, pages.y, pages.typesetter.clean(result.title), TITLE_SIZE, bold=True, colour=ACCENT)
    pages.y -= 9
    pages.rule(pages.y, 1.6, ACCENT)
    pages.y -= 6
    _write_pairs(pages, [(label, in_style(text)) for label, text in result.facts()], TEXT_SIZE, bold=False)
    _write_pairs(pages, result.totals_shown(), FIGURE_SIZE, bold=True)
    write_notes(pages, result.notes)
    pages.y -= _BLANK


def write_notes(pages: Pages, notes: Sequence[str]) -> None:
    """Draw notes, each with its mark, under one heading; nothing if there are none."""
    if not notes:
        return
    if pages.room < 4 * TEXT_SIZE * LEADING:
        pages.turn()
    pages.y -= _BLANK + SMALL_SIZE
    with pages.tagged("H2"):
        pages.text(pages.left, pages.y, "Notes", SMALL_SIZE, colour=MUTED)
    pages.y -= 2
    for note in notes:
        if pages.room < TEXT_SIZE * LEADING:
            pages.turn()
        pages.text(pages.left, pages.y - TEXT_SIZE * (LEADING - 0.3), "–", colour=ACCENT)
        with pages.tagged("P"):
            pages.paragraph(in_style(note), indent=9)


def _write_pairs(pages: Pages, pairs: Sequence[tuple[str, str]], size: float, *, bold: bool) -> None:
    """Draw small labels over their texts, side by side in as many lines as they need."""
    height = _BLANK / 2 + SMALL_SIZE + size * LEADING + 4
    x = pages.right
    for raw, text in pairs:
        label = pages.typesetter.clean(raw)
        first, *more = pages.lines(text, pages.width, size, bold=bold)
        width = max(pages.typesetter.width(first, bold=bold) * size, pages.typesetter.width(label) * SMALL_SIZE)
        if more or x + width > pages.right:
            if pages.room < height:
                pages.turn()
            pages.y -= height
            x = pages.left
        with pages.tagged("P"):
            pages.text(x, pages.y + 4 + size * LEADING, label, SMALL_SIZE, colour=MUTED)
            pages.text(x, pages.y + 4, first, size, bold=bold)
            for line in more:
                pages.paragraph(line, size=size)
        x = pages.right if more else x + max(_FACT_WIDTH, width) + _BETWEEN_FACTS
