"""What a table shows at this moment: the source, how it is arranged, which rows and columns are in the window.

It knows nothing of Textual. The way of the data is always the same: something moves, the window follows, the rows in it
are read if they are others than before, and columns that must hold them whole grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.query.column_layout import ColumnLayout
from core.query.columns import Column, Row
from core.query.sorting import Sort
from tui.widgets.row_source import ListedRows, RowSource
from tui.widgets.table.cells import steady
from tui.widgets.table.picture import Frame, Heading, Line, Picture
from tui.widgets.table.widths import grown, natural_widths, with_whole_titles
from tui.widgets.table.windows import NO_ROOM, ColumnWindow, RowWindow

SAMPLE = 40
"""Rows looked at, at the beginning, in the middle and at the end, to find how wide columns should be."""


class TableModel:
    """The rows and columns in the window of a table, and its cursor."""

    def __init__(self) -> None:
        self.source: RowSource = ListedRows()
        self.sorts: tuple[Sort, ...] = ()
        self.layout = ColumnLayout()
        self.columns: tuple[Column, ...] = ()
        self.down = RowWindow()
        self.across = ColumnWindow()
        self.rows: list[Row] = []
        self.is_marked: Callable[[int], bool] | None = None
        self.pattern: re.Pattern[str] | None = None
        self._natural: dict[str, int] = {}
        self._places: tuple[int, ...] = ()
        self._lines = 1
        self.may_part_titles = True
        self.heading_lines = 1
        """Two where one line would show fewer columns."""

    @property
    def cursor_column(self) -> str:
        """The key of the cursor's column; empty when there are no columns."""
        return self.columns[self.across.cursor].key if self.columns else ""

    @property
    def current_row(self) -> Row | None:
        """The cursor's row; None when there are no rows."""
        offset = self.down.cursor - self.down.top
        return self.rows[offset] if offset < len(self.rows) else None

    def picture(self) -> Picture:
        """Return how all this looks."""
        current, is_marked = self.across.cursor, self.is_marked
        return Picture(
            Frame(
                self.columns,
                self._places,
                replace(self.across, cursor=0),
                is_marked is not None,
                self.pattern,
                self.heading_lines,
            ),
            Heading(self.sorts, current),
            [
                Line(row, current if position == self.down.cursor else None, bool(is_marked and is_marked(position)))
                for position, row in enumerate(self.rows, start=self.down.top)
            ],
        )

    def show(self, source: RowSource, sorts: Sequence[Sort], *, keep_cursor: bool) -> None:
        """Take over a source. Where its columns are those of the one before, they get no narrower."""
        widths = natural_widths(source.columns, _sample(source))
        if list(source.columns) == list(self.source.columns):
            widths = {key: max(width, self._natural[key]) for key, width in widths.items()}
        cursor_column = self.cursor_column
        self.source, self.sorts, self._natural = source, tuple(sorts), widths
        self._arrange(cursor_column)
        down = self.down if keep_cursor else RowWindow()
        self._read(down.resized(self._rows_room).counted(source.row_count))

    def arrange(self, layout: ColumnLayout) -> None:
        """Take over a layout. The cursor stays on its column, if that is still shown."""
        self.layout = layout
        self._arrange(self.cursor_column)
        self._fit_rows()

    def resize(self, room: int, lines: int) -> None:
        """Take over the cells there are for columns, and the lines there are for the heading and rows.

        Where the columns were scrolled before there was any room, as keys typed at once do, that means nothing now.
        """
        left = self.across.left if self.across.room > NO_ROOM else 0
        self.across, self._lines = replace(self.across, room=room, left=left), lines
        self._arrange(self.cursor_column)
        self._fit_rows()

    def look_down(self, down: RowWindow) -> None:
        """Take over a window of rows."""
        if (down.top, down.stop) == (self.down.top, self.down.stop):
            self.down = down
        else:
            self._read(down)

    def search_for(self, text: str) -> None:
        """Mark `text` wherever it is seen, whatever its case; nothing if it is empty."""
        self.pattern = re.compile(re.escape(steady(text)), re.IGNORECASE) if text else None

    def column_width(self, key: str) -> int:
        """Return how many cells wide a column is: what the person has set, else what it holds."""
        shown = dict(zip((column.key for column in self.columns), self.across.widths, strict=True))
        return shown.get(key) or self.layout.widths.get(key, self._natural[key])

    def _read(self, down: RowWindow) -> None:
        self.down = down
        self.rows = self.source.rows(down.top, down.stop)
        natural = grown(self._natural, self.source.columns, self.rows)
        if natural != self._natural:
            self._natural = natural
            self._arrange(self.cursor_column)
            self._fit_rows()

    @property
    def _rows_room(self) -> int:
        return self._lines - self.heading_lines

    def _fit_rows(self) -> None:
        """Have as many rows in the window as the heading leaves room for."""
        self.look_down(self.down.resized(self._rows_room))

    def _arrange(self, cursor_column: str) -> None:
        """Find where the columns are, and which of them are in sight."""
        places = {column.key: place for place, column in enumerate(self.source.columns)}
        self.columns = tuple(self.layout.arrange(self.source.columns))
        keys = [column.key for column in self.columns]
        self._places = tuple(places[key] for key in keys)
        self._arrange_across(keys.index(cursor_column) if cursor_column in keys else 0)

    def _arrange_across(self, cursor: int) -> None:
        """Give each title one line; two, and its column less room, where more columns are in sight so."""
        wide = self._across(with_whole_titles(self._natural, self.source.columns))
        narrow = self._across(self._natural)
        self.heading_lines = 2 if self.may_part_titles and narrow.whole > wide.whole else 1
        self.across = (narrow if self.heading_lines == 2 else wide).moved_to(cursor)

    def _across(self, natural: Mapping[str, int]) -> ColumnWindow:
        widths = tuple(self.layout.widths.get(column.key, natural[column.key]) for column in self.columns)
        return replace(self.across, widths=widths, frozen=self.layout.frozen)


def _sample(source: RowSource) -> list[Row]:
    count = source.row_count
    if count <= 3 * SAMPLE:
        return source.rows(0, count)
    starts = (0, count // 2, max(count - SAMPLE, 0))
    return [row for start in starts for row in source.rows(start, min(start + SAMPLE, count))]
