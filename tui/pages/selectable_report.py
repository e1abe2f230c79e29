"""Rows of a report that are selected by hand: to copy them or to export them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import WrongUse
from core.query.columns import Row
from core.query.request import Request
from core.text.vocabulary import count_of
from core.work import Work
from tui.export_flow import ask_and_export
from tui.pages.shown_report import ShownReport

if TYPE_CHECKING:
    from core.lists.target_list import TargetList

_MOST_COPIED = 5_000
"""Rows that are read to be copied: more never fit into a clipboard."""
_TOLD_AFTER = 10_000
"""Rows after which work says how far it is."""


class SelectableReport(ShownReport):
    """Lets rows be selected. They stay selected in any order, and where a filter does not show them."""

    def __init__(self, request: Request) -> None:
        """Show the rows of `request`."""
        super().__init__(request)
        self._last_selected: int | None = None
        """The row from which a range is selected, by its number."""

    def action_select_row(self) -> None:
        """Select the row, or let it go, and go one row down."""
        if self.view is not None and self.view.row_count:
            row = self.table.cursor_row
            self._last_selected = self.view.rid(row)
            self.selection.flip(self._last_selected)
            self.table.move_to(row + 1)
            self._show_selection()

    def action_select_range(self) -> None:
        """Select the rows from the one last selected to this one."""
        if self.view is not None and self.view.row_count:
            row = self.table.cursor_row
            places = self.view.places_of({self._last_selected}) if self._last_selected is not None else []
            start, stop = sorted((row, *(places or [row])))[:2]
            self._last_selected = self.view.rid(row)
            self._select(self.view.rids(start, stop + 1))

    def action_select_all(self) -> None:
        """Select all rows found by the search; without one, all rows shown."""
        if self.view is not None:
            everything = self.view.rids(0, self.view.row_count)
            self._select((everything[place] for place in self.hits.places) if self.hits.text else everything)

    def action_select_none(self) -> None:
        """Let all selected rows go."""
        self.selection.clear()
        self._show_selection()

    def _select(self, rids: Iterable[int]) -> None:
        self.selection.add(rids)
        self._show_selection()

    def _show_selection(self) -> None:
        self.mark_selected()
        self.update_status()

    def action_copy_cell(self) -> None:
        """Send the current cell to the clipboard."""
        if self.table.current_row is not None and self.view is not None:
            keys = [column.key for column in self.view.columns]
            value = self.table.current_row[keys.index(self.table.cursor_column)]
            self.partner.copy_text("" if value is None else str(value))

    def action_copy_rows(self) -> None:
        """Send the selected rows to the clipboard, else the current one: the columns shown, tabs between them."""
        if self.view is None or not self.view.row_count:
            return
        if self.selection.count > _MOST_COPIED:
            hint = "Export them to a file instead: e."
            self.partner.show_fault(WrongUse(f"{self.selection.count:,} rows are too many for the clipboard.", hint))
            return
        current = array("q", [self.view.rid(self.table.cursor_row)])
        wanted = self.selected() if self.selection.count else self._shown_alone(current)
        self.partner.copy_text("\n".join(map(_with_tabs, self.view.read(wanted))))

    def selected(self) -> Request:
        """Return the request for the selected rows, in the order and with the columns shown."""
        return replace(self._shown_alone(self.selection.rids()), where=(), condition=None)

    def _shown_alone(self, rids: array[int]) -> Request:
        return replace(self.as_shown(), picked=rids)

    def action_make_list(self) -> None:
        """Keep these accounts as a targeted list: the selected rows, else whatever the filter holds, now and later."""
        from core.lists.names import checked_name
        from tui.dialogues.ask_text import AskTextScreen

        def answered(name: str | None) -> None:
            if name:
                key = self.partner.key_of("main.go_targets")
                self.partner.jobs.carry_out(
                    f"Making “{name}”",
                    self._making_list(name),
                    lambda made: self.partner.toast(f"“{made.name}” is made: {key} opens Targeted lists."),
                )

        self.app.push_screen(AskTextScreen("Make a list of these", "Name", check=checked_name), answered)

    def _making_list(self, name: str) -> Callable[[Work], TargetList]:
        """Return what makes the list, with the rows of this moment."""
        from core.lists.lists import new_list, new_selection
        from core.lists.members import ListReport

        database, request, pk_of = self.partner.database, self.request, self.report.pk_of
        rids: array[int] | None = None
        if self.view is not None and (self.selection.count or isinstance(self.report, ListReport)):
            rids = self.selection.rids() if self.selection.count else self.view.rids(0, self.view.row_count)

        def work(under_way: Work) -> TargetList:
            with database.writing(under_way) as path:
                if rids is None:
                    return new_list(path, name, request)
                return new_selection(path, name, map(pk_of, _counted(rids, under_way)))

        return work

    def action_export(self) -> None:
        """Export exactly what is shown, or what is selected: that is asked where something is."""
        if not self.selection.count:
            ask_and_export(self.partner, self.as_shown())
            return
        from tui.dialogues.question import QuestionScreen

        which = {"selected": count_of(self.selection.count, "selected row"), "shown": "All rows shown"}
        requests = {"selected": self.selected, "shown": self.as_shown}
        question = QuestionScreen("Export", "Which rows are to be written?", which)
        self.app.push_screen(
            question, lambda answer: ask_and_export(self.partner, requests[answer]()) if answer else None
        )


def _counted(rids: array[int], work: Work) -> Iterator[int]:
    """Yield numbers of rows, and tell the work now and then how many there were."""
    for done, rid in enumerate(rids):
        if done % _TOLD_AFTER == 0:
            work.tick(done, len(rids))
        yield rid


def _with_tabs(row: Row) -> str:
    """Return a row as spreadsheets take it from the clipboard: on one line, whatever its values hold."""
    return "\t".join("" if value is None else " ".join(str(value).splitlines()).replace("\t", " ") for value in row)
