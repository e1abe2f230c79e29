"""Values: those of a column with how many rows each has, to filter by some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from core.conditions.written import one_of
from core.query.columns import Column, Value
from core.query.facets import Facet, Facets, column_facets
from core.query.kinds import NUMBER, TEXT
from core.query.request import Request
from core.text.vocabulary import count_of
from tui.background import Failed, start
from tui.bars import bar
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.report_table import ReportTable
from tui.widgets.row_source import ListedRows

UNKNOWN = "(not known)"
BAR_WIDTH = 16
PAUSE = 0.3
"""Seconds without a key before the values are counted anew."""


class NarrowingField(Field):
    """The line to type in; its other keys are the dialogue's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("facets")


class FacetScreen(Modal[str]):
    """Answers with a condition: the rows with the chosen values. The focus is always on the line to type in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("facets")

    @dataclass
    class Counted(Message):
        """The values are known."""

        facets: Facets

    def __init__(self, request: Request, column: Column) -> None:
        """Count the values of `column` in the rows of `request`."""
        super().__init__()
        self._request, self._column = request, column
        self._facets: Facets | None = None
        self._listed: list[Facet] = []
        self._chosen: dict[Value, int] = {}
        """Chosen values and how many rows each has, in the order they were chosen."""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, and the values."""
        with Vertical(classes="box") as box:
            box.border_title = f"Values of {self._column.title}"
            yield NarrowingField(hint="type to narrow", max_length=200)
            table = ReportTable()
            table.can_focus = False
            yield table
            yield Static(id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to count."""
        self.query_one(NarrowingField).focus()
        self._count("")

    def _count(self, containing: str) -> None:
        request, key, database = self._request, self._column.key, self.partner.database
        start(
            self,
            "facets",
            lambda work: column_facets(database, request, key, work.is_unwanted, containing),
            self.Counted,
        )
        self._say("counting …")

    def on_facet_screen_counted(self, event: Counted) -> None:
        """Show the values."""
        self._facets = event.facets
        self._narrow()

    def on_failed(self, event: Failed) -> None:
        """Say here why they cannot be counted."""
        event.stop()
        self.query_one("#said", Static).update(self.partner.fault_lines(event.fault))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what contains the text; where not all values are listed, count those that contain it."""
        if self._pause is not None:
            self._pause.stop()
        if self._facets is None or (self._facets.is_all and not self._facets.containing):
            self._narrow()
        else:
            self._pause = self.set_timer(PAUSE, lambda: self._count(event.value.strip()))

    def _narrow(self) -> None:
        """List what contains the text."""
        if self._facets is None:
            return
        wanted = self.query_one(Input).value.strip().casefold()
        self._listed = [facet for facet in self._facets.listed if wanted in self._searched(facet.value)]
        table = self.query_one(ReportTable)
        whole = sum(facet.rows for facet in self._facets.listed) if self._facets.is_all else None
        columns = (
            Column("value", self._column.title, TEXT if self._column.kind.is_text else self._column.kind),
            Column("rows", "Rows", NUMBER),
            Column("share", "Share"),
            Column("bar", ""),
        )
        most = max((facet.rows for facet in self._listed), default=0)
        rows = [
            (_shown(facet.value), facet.rows, _share(facet.rows, whole), bar(facet.rows, 0, most, BAR_WIDTH))
            for facet in self._listed
        ]
        table.show(ListedRows(columns, rows))
        self._mark()

    def _searched(self, value: Value) -> str:
        return f"{_shown(value)} {self._column.kind.show(value)}".casefold()

    def _mark(self) -> None:
        chosen = self._chosen
        is_chosen = (lambda place: self._listed[place].value in chosen) if chosen else None
        self.query_one(ReportTable).mark_rows(is_chosen)
        if chosen:
            self._say(f"{count_of(len(chosen), 'value')} chosen: {count_of(sum(chosen.values()), 'row')}")
        elif self._facets is not None:
            more = "" if self._facets.is_all else " and more: type to narrow"
            self._say(f"{count_of(len(self._listed), 'value')}{more}")

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(plain(text))

    def action_move(self, by: int) -> None:
        """Go some values down, or up if `by` is negative."""
        table = self.query_one(ReportTable)
        table.move_to(table.cursor_row + by)

    def action_page(self, by: int) -> None:
        """Go a screenful down, or up if `by` is negative."""
        self.action_move(by * self.query_one(ReportTable).page_rows)

    def action_choose(self) -> None:
        """Choose the value under the cursor beside others, or let it go; go on to the next."""
        if self._listed:
            facet = self._listed[self.query_one(ReportTable).cursor_row]
            if self._chosen.pop(facet.value, None) is None:
                self._chosen[facet.value] = facet.rows
            self._mark()
            self.action_move(1)

    def action_apply(self) -> None:
        """Filter by the chosen values, or by the one under the cursor."""
        values: list[Value] = list(self._chosen)
        if not values and self._listed:
            values = [self._listed[self.query_one(ReportTable).cursor_row].value]
        if values:
            self.dismiss(one_of(self._column, values))


def _shown(value: Value) -> str | int | float:
    return UNKNOWN if value is None else value


def _share(rows: int, whole: int | None) -> str:
    return f"{rows / whole:.1%}" if whole else ""
