"""How wide columns are when nobody has said: as wide as their titles and rows ask for, within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

from core.query.columns import Column, Row
from tui.widgets.table.cells import shown
from tui.widgets.table.titles import narrow_title, whole_title

MIN_NATURAL = 8
MAX_NATURAL = 40
MAX_WHOLE = 64
"""The bound for ids and numbers, of which no part may be missing."""
USUAL_SHARE = 0.9
"""The share of texts that a column is wide enough for: one long name does not widen it for all."""
FEW = 10
"""Different texts up to which each is seen whole."""


def natural_widths(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, int]:
    """Return the width in cells of each column, by key, for these first rows and its title in two lines."""
    widths = {}
    for index, column in enumerate(columns):
        title = min(narrow_title(column).width, MAX_NATURAL)
        bound = MAX_WHOLE if _is_whole(column) else MAX_NATURAL
        is_seen_whole = column.has_badges or _is_whole(column)
        longest = _longest(column, index, rows) if is_seen_whole else _usual(column, index, rows)
        widths[column.key] = min(max(MIN_NATURAL, title, longest), bound)
    return widths


def grown(widths: Mapping[str, int], columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, int]:
    """Return `widths` with room for every id and number of `rows`: those are never cut to fit."""
    wider = dict(widths)
    for index, column in enumerate(columns):
        if _is_whole(column):
            wider[column.key] = max(widths[column.key], min(_longest(column, index, rows), MAX_WHOLE))
    return wider


def with_whole_titles(widths: Mapping[str, int], columns: Iterable[Column]) -> dict[str, int]:
    """Return `widths` with room for each column's title in one line."""
    return {column.key: max(widths[column.key], min(whole_title(column).width, MAX_NATURAL)) for column in columns}


def _is_whole(column: Column) -> bool:
    return not column.kind.is_breakable


def _usual(column: Column, index: int, rows: Sequence[Row]) -> int:
    """Return the width that nine texts of ten have room in; all have it where they are few, such as plans."""
    texts = [shown(row[index], column) for row in rows]
    if len(set(texts)) <= FEW:
        return max(map(cell_len, texts), default=0)
    return sorted(map(cell_len, texts))[int((len(texts) - 1) * USUAL_SHARE)]


def _longest(column: Column, index: int, rows: Iterable[Row]) -> int:
    return max((cell_len(shown(row[index], column)) for row in rows), default=0)
