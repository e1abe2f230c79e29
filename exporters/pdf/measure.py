"""What room the columns of a report need: one look at all of its rows before the first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.query.columns import Column, Row, Value
from core.query.result import Result
from exporters.pdf.style import CONDENSED
from exporters.pdf.typesetter import Typesetter
from exporters.pdf.widths import Need

_SAMPLE = 2000
"""Rows, spread evenly, whose texts are measured."""
_USUAL = 0.95
"""The part of texts that should stand on one line, and of words that should not be broken."""
_WIDEST_WORD, _WIDEST_TEXT, _WIDEST_ID = 17.0, 26.0, 30.0
"""Limits of what one column may ask for, in ems."""
_SIGN = "●"
"""As wide as any sign before a word."""
_BAR = 7.0
"""The room in which a bar is read, in ems."""


def measured(result: Result, typesetter: Typesetter, tick: Callable[[int], None]) -> list[Need]:
    """Return each column's need, from the widest id and number of all rows and a sample of the texts."""
    step = max(1, result.row_count // _SAMPLE)
    sample: list[Row] = []
    extremes: dict[int, list[Value]] = {i: [] for i, column in enumerate(result.columns) if column.kind.has_decisive}
    seen = 0
    for block in result.blocks():
        sample += block[-seen % step :: step]
        seen += len(block)
        for index, found in extremes.items():
            known = [*found, *(row[index] for row in block if row[index] is not None)]
            extremes[index] = result.columns[index].kind.decisive(known, typesetter.width) if known else []
        tick(0)
    return [
        _need(column, typesetter, extremes.get(index) or [row[index] for row in sample])
        for index, column in enumerate(result.columns)
    ]


def _need(column: Column, typesetter: Typesetter, values: Sequence[Value]) -> Need:
    """Return what a column needs for these values and for its heading, which may break between words."""
    width = typesetter.width
    texts = [line for text in column.kind.shown(values) for line in text.splitlines()]
    if column.has_badges:
        texts = [f"{_SIGN} {text}" for text in texts]
    heading = max(width(word, bold=True) for word in column.title.split() or [""])
    heading_wish = _in_two_lines(column.title, typesetter)
    if column.kind.is_breakable:
        words = [max(map(width, text.split() or [""])) for text in texts]
        word = max(min(_usual(words), _WIDEST_WORD), heading)
        wish = max(min(_usual([width(text) for text in texts]), _WIDEST_TEXT), word, heading_wish)
        return Need(word * CONDENSED, wish * CONDENSED)
    whole = max([min(width(text), _WIDEST_ID) for text in texts] + [heading]) * CONDENSED
    return Need(whole, max(whole, heading_wish * CONDENSED, _BAR if column.bar else 0))


def _in_two_lines(title: str, typesetter: Typesetter) -> float:
    """Return the least width with which a heading has two lines at most."""
    words = title.split()
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return min((max(typesetter.width(line, bold=True) for line in split) for split in splits), default=0.0)


def _usual(widths: Sequence[float]) -> float:
    """Return the width that most do not exceed."""
    ordered = sorted(widths)
    return ordered[int(_USUAL * (len(ordered) - 1))] if ordered else 0.0
