"""A report's page: all of its rows in a table, in any order, filtered, searched and exported."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from core.conditions.sentence import to_sentence
from core.errors import WrongUse
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.request import Request, ask
from core.result import Result
from core.sorting import Sort
from core.view import View
from tui.background import Failed
from tui.commands import bindings
from tui.pages import report_work
from tui.pages.page import Page
from tui.plain import plain, shown_value
from tui.widgets.ask_line import AskLine
from tui.widgets.report_table import ReportTable
from tui.widgets.table.messages import CursorMoved, RowOpened, SortRequested

FIRST_ROWS = 200
"""Rows shown before the order of all is known."""


class Table(ReportTable):
    """The table with the keys of `tui.commands`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table")


class ReportPage(Page):
    """Shows one request; a change asks for another, and the old rows stay until the new ones are there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("report")
    is_wide = True
    name_in_menu = "reports"

    def __init__(self, request: Request) -> None:
        """Show the rows of `request`."""
        super().__init__()
        self._request = request
        """What is shown."""
        self._wanted: Request | None = None
        """What is being put in order, if anything is."""
        self._connection: sqlite3.Connection | None = None
        self._view: View | None = None
        self._result: Result | None = None
        self._hits: list[int] = []
        self._found: report_work.Found | None = None
        self._data_version = 0
        self._is_recorded = False

    @property
    def report(self) -> Report:
        """The report shown."""
        return self._request.report

    def compose(self) -> ComposeResult:
        """Lay out heading, filter, table and the line below it."""
        yield Static(id="report-title", markup=False)
        yield Static(id="report-filter", markup=False)
        yield Table()
        yield AskLine()
        yield Static(id="report-status", markup=False)

    # What is shown

    def come_forward(self) -> None:
        """Take the focus; read the accounts again if they have changed."""
        if self._view is None or self._data_version != self.partner.data_version:
            self._begin()
        self.query_one(Table).focus()

    def _begin(self) -> None:
        """Show the first rows at once, and have all of them put in order."""
        self._data_version = self.partner.data_version
        if self._connection is None:
            self._connection = self.partner.database.read()
        view = View(self._connection, self._request)
        view.show(view.first_rows(FIRST_ROWS))
        self._view = view
        self.query_one(Table).show(view, sorts=self._request.sort)
        self._want(self._request)
        self._sum_up()

    def _want(self, request: Request) -> None:
        self._wanted = request
        report_work.put_in_order(self, self.partner.database, request)
        self._update_lines()

    def _sum_up(self) -> None:
        self._result = None
        is_run = not self._is_recorded and self.report in REPORTS
        self._is_recorded = True
        report_work.sum_up(self, self.partner.database, self._request, is_recorded=is_run)

    def on_unmount(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()

    def on_ordered(self, event: report_work.Ordered) -> None:
        """Show all rows in their new order."""
        if event.request is not self._wanted or self._connection is None:
            return
        before, self._request, self._wanted = self._request, event.request, None
        self._view = View(self._connection, event.request)
        self._view.show(event.order)
        self.query_one(Table).show(self._view, sorts=event.request.sort, keep_cursor=before is event.request)
        if (before.where, before.as_of) != (event.request.where, event.request.as_of):
            self._sum_up()
        if self._found is not None:
            self._search(self._found.text)
        self._update_lines()

    def on_summed(self, event: report_work.Summed) -> None:
        """Show the totals."""
        self._result = event.result
        self._update_lines()

    def on_failed(self, event: Failed) -> None:
        """Stay with what is shown."""
        if event.group == report_work.ORDER:
            self._wanted = None
            self._update_lines()

    @on(CursorMoved)
    def _follow_cursor(self) -> None:
        """Say where the cursor stands."""
        self._update_status()

    # Heading and status

    def _update_lines(self) -> None:
        request = self._request
        letters = [text for label, text in request.in_words() if label == "Status"]
        title = " · ".join([request.report.title, *letters])
        heading = Content.assemble((title, "bold"), (f"   as of {request.as_of}", "dim"))
        self.query_one("#report-title", Static).update(heading)
        said = [*request.targets.words()]
        if request.condition is not None:
            said.append(to_sentence(request.condition))
        line = self.query_one("#report-filter", Static)
        line.display = bool(said)
        line.update(plain(f"Only rows: {' and '.join(said)}"))
        self._update_status()

    def _update_status(self) -> None:
        parts = [self._place_words()]
        if self._wanted is not None:
            parts.append("putting all rows in order …")
        if self._found is not None:
            parts.append(self._hit_words(self._found.text))
        if self._result is not None:
            parts += [f"{label} {number:,}" for label, number in self._result.totals]
            if self._result.notes:
                count = len(self._result.notes)
                parts.append(f"! {count} note{'s' if count > 1 else ''} (i)")
        self.query_one("#report-status", Static).update(plain(" · ".join(parts)))

    def _place_words(self) -> str:
        if self._view is None:
            return ""
        total = self._view.row_count
        if self._wanted is self._request and total == FIRST_ROWS:
            rows = f"{self._result.row_count:,}" if self._result else "…"
        else:
            rows = f"{total:,}"
        if not total:
            return "no rows"
        return f"row {self.query_one(Table).cursor_row + 1:,} of {rows}"

    def _hit_words(self, text: str) -> str:
        if not self._hits:
            return f"“{text}” is in no row"
        place = bisect_right(self._hits, self.query_one(Table).cursor_row)
        return f"“{text}” {place:,} of {len(self._hits):,} rows"

    # Sorting and filtering

    def action_sort(self) -> None:
        """Sort by the current column: up, then down, then as the report does."""
        self._sort_by(self.query_one(Table).cursor_column)

    @on(SortRequested)
    def _sort_as_clicked(self, event: SortRequested) -> None:
        """Sort by the heading that was clicked."""
        self._sort_by(event.column)

    def _sort_by(self, key: str) -> None:
        current = (self._wanted or self._request).sort
        if not self.report.is_list or not key:
            return
        after = {(): (Sort(key),), (Sort(key),): (Sort(key, descending=True),), (Sort(key, descending=True),): ()}
        self._want(replace(self._wanted or self._request, sort=after.get(current, (Sort(key),))))

    def action_filter(self) -> None:
        """Ask for a condition."""
        text = " and ".join(f"({where})" if len(self._request.where) > 1 else where for where in self._request.where)
        self.query_one(AskLine).ask("filter", "Filter", text, "list_size > 500 and company ~ cafe", self._narrowed)

    def _narrowed(self, text: str) -> Request:
        """Return the request with another condition."""
        request = self._request
        where = (text,) if text.strip() else ()
        asked = ask(request.report, request.as_of, status=request.status, targets=request.targets, where=where)
        return replace(asked, sort=request.sort, columns=request.columns)

    def on_ask_line_answered(self, event: AskLine.Answered) -> None:
        """Do what was asked for."""
        if event.topic == "filter":
            self._want(self._narrowed(event.text))
        elif event.topic == "search":
            self._search(event.text)
        elif event.topic == "row" and event.text:
            self.query_one(Table).move_to(_row_number(event.text) - 1)

    def on_ask_line_left(self) -> None:
        """Go back to the table."""
        self.query_one(Table).focus()

    # Searching

    def action_search(self) -> None:
        """Ask for a text to find."""
        self.query_one(AskLine).ask("search", "Find", "", "any text in any column; n and N go on and back", str)

    def _search(self, text: str) -> None:
        self.query_one(Table).highlight(text)
        self._found, self._hits = None, []
        if text:
            report_work.search(self, self.partner.database, self._request, text)
        self._update_status()

    def on_found(self, event: report_work.Found) -> None:
        """Go to the first row found from the cursor on."""
        if self._view is None:
            return
        self._found, self._hits = event, self._view.places_of(event.rids)
        if self._wanted is None:
            self._go_to_hit(bisect_left(self._hits, self.query_one(Table).cursor_row))
        self._update_status()

    def action_next_hit(self) -> None:
        """Go to the next row found; behind the last comes the first."""
        self._go_to_hit(bisect_right(self._hits, self.query_one(Table).cursor_row))

    def action_previous_hit(self) -> None:
        """Go to the row found before; before the first comes the last."""
        self._go_to_hit(bisect_left(self._hits, self.query_one(Table).cursor_row) - 1)

    def _go_to_hit(self, number: int) -> None:
        if self._hits:
            self.query_one(Table).move_to(self._hits[number % len(self._hits)])

    # One row

    @on(RowOpened)
    def _open_row(self, event: RowOpened) -> None:
        """Show the account of a row; a count opens the accounts that it counts."""
        if self._view is None:
            return
        if not self.report.is_list:
            self._open_count(event.row)
            return
        from tui.screens.account import AccountScreen

        self.app.push_screen(AccountScreen(self._view.account(event.row)))

    def _open_count(self, row: int) -> None:
        from tui.drill import request_behind

        table = self.query_one(Table)
        if self._view is not None:
            (values,) = self._view.rows(row, row + 1)
            request = request_behind(str(values[0]), table.cursor_column, self._request.as_of)
            self.partner.main.show_report(request)

    def action_go_to_row(self) -> None:
        """Ask for a row's number."""
        self.query_one(AskLine).ask("row", "Go to row", "", "a number", _row_number)

    def action_copy_cell(self) -> None:
        """Send the current cell to the clipboard."""
        table = self.query_one(Table)
        if table.current_row is not None and self._view is not None:
            keys = [column.key for column in self._view.columns]
            value = table.current_row[keys.index(table.cursor_column)]
            self.partner.copy_text("" if value is None else str(value))

    def action_copy_row(self) -> None:
        """Send the current row to the clipboard."""
        row = self.query_one(Table).current_row
        if row is not None:
            self.partner.copy_text("\t".join("" if value is None else str(value) for value in row))

    # All of it

    def action_notes(self) -> None:
        """Show notes, totals and freshness."""
        from tui.screens.message import MessageScreen

        if self._result is None:
            self.partner.toast("Notes and totals are still being gathered.")
            return
        facts = [f"{label}: {text}" for label, text in self._result.facts()]
        totals = [f"{label}: {shown_value(number)}" for label, number in self._result.totals]
        notes = [f"• {note}" for note in self._result.notes] or ["There are no notes."]
        text = "\n".join([*facts, *totals, "", *notes])
        self.app.push_screen(MessageScreen(self._result.title, text))

    def action_export(self) -> None:
        """Export exactly what is shown."""
        from tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self._as_shown()))

    def _as_shown(self) -> Request:
        """Return the request with the columns as they are arranged."""
        if self._view is None:
            return self._request
        arranged = tuple(column.key for column in self.query_one(Table).column_layout.arrange(self._view.columns))
        asked = tuple(column.key for column in self._view.columns)
        return self._request if arranged == asked else replace(self._request, columns=arranged)

    async def action_back(self) -> None:
        """Stop what is under way; else take the search away; else leave the page."""
        if self._wanted is not None and self._wanted is not self._request:
            self.workers.cancel_group(self, report_work.ORDER)
            self._wanted = None
            self._update_lines()
        elif self._found is not None:
            self._search("")
        else:
            await self.partner.main.back()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer sorting and filtering only where rows are accounts."""
        if action in ("sort", "filter"):
            return self.report.is_list
        if action in ("next_hit", "previous_hit"):
            return bool(self._hits) or None
        return True


def _row_number(text: str) -> int:
    digits = text.strip().replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise WrongUse(f"'{text}' is no row number.", "Write a number such as 1500.")
    return int(digits)
