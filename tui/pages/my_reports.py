"""My reports: what was run, when, with what, how it ended, and where the file is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, OptionList, Static

from core.clock import local
from core.errors import Fault
from core.last_choices import Choices
from core.own_fields import Field, own_fields
from core.paths import is_there
from core.people import by_words, is_another
from core.query.request import Request
from core.reports.catalogue import REPORTS
from core.run_words import request_of, run_words, title_of
from core.runs import SCREEN, Outcome, Run, runs
from core.text.date_style import in_style
from tui.background import start
from tui.commands.bindings import bindings
from tui.export_flow import ask_and_export, run_a_report
from tui.pages.page import Page
from tui.widgets.line_table import Heading, Line, LineTable
from tui.widgets.lines import Links

OUTCOMES: dict[Outcome, str] = {
    "done": "✓ done",
    "running": "… running",
    "failed": "! failed",
    "cancelled": "– stopped",
    "interrupted": "! interrupted",
}
HEADINGS = (
    Heading("Ended", most=13),
    Heading("When", most=18),
    Heading("Report", most=30),
    Heading("Rows", is_number=True),
    Heading("As"),
    Heading("What was asked", most=50),
    Heading("File", most=60),
    Heading("By"),
)


class MyReportsPage(Page):
    """The runs, the newest first, and at the upper right the button that begins another."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("runs")
    name_in_menu = "reports"

    @dataclass
    class Gathered(Message):
        """The runs were read, and the partner's own fields, which they may name."""

        runs: list[Run]
        own_fields: tuple[Field, ...]

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[Run] = []
        self._own_fields: tuple[Field, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, button and list."""
        with Horizontal(id="runs-head"):
            yield Static("My reports", classes="title")
            yield Button("Run a Report", id="run", variant="primary", compact=True)
        yield LineTable(HEADINGS, lines_id="runs")
        yield Static(
            f"No report was run yet. Press {self.partner.key_of('main.run_report')} to run one.",
            id="no-runs",
            classes="dim",
        )

    async def come_forward(self) -> None:
        """Read the runs again."""
        database = self.partner.database.path
        start(self, "runs", lambda _: (runs(database), own_fields(database)), lambda found: self.Gathered(*found))
        self.query_one("#run" if not self._runs else "#runs").focus()

    def on_my_reports_page_gathered(self, event: Gathered) -> None:
        """Show the runs."""
        self._runs, self._own_fields = event.runs, event.own_fields
        lines = self.query_one("#runs", Links)
        place = lines.highlighted or 0
        table = self.query_one(LineTable)
        table.display = bool(event.runs)
        self.query_one("#no-runs").display = not event.runs
        table.show([_line(run, self._own_fields) for run in self._runs], place)
        if event.runs and self.screen.is_current and self.screen.focused in (None, self.query_one("#run")):
            lines.focus()  # None, where the runs are there before the button has taken the focus

    def _chosen(self) -> Run | None:
        place = self.query_one("#runs", Links).highlighted
        return self._runs[place] if place is not None and place < len(self._runs) else None

    def _request_of(self, run: Run) -> Request:
        """Return a run's request, as of today.

        Raises:
            WrongUse: it can no longer be asked.
        """
        return request_of(run, self.partner.as_of, self._own_fields)

    def on_button_pressed(self) -> None:
        """Run a report."""
        run_a_report(self.partner)

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
            self.partner.show_report(self._request_of(run))
        except Fault as fault:
            self.partner.show_fault(fault)

    def action_run_again(self) -> None:
        """Open Generate Report with the run's choices; for a table that is no report, Export."""
        run = self._chosen()
        if run is None:
            return
        try:
            request = self._request_of(run)
        except Fault as fault:
            self.partner.show_fault(fault)
        else:
            if request.report in REPORTS:
                run_a_report(self.partner, choices=Choices.of(request, run.format))
            else:
                ask_and_export(self.partner, request, run.format)

    def action_show_path(self) -> None:
        """Show where the file is."""
        from tui.dialogues.delivery import DeliveryScreen

        run = self._chosen()
        if run is None:
            return
        if run.path is None:
            self.partner.toast("This run wrote no file.")
            return
        state = "" if is_there(Path(run.path)) else "The file is no longer there."
        self.app.push_screen(DeliveryScreen(Path(run.path), [state] if state else [], title="Where the file is"))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a run only where there is one."""
        return bool(self._runs) if action in ("open_row", "run_again", "show_path") else True


def _line(run: Run, own_fields: Sequence[Field]) -> Line:
    """Return how a run ended, when it was, of what, and what came of it."""
    ended = OUTCOMES.get(run.outcome, run.outcome)
    when = in_style(f"{local(run.started_at):%Y-%m-%d %H:%M}")
    rows = "" if run.row_count is None else f"{run.row_count:,}"
    what = run.format.upper() if run.format != SCREEN else "viewed"
    asked = in_style(run_words(run, own_fields))
    file = Path(run.path).name if run.path else ""
    who = by_words(run.by, run.sudo_by) if run.by and is_another(run.by, run.sudo_by) else ""
    by = f"schedule {run.schedule}" if run.schedule else who
    said = [title_of(run), asked, file or run.message or "", by]
    return Line((ended, when, title_of(run), rows, what, asked, file, by), " · ".join(filter(None, said)))
