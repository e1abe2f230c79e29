"""A report that a person looks at: what is shown, what is wanted, and the way from one view of it to the next.

It knows no screen. Whoever shows it calls the methods here on one thread. What takes its time is handed out as a
function for a worker (`opening`, `ordering`, `summing`, `searching`), and its answer is handed back (`opened`,
`ordered`, `summed`, `found`). Each piece of work has a number; an answer with another number than the last one handed
out is late, and is passed over. So changes that come quickly never mix: the old rows stay until those of the newest
wish are there.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from core.database import Database
from core.errors import Cancelled
from core.query.column_layout import ColumnLayout
from core.query.hits import Hits
from core.query.look import ChartFigures, chart_figures
from core.query.ordered_rows import View, all_rows, find_rows
from core.query.query import run_report
from core.query.reader import Reader
from core.query.request import Request
from core.query.result import Result
from core.query.selection import Selection
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.runs import record_view
from core.views.kept_columns import layout_to_begin_with
from core.views.saved_views import last_view, remember_view
from core.views.view import ViewHistory, ViewState, layout_at_first
from core.work import Work, stop_when

if TYPE_CHECKING:
    from core.lists.target_list import TargetList

FIRST_ROWS = 200
"""Rows shown before the order of all is known."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first rows are there."""

    number: int
    reader: Reader
    view: View
    last: ViewState | None
    """How the report was left the last time."""
    figures: ChartFigures | None
    """What the report's chart over months draws; such a report has few rows, and they are all there."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """All rows are in order."""

    number: int
    view: View


@dataclass(frozen=True, slots=True)
class Summing:
    """Rows, totals and notes are known. The result's blocks cannot be read any more."""

    number: int
    result: Result


@dataclass(frozen=True, slots=True)
class Finding:
    """The rows that contain a text are known."""

    number: int
    hits: Hits


@dataclass(frozen=True, slots=True)
class Shown:
    """What has changed with other rows on the screen."""

    is_reordered: bool
    """Whether the rows stand in another order, or are others."""
    is_refiltered: bool
    """Whether they are others."""


