"""My reports: what was run, when, with what, how it ended, and where the file is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from core.clock import local
from core.errors import Fault
from core.reports.catalogue import REPORTS
from core.runs import Run, runs
from tui.background import start
from tui.commands import bindings
from tui.pages.page import Page
from tui.plain import plain
from tui.run_words import request_of, run_words
from tui.widgets.lines import Lines

OUTCOMES = {
    "done": "✓ done",
    "running": "… running",
    "failed": "! failed",
    "cancelled": "– cancelled",
    "interrupted": "! interrupted",
}


class MyReportsPage(Page):
    """The runs, the newest first, and at the upper right the button that begins another."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("runs")
    name_in_menu = "reports"

    @dataclass
    class Gathered(Message):
        """The runs were read."""

        runs: list[Run]

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[Run] = []

    def compose(self) -> ComposeResult:
        """Lay out title, button and list."""
        with Horizontal(id="runs-head"):
            yield Static("My reports", classes="title")
            yield Button("Run a Report", id="run", variant="primary", compact=True)
        yield Static(id="runs-columns", classes="dim")
        yield Lines(id="runs", classes="-keeps")
        yield Static("No report was run yet. Press r to run one.", id="no-runs", classes="dim")

    def come_forward(self) -> None:
        """Read the runs again."""
        database = self.partner.database.path
        start(self, "runs", lambda _: runs(database), self.Gathered)
        self.query_one("#run" if not self._runs else "#runs").focus()

    def on_my_reports_page_gathered(self, event: Gathered) -> None:
        """Show the runs."""
        self._runs = event.runs
        lines = self.query_one("#runs", Lines)
        place = lines.highlighted or 0
        lines.display = bool(event.runs)
        self.query_one("#no-runs").display = not event.runs
        self._fill()
        if event.runs:
            lines.highlighted = min(place, len(event.runs) - 1)
            if self.query_one("#run").has_focus and self.screen.is_current:
                lines.focus()

    def on_resize(self) -> None:
        """Give the columns other widths."""
        self._fill()

    def _fill(self) -> None:
        lines = self.query_one("#runs", Lines)
        place = lines.highlighted
        width = max(self.content_size.width, 40)
        heading = ("When", "Report", "Rows", "How it ended", "File")
        self.query_one("#runs-columns", Static).update(_line(heading, width))
        lines.clear_options()
        lines.add_options(Option(_line(_cells(run), width), id=str(run.id)) for run in self._runs)
        lines.highlighted = place

    def _chosen(self) -> Run | None:
        place = self.query_one("#runs", Lines).highlighted
        return self._runs[place] if place is not None and place < len(self._runs) else None

    def on_button_pressed(self) -> None:
        """Run a report."""
        self.partner.main.action_run_report()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show the report again."""
        event.stop()
        self.action_open_row()

    def action_open_row(self) -> None:
        """Show the report again, as of today."""
        run = self._chosen()
        if run is None:
            return
        try:
            self.partner.main.show_report(request_of(run, self.partner.as_of))
        except Fault as fault:
            self.partner.show_fault(fault)

    def action_run_again(self) -> None:
        """Open Generate Report with the run's choices."""
        from tui.screens.generate_report import GenerateReport

        run = self._chosen()
        if run is None:
            return
        try:
            request = request_of(run, self.partner.as_of)
        except Fault as fault:
            self.partner.show_fault(fault)
        else:
            self.app.push_screen(GenerateReport.of(request, run.format))

    def action_show_path(self) -> None:
        """Show where the file is."""
        from tui.screens.delivery import DeliveryScreen

        run = self._chosen()
        if run is None:
            return
        if run.path is None:
            self.partner.toast("This run wrote no file.")
            return
        state = "" if Path(run.path).exists() else "The file is no longer there."
        self.app.push_screen(DeliveryScreen(Path(run.path), [state] if state else [], title="Where the file is"))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a run only where there is one."""
        return bool(self._runs) if action in ("open_row", "run_again", "show_path") else True


def _cells(run: Run) -> tuple[str, ...]:
    rows = "" if run.row_count is None else f"{run.row_count:,}"
    file = Path(run.path).name if run.path else ("viewed" if run.format == "screen" else run.format)
    title = next((report.title for report in REPORTS if report.id == run.report), run.report)
    words = run_words(run)
    report = f"{title}, {words}" if words else title
    return f"{local(run.started_at):%m-%d %H:%M}", report, rows, OUTCOMES[run.outcome], file


def _line(cells: tuple[str, ...], width: int) -> Content:
    """Return the cells in columns: report and file share what the others leave."""
    when, report, rows, ended, file = cells
    rest = width - 11 - 2 - 9 - 2 - 13 - 2 - 2
    report_width = max(rest * 3 // 5, 12)
    file_width = max(rest - report_width, 6)
    parts = [
        plain(when).truncate(11, pad=True),
        plain(report).truncate(report_width, ellipsis=True, pad=True),
        plain(rows.rjust(9)),
        plain(ended).truncate(13, pad=True),
        plain(file).truncate(file_width, ellipsis=True, pad=True),
    ]
    return Content("  ").join(parts)
