"""A report on the screen: its table, what is said round it, and what a person can do with its rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static
from textual.worker import Worker

from core.errors import Fault
from core.query.reader import PatientRows
from core.query.request import Request
from core.query.sorting import Sort, sorted_also_by, sorted_by
from core.views.session import Finding, Opening, Ordering, ReportSession, Summing
from core.views.view import ViewHistory, ViewState
from tui import rows_flow
from tui.background import MOMENT, Failed, find, is_leaving, moment
from tui.commands.bindings import bindings
from tui.month_chart import LEAST_HEIGHT
from tui.pages import report_words
from tui.pages.arranging import Arranged, Table
from tui.partner import Partner, partner_of
from tui.widgets.ask_line import AskLine
from tui.widgets.chart import ChartView
from tui.widgets.table.messages import CursorMoved, RowOpened, SortRequested

ORDER, SUMS, SEARCH = "order", "sums", "search"
_MOST_CHART = 20
"""Lines of the chart below a table at most."""
_ON_ACCOUNTS = (
    "sort",
    "sort_also",
    "filter",
    "facets",
    "statistics",
    "select_row",
    "select_range",
    "select_all",
    "make_list",
)
"""What makes sense only where rows are accounts, not counts."""


class ReportView(Vertical):
    """Shows a `ReportSession`: it starts the session's work, draws what the session says, and hands keys to it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("report")

    def __init__(self, request: Request) -> None:
        """Show the rows of `request`."""
        super().__init__()
        self.session = ReportSession(request)
        self._data_version = -1
        self._ordered_number = 0
        """The number of the ordering that was started last."""

    @property
    def partner(self) -> Partner:
        """The application."""
        return partner_of(self)

    @property
    def table(self) -> Table:
        """The rows."""
        return self.query_one(Table)

    def compose(self) -> ComposeResult:
        """Lay out heading, filter, table and the line below it."""
        yield Static(id="report-title", markup=False)
        yield Static(id="report-filter", markup=False)
        yield Table()
        yield ChartView()
        yield AskLine()
        yield Static(id="report-status", markup=False)

    # What is shown

    async def come_forward(self) -> None:
        """Take the focus; read the accounts again if they have changed."""
        self.table.focus()
        if self._data_version != self.partner.data_version:
            self._data_version = self.partner.data_version
            await moment(find(self, "open", self.session.opening(self.partner.database), self._show_first))
            if self.session.view is None and not is_leaving(self):
                self.update_lines()

    def _show_first(self, opening: Opening) -> None:
        """Show the first rows at once, and have all of them put in the order wanted."""
        if not self.session.opened(opening):
            return
        if opening.figures is not None:
            self.table.keep_titles_whole()
        self.table.column_layout = self.session.history.now.layout
        self._show_rows()
        self._show_selection()
        self._follow()
        self._sum_up()
        self.query_one(ChartView).figures = opening.figures
        self._fit_chart()

    @on(Resize)
    def _fit_chart(self) -> None:
        """Give the chart the lines that the table leaves; a size may also come before or after all that is shown."""
        for chart in self.query(ChartView):
            said = 2 + sum(line.display for line in self.query("#report-filter"))
            free = self.size.height - said - self.table.heading_lines - self.session.row_count - 1
            chart.display = chart.figures is not None and free >= LEAST_HEIGHT
            chart.styles.height = min(max(free, 0), _MOST_CHART)

    def action_chart(self) -> None:
        """Show the chart as large as the screen."""
        from tui.dialogues.chart import ChartScreen

        figures = self.query_one(ChartView).figures
        if figures is not None:
            self.app.push_screen(ChartScreen(figures))

    def _show_rows(self, sorts: tuple[Sort, ...] = (), *, keep_cursor: bool = False) -> None:
        session = self.session
        if session.view is not None and session.reader is not None:
            rows = PatientRows(session.reader, session.view, self._rows_are_late, self.partner.show_fault)
            self.table.show(rows, sorts=sorts, keep_cursor=keep_cursor)

    def _rows_are_late(self, rows: PatientRows, there: Future[None]) -> None:
        """Show rows once they are there; the table is blank until then, and keys go on acting."""

        async def fetch() -> None:
            with suppress(Fault):  # said when the table asks again
                await asyncio.wrap_future(there)
            if not is_leaving(self) and self.table.source is rows:
                self.table.show(rows, sorts=self.session.request.sort, keep_cursor=True)

        _: Worker[None] = self.run_worker(fetch, group="late rows")

    async def on_unmount(self) -> None:
        """Remember the view, and let go of the database."""
        keep = self.session.remembering(self.partner.database)
        self.session.close()
        if keep is not None:
            await asyncio.wait([asyncio.get_running_loop().run_in_executor(None, keep)], timeout=MOMENT)

    # From one view to the next

    def change(self, state: ViewState) -> None:
        """Go over to another view; this can be undone.

        Raises:
            WrongUse: a condition cannot be read.
        """
        self.session.change(state)
        self._follow()

    def go_over(self, history: ViewHistory) -> None:
        """Show what another history says is now.

        Raises:
            WrongUse: a condition cannot be read.
        """
        self.session.go_over(history)
        self._follow()

    def _follow(self) -> None:
        """Show the session's layout, and have its rows put in order if others are wanted than before."""
        session = self.session
        if self.table.column_layout != session.history.now.layout:
            self.table.column_layout = session.history.now.layout
        if session.wanted is None:
            self.workers.cancel_group(self, ORDER)
        elif session.order_number != self._ordered_number:
            self._ordered_number = session.order_number
            find(self, ORDER, session.ordering(self.partner.database), self._show_ordered)
        self.update_lines()

    def _show_ordered(self, ordering: Ordering) -> None:
        """Show all rows in their new order."""
        shown = self.session.ordered(ordering)
        if shown is None:
            return
        self._show_rows(self.session.request.sort, keep_cursor=not shown.is_reordered)
        self.mark_selected()
        if shown.is_refiltered:
            self._sum_up()
        if self.session.hits.text:
            self.search(self.session.hits.text)
        self.update_lines()

    def on_failed(self, event: Failed) -> None:
        """Stay with what is shown."""
        if event.group == ORDER:
            self.session.not_ordered()
            self._follow()
        elif event.group == "open":
            self._data_version = -1

    @on(Arranged)
    def _remember_arrangement(self, event: Arranged) -> None:
        """Let the arrangement of the columns be undone."""
        self.change(replace(self.session.history.now, layout=event.layout))

    # Totals, and lines

    def _sum_up(self) -> None:
        find(self, SUMS, self.session.summing(self.partner.database), self._show_sums)

    def _show_sums(self, summing: Summing) -> None:
        if self.session.summed(summing):
            self.update_lines()

    @on(CursorMoved)
    def _follow_cursor(self) -> None:
        """Say where the cursor stands."""
        self.update_status()
        if self.table.has_blank_row:
            self.call_later(self._look_again)

    async def _look_again(self) -> None:
        """Read the accounts again if they have changed since: some may have been taken back in another terminal."""
        seen = self.partner.data_version
        await self.partner.look()
        if self.partner.data_version != seen and not is_leaving(self):
            self.partner.toast("The accounts have changed in another terminal: these are those of now.")
            await self.come_forward()

    def update_lines(self) -> None:
        """Say what is shown."""
        self.query_one("#report-title", Static).update(report_words.title_line(self.session.request))
        said = report_words.filter_line(self.session, self.partner.keymap)
        line = self.query_one("#report-filter", Static)
        line.display = bool(said)
        line.update(said)
        self.update_status()

    def update_status(self) -> None:
        """Say where the cursor stands, and what is known of all rows."""
        words = report_words.status_line(self.session, self.table.cursor_row, self.partner.keymap)
        self.query_one("#report-status", Static).update(words)

    # Sorting and filtering

    def action_sort(self) -> None:
        """Sort by the current column: up, down, then as the report does."""
        self._sort(sorted_by, self.table.cursor_column)

    def action_sort_also(self) -> None:
        """Sort by the current column behind the others."""
        self._sort(sorted_also_by, self.table.cursor_column)

    @on(SortRequested)
    def _sort_as_clicked(self, event: SortRequested) -> None:
        """Sort by the heading that was clicked."""
        self._sort(sorted_also_by if event.add else sorted_by, event.column)

    def _sort(self, by: Callable[[tuple[Sort, ...], str], tuple[Sort, ...]], key: str) -> None:
        now = self.session.history.now
        if self.session.report.is_list and key:
            self.change(replace(now, sort=by(now.sort, key)))

    def action_filter(self) -> None:
        """Ask for a condition."""

        def check(text: str) -> object:
            return self._filtered(text).asked_of(self.session.request)

        self.query_one(AskLine).ask(report_words.filter_question(self.session, check))

    def _filtered(self, text: str) -> ViewState:
        """Return the view with another condition."""
        return replace(self.session.history.now, where=(text,) if text.strip() else ())

    def on_ask_line_answered(self, event: AskLine.Answered) -> None:
        """Do what was asked for."""
        if event.topic == "filter":
            self.change(self._filtered(event.text))
        elif event.topic == "search":
            self.search(event.text)
        elif event.topic == "row" and event.text:
            self.table.move_to(report_words.row_number(event.text) - 1)
        elif event.topic == "column" and event.text:
            columns = report_words.arranged(self.session, self.table.column_layout)
            self.table.move_to(column=report_words.column_named(event.text, columns, self.partner.keymap).key)

    def on_ask_line_left(self) -> None:
        """Go back to the table."""
        self.table.focus()

    def action_undo(self) -> None:
        """Take back the last change of filter, order or columns."""
        self.session.undo()
        self._follow()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self.session.redo()
        self._follow()

    # The current column, the columns, and views

    def action_facets(self) -> None:
        """Show the values of the current column, to filter by some of them."""
        from tui.dialogues.facets import FacetScreen

        def chosen(condition: str | None) -> None:
            if condition is not None:
                now = self.session.history.now
                self._change_as_answered(replace(now, where=(*now.where, condition)))

        rows_flow.open_on_column(self.partner, self.session, self.table.cursor_column, FacetScreen, chosen)

    def action_statistics(self) -> None:
        """Show figures over the current column."""
        from tui.dialogues.statistics import StatisticsScreen

        rows_flow.open_on_column(self.partner, self.session, self.table.cursor_column, StatisticsScreen, lambda _: None)

    def action_columns(self) -> None:
        """Choose which columns are shown."""
        from tui.dialogues.columns import ColumnsScreen

        if self.session.view is not None:
            screen = ColumnsScreen(self.session.view.columns, self.table.column_layout, self.table.cursor_column)
            self.app.push_screen(screen, lambda layout: self.table.rearrange(layout) if layout is not None else None)

    def action_views(self) -> None:
        """Recall, save and delete views."""
        from tui.dialogues.views import ViewsScreen

        def recalled(state: ViewState | None) -> None:
            if state is not None:
                self._change_as_answered(state)

        session = self.session
        self.app.push_screen(ViewsScreen(session.report, session.history.now, session.last_view), recalled)

    def _change_as_answered(self, state: ViewState) -> None:
        """Go over to what a dialogue answered; where that cannot be, say why."""
        with self.partner.showing_faults():
            self.change(state)

    # Searching and going about

    def search(self, text: str) -> None:
        """Have the rows found that contain `text` in a column shown; an empty text ends the search."""
        self.table.highlight(text)
        work = self.session.searching(self.partner.database, text, self.table.column_layout)
        if work is None:
            self.workers.cancel_group(self, SEARCH)
        else:
            find(self, SEARCH, work, self._show_found)
        self.update_status()

    def _show_found(self, finding: Finding) -> None:
        """Go to the first row found from the cursor on."""
        if self.session.found(finding):
            if self.session.wanted is None:
                self.table.move_to(self.session.hits.from_here(self.table.cursor_row))
            self.update_status()

    def action_search(self) -> None:
        """Ask for a text to find."""
        self.query_one(AskLine).ask(report_words.search_question(self.partner.keymap))

    def action_next_hit(self) -> None:
        """Go to the next row found; behind the last comes the first."""
        self.table.move_to(self.session.hits.behind(self.table.cursor_row))

    def action_previous_hit(self) -> None:
        """Go to the row found before; before the first comes the last."""
        self.table.move_to(self.session.hits.before(self.table.cursor_row))

    def action_go_to_row(self) -> None:
        """Ask for a row's number."""
        self.query_one(AskLine).ask(report_words.row_question())

    def action_go_to_column(self) -> None:
        """Ask for a column's name."""
        columns = report_words.arranged(self.session, self.table.column_layout)
        self.query_one(AskLine).ask(report_words.column_question(columns, self.partner.keymap))

    @on(RowOpened)
    async def _open_row(self, event: RowOpened) -> None:
        """Show the account of a row; a count opens the accounts that it counts."""
        values = self.table.current_row
        if self.session.report.is_list:
            await rows_flow.open_account(self, self.partner, self.session, event.row)
        elif values is not None:
            rows_flow.open_count(self.partner, self.session, values, self.table.cursor_column)

    # Selecting, and what is taken from it

    def action_select_row(self) -> None:
        """Select the row, or let it go, and go one row down."""
        row = self.table.cursor_row
        self.session.select_row(row)
        self.table.move_to(row + 1)
        self._show_selection()

    def action_select_range(self) -> None:
        """Select the rows from the one last selected to this one."""
        self.session.select_range(self.table.cursor_row)
        self._show_selection()

    def action_select_all(self) -> None:
        """Select all rows found by the search; without one, all rows shown."""
        self.session.select_all()
        self._show_selection()

    def action_select_none(self) -> None:
        """Let all selected rows go."""
        self.session.selection.clear()
        self._show_selection()

    def _show_selection(self) -> None:
        self.mark_selected()
        self.update_status()

    def mark_selected(self) -> None:
        """Put a sign before the selected rows."""
        self.table.mark_rows(self.session.is_selected if self.session.selection.count else None)

    def action_copy_cell(self) -> None:
        """Send the current cell to the clipboard."""
        rows_flow.copy_cell(self.partner, self.session, self.table.current_row, self.table.cursor_column)

    async def action_copy_rows(self) -> None:
        """Send the selected rows to the clipboard, else the current one."""
        await rows_flow.copy_rows(self, self.partner, self.session, self.table.cursor_row, self.table.column_layout)

    def action_make_list(self) -> None:
        """Keep these accounts as a targeted list: the selected rows, else whatever the filter holds, now and later."""
        rows_flow.make_list(self.partner, self.session)

    def action_export(self) -> None:
        """Export exactly what is shown, or what is selected: that is asked where something is."""
        rows_flow.export_rows(self.partner, self.session, self.table.column_layout)

    # All of it

    def action_notes(self) -> None:
        """Show notes, totals and freshness."""
        rows_flow.show_notes(self.partner, self.session)

    async def action_back(self) -> None:
        """Stop what is under way; else take the search away; else leave the page."""
        if self.session.stop():
            self._follow()
        elif self.session.hits.text:
            self.search("")
        else:
            await self.partner.back()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what is about accounts only where rows are accounts, and the rest where it would do something."""
        session = self.session
        if action in _ON_ACCOUNTS:
            return session.report.is_list
        if action == "chart":
            return session.report.look.is_over_months
        useful = {
            "next_hit": bool(session.hits.places),
            "previous_hit": bool(session.hits.places),
            "select_none": bool(session.selection.count),
            "undo": bool(session.history.before),
            "redo": bool(session.history.after),
        }
        return useful.get(action, True) or None