class ReportSession:
    """One request, looked at.

    Every change of filter, order and columns is a new state in `history`, whose `now` is what is wanted; `request` says
    what is shown until then.
    """

    def __init__(self, request: Request) -> None:
        """Begin with the rows of `request`."""
        layout = layout_to_begin_with(request.report)
        if request.columns and request.report.is_list:
            layout = ColumnLayout.of(request.columns, request.report.columns)
            request = replace(request, columns=())
        self.request = request
        """What is shown."""
        self.wanted: Request | None = None
        """What is being put in order, if anything is."""
        self.history = ViewHistory(ViewState(request.where, request.sort, layout))
        self.last_view: ViewState | None = None
        """How the report was left the last time."""
        self.view: View | None = None
        self.reader: Reader | None = None
        self.is_whole = False
        """Whether all rows are in order, not just the first ones."""
        self.result: Result | None = None
        """Totals and notes, once they are known."""
        self.hits = Hits()
        self.selection = Selection()
        self._begun_with = self.history.now
        self._opening = self.order_number = self._summing = self._searching = 0
        """The numbers of the last work of each kind."""
        self._is_recorded = False

    @property
    def report(self) -> Report:
        """The report looked at."""
        return self.request.report

    @property
    def row_count(self) -> int:
        """How many rows there are, as far as is known: at least those that can be shown."""
        if self.view is None:
            return 0
        return self.view.row_count if self.is_whole or self.result is None else self.result.row_count

    @property
    def is_counted(self) -> bool:
        """Whether `row_count` is all of them."""
        view = self.view
        return self.is_whole or self.result is not None or (view is not None and view.row_count < FIRST_ROWS)

    # Opening

    def opening(self, database: Database) -> Callable[[Work], Opening]:
        """Return what opens the database, each time anew, and reads the first rows in the report's own order."""
        self._opening += 1
        number, request, is_first = self._opening, replace(self.request, sort=()), self.reader is None

        def read(connection: sqlite3.Connection, work: Work) -> tuple[View, ViewState | None, ChartFigures | None]:
            stop_when(connection, work.is_unwanted)
            view = View(connection, request)
            view.show(view.first_rows(FIRST_ROWS))
            look = request.report.look
            rows = view.rows(0, view.row_count) if look.is_over_months else []
            connection.set_progress_handler(None, 0)
            last = last_view(connection, request.report) if is_first else None
            return view, last, chart_figures(look, view.columns, rows)

        def work(under_way: Work) -> Opening:
            reader = Reader(database)
            try:
                opening = Opening(number, reader, *reader.call(lambda connection: read(connection, under_way)).result())
                under_way.check()
            except BaseException:
                reader.close()
                raise
            return opening

        return work

    def opened(self, opening: Opening) -> bool:
        """Take the first rows over; return whether they are those that are awaited."""
        if opening.number != self._opening:
            opening.reader.close()
            return False
        if self.reader is None:
            self._recall(opening.last)
        else:
            self.reader.close()
        self.reader, self.view, self.request = opening.reader, opening.view, opening.view.request
        self.is_whole, self.result = False, None
        self.selection.clear()
        self._want(self.history.now.asked_of(self.request))
        return True

    def _recall(self, last: ViewState | None) -> None:
        """Take order and columns as they were left, unless others are asked for.

        Not the filter: nobody should miss rows that they have not filtered away now.
        """
        self.last_view = last
        now = self.history.now
        if last is not None:
            begun = layout_to_begin_with(self.report)
            left = begun if last.layout == layout_at_first(self.report) else last.layout
            layout = left if now.layout == begun else now.layout
            self.history = ViewHistory(replace(now, sort=now.sort or last.sort, layout=layout))
        self._begun_with = self.history.now

    def ask_as_of(self, day: date, known_on: date | None = None) -> None:
        """Ask as of another day, and of what was known on a day, None for now, from the next opening on."""
        if (day, known_on) != (self.request.as_of, self.request.known_on):
            self.request = replace(self.request, as_of=day, known_on=known_on)

    def close(self) -> None:
        """Let go of the database."""
        self._opening += 1
        if self.reader is not None:
            self.reader.close()

    def remembering(self, database: Database) -> Callable[[], None] | None:
        """Return what keeps the view for the next time; None where it was not changed."""
        if self.history.now == self._begun_with:
            return None
        self._begun_with = self.history.now
        report, now = self.report, self.history.now
        return lambda: remember_view(database.path, report, now)

    # From one view to the next

    def change(self, state: ViewState) -> None:
        """Go over to another view; this can be undone.

        Raises:
            WrongUse: a condition cannot be read.
        """
        self.go_over(self.history.gone_on(state))

    def go_over(self, history: ViewHistory) -> None:
        """Want what another history says is now.

        Raises:
            WrongUse: a condition cannot be read.
        """
        asked = history.now.asked_of(self.request)
        self.history = history
        if self.is_whole and _are_same_rows(asked, self.request):
            self._want(None)
        elif self.wanted is None or not _are_same_rows(asked, self.wanted):
            self._want(asked)

    def undo(self) -> None:
        """Take back the last change of filter, order or columns."""
        self.go_over(self.history.undone())

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self.go_over(self.history.redone())

    def stop(self) -> bool:
        """Stay with the rows that are shown; return whether others were under way."""
        if self.wanted is None or _are_same_rows(self.wanted, self.request):
            return False
        self.change(self._as_ordered())
        return True

    def _as_ordered(self) -> ViewState:
        """Return the view now, but for the rows and the order that are shown."""
        return replace(self.history.now, where=self.request.where, sort=self.request.sort)

    def _want(self, request: Request | None) -> None:
        self.wanted = request
        self.order_number += 1

    def ordering(self, database: Database) -> Callable[[Work], Ordering]:
        """Return what puts all rows that are wanted in order."""
        number, request, reader = self.order_number, self.wanted or self.request, self.reader
        assert reader is not None  # noqa: S101 - nothing is wanted before the first rows are there

        def work(under_way: Work) -> Ordering:
            order = all_rows(database, request, under_way.is_unwanted)
            if reader.is_closed:
                raise Cancelled
            view = reader.call(lambda connection: View(connection, request)).result()
            view.show(order)
            return Ordering(number, view)

        return work

    def ordered(self, ordering: Ordering) -> Shown | None:
        """Take the rows over; return what has changed, or None where they are no longer awaited."""
        if ordering.number != self.order_number or self.wanted is None:
            return None
        before, self.request, self.view = self.request, ordering.view.request, ordering.view
        self.wanted, self.is_whole = None, True
        return Shown(not _are_same_rows(before, self.request), before.where != self.request.where)

    def not_ordered(self) -> None:
        """Stay with what is shown: the rows wanted cannot be put in order."""
        self._want(None)
        self.history = self.history.gone_on(self._as_ordered())

    # Totals

    def summing(self, database: Database) -> Callable[[Work], Summing]:
        """Return what counts the rows, adds up the totals and gathers the notes.

        The first time My reports is let list it as a run.
        """
        self._summing += 1
        self.result = None
        number, request = self._summing, self.wanted or self.request
        is_run = not self._is_recorded and self.report in REPORTS
        self._is_recorded = True

        def work(under_way: Work) -> Summing:
            with database.reading(under_way) as connection:
                result = run_report(connection, replace(request, sort=()))
            if is_run:
                record_view(database.path, request, result.row_count)
            return Summing(number, result)

        return work

    def summed(self, summing: Summing) -> bool:
        """Take the totals over; return whether they are those that are awaited."""
        if summing.number != self._summing:
            return False
        self.result = summing.result
        return True

    # Searching

    def searching(self, database: Database, text: str, layout: ColumnLayout) -> Callable[[Work], Finding] | None:
        """Return what finds the rows that contain `text` in a column shown; None for an empty text, which ends it."""
        self._searching += 1
        self.hits = Hits()
        if not text or self.view is None:
            return None
        number, request, view = self._searching, self.as_shown(layout), self.view

        def work(under_way: Work) -> Finding:
            rids = find_rows(database, request, text, under_way.is_unwanted)
            return Finding(number, Hits(text, view.places_of(rids)))

        return work

    def found(self, finding: Finding) -> bool:
        """Take what was found over; return whether it is what is awaited."""
        if finding.number != self._searching:
            return False
        self.hits = finding.hits
        return True

    # Selecting

    def select_row(self, place: int) -> None:
        """Select the row at a place, or let it go."""
        if self.view is not None and self.view.row_count:
            self.selection.flip(self.view.rid(place))

    def select_range(self, place: int) -> None:
        """Select the rows from the one last selected to the one at a place."""
        if self.view is not None and self.view.row_count:
            last = self.selection.last
            places = self.view.places_of({last}) if last is not None else []
            start, stop = sorted((place, *(places or [place])))[:2]
            self.selection.add(self.view.rids(start, stop + 1))
            self.selection.last = self.view.rid(place)

    def select_all(self) -> None:
        """Select all rows found by the search; without one, all rows shown."""
        if self.view is not None:
            everything = self.view.rids(0, self.view.row_count)
            found: Iterable[int] = (everything[place] for place in self.hits.places)
            self.selection.add(found if self.hits.text else everything)

    def is_selected(self, place: int) -> bool:
        """Return whether the row at a place is selected."""
        return self.view is not None and self.view.rid(place) in self.selection

    # What is taken from it

    def as_shown(self, layout: ColumnLayout) -> Request:
        """Return the request with the columns as a person has arranged them; until then they are the report's own."""
        if layout.has_same_columns(layout_at_first(self.report)):
            return self.request
        chosen = layout.chosen(self.view.columns) if self.view is not None else ()
        return replace(self.request, columns=chosen) if chosen else self.request

    def selected(self, layout: ColumnLayout) -> Request:
        """Return the request for the selected rows alone, in the order and with the columns shown."""
        return replace(self.as_shown(layout), picked=self.selection.rids(), where=(), condition=None)

    def row_alone(self, place: int, layout: ColumnLayout) -> Request:
        """Return the request for the row at a place alone."""
        rids = self.view.rids(place, place + 1) if self.view is not None else array("q")
        return replace(self.as_shown(layout), picked=rids)

    def listing(self, database: Database, name: str) -> Callable[[Work], TargetList]:
        """Return what keeps these accounts as a targeted list: the selected rows, else what the filter holds.

        That of a filter holds it now and later; that of a list's own rows, these alone.
        """
        from core.lists.from_rows import keeping
        from core.lists.members import ListReport

        rids: array[int] | None = None
        if self.view is not None and (self.selection.count or isinstance(self.report, ListReport)):
            rids = self.selection.rids() if self.selection.count else self.view.rids(0, self.view.row_count)
        return keeping(database, name, self.request, rids)


def _are_same_rows(one: Request, other: Request) -> bool:
    """Return whether two requests of a session have the same rows in the same order."""
    return (one.where, one.sort) == (other.where, other.sort)
