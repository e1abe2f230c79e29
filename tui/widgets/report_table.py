"""The table of a report: any number of rows, of which it holds those on the screen.

It draws with Textual's line API (`render_line`). Keys and the mouse change the model; then the lines that look other
than before are painted, and no more: over SSH each painted line costs bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from core.query.column_layout import ColumnLayout
from core.query.columns import Row
from core.query.sorting import Sort
from core.text.signs import Tone
from tui.widgets.row_source import RowSource
from tui.widgets.table.messages import CursorMoved, RowOpened, SortRequested
from tui.widgets.table.model import TableModel
from tui.widgets.table.painter import Painter, Palette, lead_width, room_for_columns, without_defaults
from tui.widgets.table.windows import ColumnWindow, RowWindow

WHEEL_ROWS = 3


class ReportTable(Widget, can_focus=True):
    """A table over a `RowSource`, with a cursor row, a current column, and frozen columns at the left."""

    CursorMoved = CursorMoved
    RowOpened = RowOpened
    SortRequested = SortRequested

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report-table--heading",
        "report-table--current",
        "report-table--cursor",
        "report-table--cell",
        "report-table--hit",
        *(f"report-table--{tone}" for tone in Tone),
    }

    DEFAULT_CSS = """
    ReportTable {
        height: 1fr;
        & > .report-table--heading { background: $panel; color: $foreground; text-style: bold; }
        &:ansi > .report-table--heading { text-style: bold underline; }
        & > .report-table--current { text-style: bold reverse; }
        & > .report-table--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        &:focus > .report-table--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        &:focus:ansi > .report-table--cursor { text-style: reverse; }
        & > .report-table--cell { text-style: bold underline; }
        & > .report-table--hit { text-style: bold reverse; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._model = TableModel()
        self._picture = self._model.picture()
        self._told = (0, "")
        self._fitted = Size(0, 0)

    # What is shown

    def keep_titles_whole(self) -> None:
        """Give titles one line however many columns that leaves in sight: something below needs the lines."""
        self._model.may_part_titles = False

    def show(self, source: RowSource, *, sorts: Sequence[Sort] = (), keep_cursor: bool = False) -> None:
        """Show the rows of `source`, with the arrows of `sorts` in the heading.

        The layout stays; columns that were shown before get no narrower. `keep_cursor` leaves the cursor on its place,
        which may be another row now.
        """
        self._model.show(source, sorts, keep_cursor=keep_cursor)
        self._model_changed()

    @property
    def source(self) -> RowSource:
        """What is shown."""
        return self._model.source

    @property
    def column_layout(self) -> ColumnLayout:
        """Order, widths, hidden and frozen columns. Set another to rearrange them; the cursor stays on its column."""
        return self._model.layout

    @column_layout.setter
    def column_layout(self, layout: ColumnLayout) -> None:
        self._model.arrange(layout)
        self._model_changed()

    def column_width(self, key: str) -> int:
        """Return how many cells wide a column is now."""
        return self._model.column_width(key)

    def highlight(self, text: str) -> None:
        """Mark `text` wherever it is seen, whatever its case; nothing if it is empty."""
        self._model.search_for(text)
        self._model_changed()

    def mark_rows(self, is_marked: Callable[[int], bool] | None) -> None:
        """Put a sign before the rows that `is_marked` says so of, by position; None takes all signs away.

        Call it again whenever other rows are marked.
        """
        self._model.is_marked = is_marked
        self._fit()
        self._model_changed()

    @property
    def has_blank_row(self) -> bool:
        """Whether a row in sight knows nothing: the account that it was about may no longer be there."""
        return any(all(value is None for value in row) for row in self._model.rows)

    # Where the cursor is

    @property
    def cursor_row(self) -> int:
        """The cursor's row, counted from 0; 0 too when there are no rows."""
        return self._model.down.cursor

    @property
    def cursor_column(self) -> str:
        """The key of the cursor's column; empty when there are no columns."""
        return self._model.cursor_column

    @property
    def current_row(self) -> Row | None:
        """The values under the cursor, in the order of the source's columns; None when there are no rows."""
        return self._model.current_row

    @property
    def heading_lines(self) -> int:
        """How many lines the titles take: two where more columns are in sight so."""
        return self._model.heading_lines

    @property
    def page_rows(self) -> int:
        """How many rows fit on the screen."""
        return self._model.down.height

    def move_to(self, row: int | None = None, column: str | None = None) -> None:
        """Put the cursor on a row, or on the nearest there is, and on a column, unless that is not shown."""
        keys = [shown.key for shown in self._model.columns]
        self._go(
            down=None if row is None else self._model.down.moved_to(row),
            across=self._model.across.moved_to(keys.index(column)) if column in keys else None,
        )

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self.move_to(self.cursor_row - 1)

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self.move_to(self.cursor_row + 1)

    def action_page_up(self) -> None:
        """Go one screenful up."""
        self._go(down=self._model.down.shifted(-self.page_rows))

    def action_page_down(self) -> None:
        """Go one screenful down."""
        self._go(down=self._model.down.shifted(self.page_rows))

    def action_half_page_up(self) -> None:
        """Go half a screenful up."""
        self._go(down=self._model.down.shifted(-max(self.page_rows // 2, 1)))

    def action_half_page_down(self) -> None:
        """Go half a screenful down."""
        self._go(down=self._model.down.shifted(max(self.page_rows // 2, 1)))

    def action_first_row(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last_row(self) -> None:
        """Go to the last row."""
        self.move_to(self._model.down.count - 1)

    def action_column_left(self) -> None:
        """Go to the column at the left."""
        self._go(across=self._model.across.moved_to(self._model.across.cursor - 1))

    def action_column_right(self) -> None:
        """Go to the column at the right."""
        self._go(across=self._model.across.moved_to(self._model.across.cursor + 1))

    def action_first_column(self) -> None:
        """Go to the first column."""
        self._go(across=self._model.across.at_start())

    def action_last_column(self) -> None:
        """Go to the last column."""
        self._go(across=self._model.across.moved_to(len(self._model.columns) - 1))

    def action_open_row(self) -> None:
        """Ask the page to show the cursor's row whole."""
        if self.current_row is not None:
            self.post_message(RowOpened(self, self.cursor_row))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a cell, open a row (twice), or ask for another order (on a heading)."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = self._model.across.at(place.x - lead_width(self._picture.frame.has_marks))
        column = None if index is None else self._model.columns[index].key
        row = place.y - self._picture.frame.heading_lines
        if row < 0:
            if column is not None:
                self.post_message(SortRequested(self, column, add=event.shift or event.ctrl or event.meta))
        elif row < len(self._picture.lines):
            self.move_to(self._model.down.top + row, column)
            if event.chain == 2:
                self.action_open_row()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down; the cursor stays on the screen."""
        event.stop()
        self._go(down=self._model.down.scrolled(WHEEL_ROWS))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up; the cursor stays on the screen."""
        event.stop()
        self._go(down=self._model.down.scrolled(-WHEEL_ROWS))

    # From a change to the paint

    def _go(self, *, down: RowWindow | None = None, across: ColumnWindow | None = None) -> None:
        """Take over other windows."""
        if across is not None:
            self._model.across = across
        if down is not None:
            self._model.look_down(down)
        self._model_changed()

    def _model_changed(self) -> None:
        """Have the lines painted that look other than before, and tell where the cursor has gone."""
        before, self._picture = self._picture, self._model.picture()
        if self._picture.frame != before.frame:
            self.refresh()
        elif changed := self._picture.changed_lines(before):
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))
        cursor = (self.cursor_row, self.cursor_column)
        if cursor != self._told:
            self._told = cursor
            self.post_message(CursorMoved(self, *cursor))

    def _fit(self) -> None:
        """Give the model the room there is."""
        self._fitted = self.size
        room = room_for_columns(self.size.width, has_marks=self._model.is_marked is not None)
        self._model.resize(room, self.size.height)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines, all in the styles of this moment."""
        if not self.is_attached:  # Textual may paint once more what is being removed, when its styles are gone
            return [Strip.blank(crop.width)] * crop.height
        if self.size != self._fitted:  # Textual paints a new size before it tells of it
            self._fit()
            self._picture = self._model.picture()
        self._painter = Painter(self._picture.frame, self.size.width, self._palette())
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one line: one of the heading, a row, or nothing."""
        row = y - self._picture.frame.heading_lines
        if row < 0:
            return self._painter.heading(self._picture.heading, y)
        if row < len(self._picture.lines):
            return self._painter.row(self._picture.lines[row])
        return self._painter.blank()

    def _palette(self) -> Palette:
        return Palette(
            row=without_defaults(self.rich_style),
            cursor=without_defaults(self.get_component_rich_style("report-table--cursor")),
            heading=without_defaults(self.get_component_rich_style("report-table--heading")),
            cell=self.get_component_rich_style("report-table--cell", partial=True),
            current=self.get_component_rich_style("report-table--current", partial=True),
            hit=self.get_component_rich_style("report-table--hit", partial=True),
            tones={
                tone: without_defaults(self.get_component_rich_style(f"report-table--{tone}", partial=True))
                for tone in Tone
            },
        )
