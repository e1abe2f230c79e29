"""What a report's page shows, and the way from one view of it to the next."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from core.query.column_layout import ColumnLayout
from core.query.ordered_rows import View
from core.query.request import Request
from core.query.result import Result
from core.query.selection import Selection
from core.query.sorting import Sort
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.text.vocabulary import count_of
from core.views.saved_views import last_view, remember_view
from core.views.view import ViewHistory, ViewState
from tui.background import Failed
from tui.pages import report_work
from tui.pages.arranging import Arranged, Table
from tui.pages.page import Page
from tui.pages.report_hits import Hits
from tui.pages.report_lines import filter_line, status_line, title_line
from tui.pages.report_rows import ReadableRows
from tui.widgets.ask_line import AskLine
from tui.widgets.table.messages import CursorMoved

FIRST_ROWS = 200
"""Rows shown before the order of all is known."""


class ShownReport(Page):
    """Shows one request; a change asks for another, and the old rows stay until the new ones are there.

    Every change of filter, order and columns is a new `ViewState` in `history`, whose `now` is what is wanted; the
    request says what is shown until then.
    """

    is_wide = True
    name_in_menu = "reports"

    def __init__(self, request: Request) -> None:
        """Show the rows of `request`."""
        super().__init__()
        layout = ColumnLayout()
        if request.columns and request.report.is_list:
            layout = ColumnLayout.of(request.columns, request.report.columns)
            request = replace(request, columns=())
        self.request = request
        """What is shown."""
        self.history = ViewHistory(ViewState(request.where, request.sort, layout))
        self.last_view: ViewState | None = None
        """How the report was left the last time."""
        self.view: View | None = None
        self.result: Result | None = None
        """Totals and notes, once they are known."""
        self.hits = Hits()
        self.selection = Selection()
        self._wanted: Request | None = None
        """What is being put in order, if anything is."""
        self._is_whole = False
        """Whether all rows are in order, not just the first ones."""
        self._opened = self.history.now
        self._connection: sqlite3.Connection | None = None
        self._data_version = 0
        self._is_recorded = False

    @property
    def report(self) -> Report:
        """The report shown."""
        return self.request.report

    @property
    def table(self) -> Table:
        """Its rows."""
        return self.query_one(Table)

    def compose(self) -> ComposeResult:
        """Lay out heading, filter, table and the line below it."""
        yield Static(id="report-title", markup=False)
        yield Static(id="report-filter", markup=False)
        yield Table()
        yield AskLine()
        yield Static(id="report-status", markup=False)

    # What is shown

    async def come_forward(self) -> None:
        """Take the focus; read the accounts again if they have changed."""
        if self.view is None or self._data_version != self.partner.data_version:
            self._begin()
        self.table.focus()

    def _begin(self) -> None:
        """Show the first rows at once, in the report's own order, and have all of them put in the order wanted."""
        connection = self.partner.database.read()  # each time: another file may stand there by now
        if self._connection is None:
            self._recall(connection)
        request = replace(self.request, sort=())
        view = View(connection, request)
        view.show(view.first_rows(FIRST_ROWS))
        self.selection.clear()
        self.mark_selected()
        self.request, self.view, self._is_whole = request, view, False
        self.table.column_layout = self.history.now.layout
        self._show_rows(view)
        if self._connection is not None:
            self._connection.close()
        self._connection, self._data_version = connection, self.partner.data_version
        self._want(self.history.now.asked_of(self.request))
        self._sum_up()

    def _show_rows(self, view: View, sorts: tuple[Sort, ...] = (), *, keep_cursor: bool = False) -> None:
        self.table.show(ReadableRows(view, self.partner.show_fault), sorts=sorts, keep_cursor=keep_cursor)

    def _recall(self, connection: sqlite3.Connection) -> None:
        """Take order and columns as they were left, unless others are asked for.

        Not the filter: nobody should miss rows that they have not filtered away now.
        """
        self.last_view = last_view(connection, self.report)
        now = self.history.now
        if self.last_view is not None:
            layout = self.last_view.layout if now.layout == ColumnLayout() else now.layout
            self.history = ViewHistory(replace(now, sort=now.sort or self.last_view.sort, layout=layout))
        self._opened = self.history.now

    def _want(self, request: Request) -> None:
        self._wanted = request
        report_work.put_in_order(self, self.partner.database, request)
        self.update_lines()

    def _sum_up(self) -> None:
        self.result = None
        is_run = not self._is_recorded and self.report in REPORTS
        self._is_recorded = True
        report_work.sum_up(self, self.partner.database, self._wanted or self.request, is_recorded=is_run)

    def on_unmount(self) -> None:
        """Remember the view, and let go of the database."""
        if self.history.now != self._opened:
            remember_view(self.partner.database.path, self.report, self.history.now)
        if self._connection is not None:
            self._connection.close()

    # From one view to the next

    def change(self, state: ViewState) -> None:
        """Go over to another view; this can be undone.

        Raises:
            WrongUse: a condition cannot be read.
        """
        self.go_over(self.history.gone_on(state))

    def go_over(self, history: ViewHistory) -> None:
        """Show what another history says is now.

        Raises:
            WrongUse: a condition cannot be read.
        """
        asked = history.now.asked_of(self.request)
        self.history = history
        if self.table.column_layout != history.now.layout:
            self.table.column_layout = history.now.layout
        if asked is not self.request or not self._is_whole:
            if self._wanted is None or (asked.where, asked.sort) != (self._wanted.where, self._wanted.sort):
                self._want(asked)
        else:
            self._stop_ordering()
        self.update_lines()

    def stop(self) -> bool:
        """Stay with the rows that are shown; return whether others were under way."""
        if self._wanted is None or self._wanted is self.request:
            return False
        self.change(self._as_ordered())
        return True

    def _as_ordered(self) -> ViewState:
        """Return the view now, but for the rows and the order that are shown."""
        return replace(self.history.now, where=self.request.where, sort=self.request.sort)

    def _stop_ordering(self) -> None:
        self.workers.cancel_group(self, report_work.ORDER)
        self._wanted = None

    def on_ordered(self, event: report_work.Ordered) -> None:
        """Show all rows in their new order."""
        if event.request is not self._wanted or self._connection is None:
            return
        with self.partner.showing_faults():
            self._show_ordered(View(self._connection, event.request), event)

    def _show_ordered(self, view: View, event: report_work.Ordered) -> None:
        before, self.request, self._wanted = self.request, event.request, None
        self.view, self._is_whole = view, True
        view.show(event.order)
        self._show_rows(view, event.request.sort, keep_cursor=before is event.request)
        self.mark_selected()
        if before.where != event.request.where:
            self._sum_up()
        if self.hits.text:
            self.search(self.hits.text)
        self.update_lines()

    def on_failed(self, event: Failed) -> None:
        """Stay with what is shown."""
        if event.group == report_work.ORDER:
            self._wanted, self.history = None, self.history.gone_on(self._as_ordered())
            self.update_lines()

    @on(Arranged)
    def _remember_arrangement(self, event: Arranged) -> None:
        """Let the arrangement of the columns be undone."""
        self.change(replace(self.history.now, layout=event.layout))

    def as_shown(self) -> Request:
        """Return the request with the columns as they are arranged."""
        chosen = self.table.column_layout.chosen(self.view.columns) if self.view is not None else ()
        return replace(self.request, columns=chosen) if chosen else self.request

    def mark_selected(self) -> None:
        """Put a sign before the selected rows."""
        view = self.view
        has_any = view is not None and self.selection.count > 0
        self.table.mark_rows((lambda place: view.rid(place) in self.selection) if view and has_any else None)

    # Searching

    def search(self, text: str) -> None:
        """Have the rows found that contain `text` in a column shown; an empty text ends the search."""
        self.table.highlight(text)
        self.hits = Hits()
        if text:
            report_work.search(self, self.partner.database, self.as_shown(), text)
        self.update_status()

    def on_found(self, event: report_work.Found) -> None:
        """Go to the first row found from the cursor on."""
        if self.view is None:
            return
        self.hits = Hits(event.text, self.view.places_of(event.rids))
        if self._wanted is None:
            self.table.move_to(self.hits.from_here(self.table.cursor_row))
        self.update_status()

    # Lines

    def on_summed(self, event: report_work.Summed) -> None:
        """Show the totals."""
        self.result = event.result
        self.update_lines()

    @on(CursorMoved)
    def _follow_cursor(self) -> None:
        """Say where the cursor stands."""
        self.update_status()

    def update_lines(self) -> None:
        """Say what is shown."""
        self.query_one("#report-title", Static).update(title_line(self.request))
        columns = self.view.columns if self.view is not None else ()
        said = filter_line(self.request, columns, self.history.now.layout)
        line = self.query_one("#report-filter", Static)
        line.display = bool(said)
        line.update(said)
        self.update_status()

    def update_status(self) -> None:
        """Say where the cursor stands, and what is known of all rows."""
        self.query_one("#report-status", Static).update(status_line(self._parts()))

    def _parts(self) -> list[str]:
        row = self.table.cursor_row
        parts = [self._place_words(row)]
        if self.selection.count:
            parts.append(f"{self.selection.count:,} selected")
        if self._wanted is not None:
            parts.append("putting all rows in order …")
        if self.hits.text:
            parts.append(self.hits.words(row))
        if self.result is not None:
            if self.result.notes:
                parts.append(f"! {count_of(len(self.result.notes), 'note')} (i)")
            parts += [f"{label} {number:,}" for label, number in self.result.totals]
        return parts

    def _place_words(self, row: int) -> str:
        if self.view is None:
            return ""
        rows = self.view.row_count if self._is_whole or self.result is None else self.result.row_count
        if not rows:
            return "no rows: u takes the last change back" if self.history.before else "no rows"
        is_known = self._is_whole or self.result is not None or self.view.row_count < FIRST_ROWS
        return f"row {row + 1:,} of {f'{rows:,}' if is_known else '…'}"
