"""The keys that a table usually has. A page binds these, or others, to the actions of the table that has the focus."""

from __future__ import annotations

from textual.binding import Binding, BindingType

TABLE_KEYS: tuple[BindingType, ...] = (
    Binding("up,k", "focused.cursor_up", "Up", show=False, id="table.up"),
    Binding("down,j", "focused.cursor_down", "Down", show=False, id="table.down"),
    Binding("left,h", "focused.column_left", "Column left", show=False, id="table.left"),
    Binding("right,l", "focused.column_right", "Column right", show=False, id="table.right"),
    Binding("pageup", "focused.page_up", "Page up", show=False, id="table.page_up"),
    Binding("pagedown", "focused.page_down", "Page down", show=False, id="table.page_down"),
    Binding("ctrl+u", "focused.half_page_up", "Half a page up", show=False, id="table.half_page_up"),
    Binding("ctrl+d", "focused.half_page_down", "Half a page down", show=False, id="table.half_page_down"),
    Binding("home,g,ctrl+home", "focused.first_row", "First row", show=False, id="table.first_row"),
    Binding("end,G,ctrl+end", "focused.last_row", "Last row", show=False, id="table.last_row"),
    Binding("0,circumflex_accent", "focused.first_column", "First column", show=False, id="table.first_column"),
    Binding("dollar_sign", "focused.last_column", "Last column", show=False, id="table.last_column"),
    Binding("enter", "focused.open_row", "Open the row", id="table.open_row"),
)
