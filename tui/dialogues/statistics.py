"""Statistics: figures over all values of a column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.query.columns import Column
from core.query.request import Request
from core.query.statistics import Statistics, column_statistics
from core.text.vocabulary import count_of
from tui.background import Failed, start
from tui.dialogues.modal import Modal
from tui.safe_text import plain, shown_value
from tui.widgets.key_bar import KeyBar

LABEL_WIDTH = 18


class StatisticsScreen(Modal[str]):
    """Shows the figures as soon as they are known."""

    @dataclass
    class Counted(Message):
        """The figures are known."""

        statistics: Statistics

    def __init__(self, request: Request, column: Column) -> None:
        """Look at `column` in the rows of `request`."""
        super().__init__()
        self._request, self._column = request, column

    def compose(self) -> ComposeResult:
        """Lay out the figures."""
        with Vertical(classes="box") as box:
            box.border_title = f"Statistics of {self._column.title}"
            with VerticalScroll(id="figures"):
                yield Static("counting …", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to count."""
        request, key, database = self._request, self._column.key, self.partner.database
        start(
            self, "statistics", lambda work: column_statistics(database, request, key, work.is_unwanted), self.Counted
        )

    def on_statistics_screen_counted(self, event: Counted) -> None:
        """Show the figures."""
        lines = [_line(label, text) for label, text in figures(event.statistics)]
        self._show(Content("\n").join([*lines, *_frequent(event.statistics)]))

    def on_failed(self, event: Failed) -> None:
        """Say here why they cannot be found."""
        event.stop()
        self._show(self.partner.fault_lines(event.fault))

    def _show(self, text: Content) -> None:
        self.query_one("#figures Static", Static).update(text)


def figures(of: Statistics) -> Iterator[tuple[str, str]]:
    """Yield what is said of a column: (label, text)."""
    yield "Rows", f"{of.rows:,}"
    yield "Known", f"{of.known:,}{_share(of.known, of.rows)}"
    yield "Not known", f"{of.rows - of.known:,}{_share(of.rows - of.known, of.rows)}"
    yield "Different values", f"{of.distinct:,}"
    if of.known and of.column.kind.is_date:
        yield "Earliest", str(of.least)
        yield "Latest", str(of.greatest)
        with suppress(ValueError):  # what another program wrote there may be no day
            days = date.fromisoformat(str(of.greatest)) - date.fromisoformat(str(of.least))
            yield "Between them", count_of(days.days, "day")
    if of.mean is not None:
        yield "Least", shown_value(of.least, of.column.kind)
        yield "Greatest", shown_value(of.greatest, of.column.kind)
        yield "Mean", f"{float(of.mean):,.2f}"
        yield "Sum", shown_value(of.total, of.column.kind)


def _frequent(of: Statistics) -> Iterator[Content]:
    if of.frequent:
        yield Content("")
        yield Content.styled("Most frequent", "bold")
    width = max((len(f"{facet.rows:,}") for facet in of.frequent), default=0)
    for facet in of.frequent:
        rows = f"{facet.rows:>{width},}{_share(facet.rows, of.rows):<9}"
        yield Content.assemble((f"{rows}  ", "bold"), plain(shown_value(facet.value, of.column.kind)))


def _line(label: str, text: str) -> Content:
    return Content.assemble((label.ljust(LABEL_WIDTH), "dim"), plain(text))


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""
