"""How wide columns and how high rows must be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from core.query.columns import Column, Row, Value

_SAMPLE = 200
"""Rows looked at. Longer texts further down show whole when their cell is chosen or their column widened."""
_NARROWEST, _WIDEST = 8, 46
_MARGIN = 2
_FILTER_BUTTON = 4
_SIGN = 3
_LINE_HEIGHT, _HIGHEST = 15, 409
"""In points; Excel allows no higher row."""


def widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the width of each column in characters, by its heading and the first rows."""
    needed = [length(column.title) + _FILTER_BUTTON for column in columns]
    for row in rows[:_SAMPLE]:
        lengths = (_length(column, value) for column, value in zip(columns, row, strict=True))
        needed = list(map(max, needed, lengths))
    return [min(max(width + _MARGIN, _NARROWEST), _WIDEST) for width in needed]


def _length(column: Column, value: Value) -> int:
    """Return how long a value is shown, its sign included; of several lines, the longest counts."""
    return max(map(length, column.kind.show(value).splitlines()), default=0) + _SIGN * column.has_badges


def length(line: str) -> int:
    """Return the length of a line in which Chinese, Japanese and Korean characters count twice."""
    return len(line) + sum(unicodedata.east_asian_width(char) in "WF" for char in line)


def row_height(lines: int) -> int:
    """Return the height of a row of so many lines, in points."""
    return min(lines * _LINE_HEIGHT + _MARGIN, _HIGHEST)
