"""Choose columns: which are shown, in which order, and which stay in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.errors import Fault
from core.query.column_layout import ColumnLayout
from core.query.columns import Column
from core.views.kept_columns import keep_for_all, kept_for_all
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Lines


class ColumnsScreen(Modal[ColumnLayout]):
    """Answers with the layout that was chosen. Enter takes it, Escape leaves the columns as they were."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")

    def __init__(self, columns: Sequence[Column], layout: ColumnLayout, current: str) -> None:
        """Begin with a layout of `columns`, on the column with the key `current`."""
        super().__init__()
        self._columns, self._layout, self._current = columns, layout, current

    def compose(self) -> ComposeResult:
        """Lay out the columns, one a line."""
        with Vertical(classes="box") as box:
            box.border_title = "Columns"
            box.border_subtitle = f"{self.partner.key_of('lines.select')} shows them so"
            yield Lines(classes="-one-line-each")
            yield Static(id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin on the current column."""
        self._show()
        self.query_one(Lines).focus()

    def _show(self) -> None:
        """List the columns again, the cursor on the same one."""
        lines = self.query_one(Lines)
        ordered = self._layout.in_order(self._columns)
        frozen = {column.key for column in self._layout.arrange(self._columns)[: self._layout.frozen]}
        with self.prevent(OptionList.OptionHighlighted):
            lines.set_options([Option(plain(self._line(column, frozen)), id=column.key) for column in ordered])
            lines.highlighted = [column.key for column in ordered].index(self._current)
        self._say_help()

    def _line(self, column: Column, frozen: set[str]) -> str:
        sign = " " if column.key in self._layout.hidden else "x"
        return f"[{sign}] {column.title}{'  (stays in place)' if column.key in frozen else ''}"

    def _say_help(self) -> None:
        shown = len(self._layout.arrange(self._columns))
        help_ = next(column.help for column in self._columns if column.key == self._current)
        self.query_one("#said", Static).update(plain(f"{shown} of {len(self._columns)} shown. {help_}"))

    @on(OptionList.OptionHighlighted)
    def _follow(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the column holds."""
        self._current = event.option.id or self._current
        self._say_help()

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        """Answer."""
        self.dismiss(self._layout)

    def action_flip(self) -> None:
        """Show the column, or hide it unless it is the last one."""
        if self._current in self._layout.hidden:
            self._layout = self._layout.with_shown(self._current)
        elif len(self._layout.arrange(self._columns)) > 1:
            self._layout = self._layout.with_hidden(self._current)
        self._show()

    def action_move(self, by: int) -> None:
        """Move the column by one place, past hidden ones too."""
        keys = [column.key for column in self._layout.in_order(self._columns)]
        place = keys.index(self._current)
        keys.insert(min(max(place + by, 0), len(keys) - 1), keys.pop(place))
        self._layout = self._layout.with_order(keys)
        self._show()

    def action_freeze(self) -> None:
        """Keep the columns up to this one in place; if they are kept so, let all scroll."""
        ordered = self._layout.in_order(self._columns)
        place = [column.key for column in ordered].index(self._current)
        wanted = sum(column.key not in self._layout.hidden for column in ordered[: place + 1])
        self._layout = self._layout.with_frozen(0 if self._layout.frozen == wanted else wanted)
        self._show()

    def action_keep(self) -> None:
        """Let all tables begin so; if they do already, with their own columns again."""
        kept = kept_for_all()
        wanted = None if kept is not None and kept.has_same_columns(self._layout) else self._layout
        try:
            keep_for_all(wanted)
        except Fault as fault:
            self.partner.show_fault(fault)
            return
        begin = "with their own columns again" if wanted is None else "with these columns"
        self.partner.toast(f"Tables that you have not arranged yourself begin {begin}.")

    def action_show_all(self) -> None:
        """Show all columns."""
        self._layout = self._layout.with_shown(*self._layout.hidden)
        self._show()
