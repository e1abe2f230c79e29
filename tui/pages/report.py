"""A report's page: what a person can do with its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from core.conditions.completion import Completion, complete
from core.conditions.example import example
from core.conditions.written import joined
from core.errors import Fault, WrongUse
from core.query.columns import Column
from core.query.request import Request
from core.query.sorting import Sort, sorted_also_by, sorted_by
from core.views.view import ViewState
from tui.commands.bindings import bindings
from tui.commands.fuzzy import columns_like
from tui.dialogues.modal import Modal
from tui.pages.selectable_report import SelectableReport
from tui.safe_text import shown_value
from tui.widgets.ask_line import AskLine, Question
from tui.widgets.table.messages import RowOpened, SortRequested

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


class ReportPage(SelectableReport):
    """The commands of a report's page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("report")

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
        if self.report.is_list and key:
            self.change(replace(self.history.now, sort=by(self.history.now.sort, key)))

    def action_filter(self) -> None:
        """Ask for a condition."""
        columns, as_of = self.report.columns, self.request.as_of
        self._ask(
            Question(
                "filter",
                "Filter",
                joined(self.history.now.where),
                example(columns),
                lambda text: self._filtered(text).asked_of(self.request),
                lambda text: complete(text, columns, as_of),
            )
        )

    def _filtered(self, text: str) -> ViewState:
        """Return the view with another condition."""
        return replace(self.history.now, where=(text,) if text.strip() else ())

    def _ask(self, question: Question) -> None:
        self.query_one(AskLine).ask(question)

    def on_ask_line_answered(self, event: AskLine.Answered) -> None:
        """Do what was asked for."""
        if event.topic == "filter":
            self.change(self._filtered(event.text))
        elif event.topic == "search":
            self.search(event.text)
        elif event.topic == "row" and event.text:
            self.table.move_to(_row_number(event.text) - 1)
        elif event.topic == "column" and event.text:
            self.table.move_to(column=self._columns_like(event.text)[0].key)

    def on_ask_line_left(self) -> None:
        """Go back to the table."""
        self.table.focus()

    # The current column

    def action_facets(self) -> None:
        """Show the values of the current column, to filter by some of them."""
        from tui.dialogues.facets import FacetScreen

        def chosen(condition: str | None) -> None:
            if condition is not None:
                now = self.history.now
                self._try(lambda: self.change(replace(now, where=(*now.where, condition))))

        self._open_on_column(FacetScreen, chosen)

    def action_statistics(self) -> None:
        """Show figures over the current column."""
        from tui.dialogues.statistics import StatisticsScreen

        self._open_on_column(StatisticsScreen, lambda _: None)

    def _open_on_column(
        self, screen: Callable[[Request, Column], Modal[str]], answered: Callable[[str | None], None]
    ) -> None:
        columns = [column for column in self.report.columns if column.key == self.table.cursor_column]
        if columns:
            self.app.push_screen(screen(self.request, columns[0]), answered)

    def action_columns(self) -> None:
        """Choose which columns are shown."""
        from tui.dialogues.columns import ColumnsScreen

        if self.view is not None:
            screen = ColumnsScreen(self.view.columns, self.table.column_layout, self.table.cursor_column)
            self.app.push_screen(screen, lambda layout: self.table.rearrange(layout) if layout is not None else None)

    # Views

    def action_views(self) -> None:
        """Recall, save and delete views."""
        from tui.dialogues.views import ViewsScreen

        def recalled(state: ViewState | None) -> None:
            if state is not None:
                self._try(lambda: self.change(state))

        self.app.push_screen(ViewsScreen(self.report, self.history.now, self.last_view), recalled)

    def action_undo(self) -> None:
        """Take back the last change of filter, order or columns."""
        self.go_over(self.history.undone())

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self.go_over(self.history.redone())

    def _try(self, work: Callable[[], None]) -> None:
        """Do something with what a dialogue answered; where that cannot be, say why."""
        try:
            work()
        except Fault as fault:
            self.partner.show_fault(fault)

    # Searching and going about

    def action_search(self) -> None:
        """Ask for a text to find."""
        self._ask(Question("search", "Find", hint="any text in any column; n and N go on and back"))

    def action_next_hit(self) -> None:
        """Go to the next row found; behind the last comes the first."""
        self.table.move_to(self.hits.behind(self.table.cursor_row))

    def action_previous_hit(self) -> None:
        """Go to the row found before; before the first comes the last."""
        self.table.move_to(self.hits.before(self.table.cursor_row))

    def action_go_to_row(self) -> None:
        """Ask for a row's number."""
        self._ask(Question("row", "Go to row", hint="a number", check=_row_number))

    def action_go_to_column(self) -> None:
        """Ask for a column's name."""
        hint = "some letters of its name"
        self._ask(Question("column", "Go to column", "", hint, self._columns_like, self._column_completion))

    def _columns_like(self, text: str) -> list[Column]:
        if self.view is None:
            return []
        found = columns_like(text, self.table.column_layout.arrange(self.view.columns))
        if not found:
            raise WrongUse(f"No column shown has the letters “{text.strip()}” in its name.", "C shows all columns.")
        return found

    def _column_completion(self, text: str) -> Completion:
        try:
            return Completion(0, tuple(column.title for column in self._columns_like(text)))
        except WrongUse:
            return Completion(0)

    @on(RowOpened)
    def _open_row(self, event: RowOpened) -> None:
        """Show the account of a row; a count opens the accounts that it counts."""
        if self.view is None:
            return
        if not self.report.is_list:
            with self.partner.showing_faults():
                self._open_count(event.row)
            return
        from tui.dialogues.account import AccountScreen

        self.app.push_screen(AccountScreen(self.view.account(event.row)))

    def _open_count(self, row: int) -> None:
        from core.query.drill_down import request_behind

        if self.view is not None:
            (values,) = self.view.rows(row, row + 1)
            request = request_behind(str(values[0]), self.table.cursor_column, self.request.as_of)
            self.partner.show_report(request)

    # All of it

    def action_notes(self) -> None:
        """Show notes, totals and freshness."""
        from tui.dialogues.message import MessageScreen

        if self.result is None:
            self.partner.toast("Notes and totals are still being gathered.")
            return
        facts = [f"{label}: {text}" for label, text in self.result.facts()]
        totals = [f"{label}: {shown_value(number)}" for label, number in self.result.totals]
        notes = [f"• {note}" for note in self.result.notes] or ["There are no notes."]
        self.app.push_screen(MessageScreen(self.result.title, "\n".join([*facts, *totals, "", *notes])))

    async def action_back(self) -> None:
        """Stop what is under way; else take the search away; else leave the page."""
        if self.stop():
            return
        if self.hits.text:
            self.search("")
        else:
            await self.partner.back()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what is about accounts only where rows are accounts, and the rest where it would do something."""
        if action in _ON_ACCOUNTS:
            return self.report.is_list
        useful = {
            "next_hit": bool(self.hits.places),
            "previous_hit": bool(self.hits.places),
            "select_none": bool(self.selection.count),
            "undo": bool(self.history.before),
            "redo": bool(self.history.after),
        }
        return useful.get(action, True) or None


def _row_number(text: str) -> int:
    digits = text.strip().replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise WrongUse(f"'{text}' is no row number.", "Write a number such as 1500.")
    return int(digits)
