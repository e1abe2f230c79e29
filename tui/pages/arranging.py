"""The table of a report's page: its keys arrange the columns too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.query.column_layout import ColumnLayout
from tui.commands.bindings import bindings
from tui.widgets.report_table import ReportTable
from tui.widgets.table.messages import TableMessage

STEP = 4
"""Cells by which a column gets wider or narrower at once."""


@dataclass
class Arranged(TableMessage):
    """The person has arranged the columns otherwise."""

    layout: ColumnLayout


class Table(ReportTable):
    """The table with the keys of `tui.commands.definitions`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table")

    def rearrange(self, layout: ColumnLayout) -> None:
        """Show the columns so, and tell the page."""
        if layout != self.column_layout:
            self.column_layout = layout
            self.post_message(Arranged(self, layout))

    def action_hide_column(self) -> None:
        """Hide the current column, unless it is the last one."""
        if len(self.column_layout.arrange(self.source.columns)) > 1:
            self.rearrange(self.column_layout.with_hidden(self.cursor_column))

    def action_move_column(self, by: int) -> None:
        """Move the current column to the right, or to the left if `by` is negative."""
        if self.cursor_column:
            self.rearrange(self.column_layout.with_moved(self.cursor_column, by, self.source.columns))

    def action_freeze(self) -> None:
        """Keep the columns up to the current one in place; if they are kept so, let all scroll."""
        shown = [column.key for column in self.column_layout.arrange(self.source.columns)]
        wanted = shown.index(self.cursor_column) + 1 if shown else 0
        self.rearrange(self.column_layout.with_frozen(0 if self.column_layout.frozen == wanted else wanted))

    def action_widen(self, steps: int) -> None:
        """Make the current column wider, or narrower if `steps` is negative."""
        key = self.cursor_column
        if key:
            self.rearrange(self.column_layout.with_width(key, self.column_width(key) + steps * STEP))

    def action_fit_column(self) -> None:
        """Make the current column as wide as what it holds asks for."""
        self.rearrange(self.column_layout.with_natural_width(self.cursor_column))
