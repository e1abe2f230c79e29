"""Generate Report: choose a report and what narrows it, then view it or write it to a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, Label, Static

from core.conditions.example import example
from core.database import check_accounts
from core.errors import Fault, WrongUse
from core.last_choices import Choices, load_choices, save_choices
from core.query.parameters import Parameter
from core.query.query import Query
from core.query.request import Request
from core.reports.catalogue import PARAMETERS, PORTAL_REPORTS, REPORTS, find_report
from core.reports.report import Report
from core.text.vocabulary import count_of
from core.work import Work
from exporters.formats import FORMATS
from tui.background import Failed, start
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain_lines
from tui.widgets.checkbox import Checkbox
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

MENU_FORMATS = [format_ for format_ in FORMATS if format_.id != "json"]
"""The four words of the vendor's menu; JSON is for programs."""
ROWS = {
    title: [parameter for parameter in PARAMETERS if parameter.title == title]
    for title in dict.fromkeys(parameter.title for parameter in PARAMETERS)
}
"""The parameters of all reports by their titles: those of one title stand in one line."""
PAUSE = 0.15
"""Seconds without a key before rows are counted."""


class ToRun(NamedTuple):
    """The answer: what is to be shown, or written."""

    request: Request
    file_format: str
    """The id of the format to write; '' to show it."""


def row_of(parameter: Parameter) -> str:
    """Return the id of the line that begins with a parameter."""
    return f"{parameter.name}-row"


class GenerateReport(Modal[ToRun]):
    """Answers with what to run. All that is typed is checked at once; Enter in a field views, once all of it fits."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("generate")

    @dataclass
    class Counted(Message):
        """How many rows a request has."""

        request: Request
        rows: int

    def __init__(self, choices: Choices | None = None, *, report: Report | None = None) -> None:
        """Begin with these choices, by default the last ones; `report` chooses another report."""
        super().__init__()
        choices = choices or load_choices()
        self._choices = replace(choices, report=report.id) if report else choices
        self._request: Request | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields, in the order of the vendor's menu."""
        choices = self._choices
        with Vertical(classes="box") as box:
            box.border_title = "Generate Report"
            with VerticalScroll(id="form", can_focus=False):
                with Horizontal(classes="field"):
                    yield Label("Select a Report")
                    place = [report.id for report in REPORTS].index(choices.report)
                    titles = [report.title for report in REPORTS]
                    heads = {0: "The portal's", len(PORTAL_REPORTS): "Beyond the portal"}
                    yield Choice(titles, place, is_column=True, heads=heads, id="report")
                yield Static(id="about", classes="dim beside", markup=False)
                for title, parameters in ROWS.items():
                    needed = " needed" * any(parameter.is_needed for parameter in parameters)
                    with Horizontal(classes="field parameter" + needed, id=row_of(parameters[0])):
                        yield Label(title)
                        for parameter in parameters:
                            yield from self._field_of(parameter)
                with Horizontal(classes="field", id="where-row"):
                    yield Label("Only rows where")
                    yield Field(choices.where, id="where", max_length=20_000)
                with Horizontal(classes="field", id="known-row"):
                    yield Label("As known on")
                    yield Field(choices.known_on, "now; or a day, as YYYY-MM-DD", id="known_on", max_length=40)
                yield Static(id="fault", classes="fault beside", markup=False)
                with Horizontal(classes="field"):
                    yield Label("Download Report to")
                    ids = [format_.id for format_ in MENU_FORMATS]
                    chosen = ids.index(choices.format) if choices.format in ids else 0
                    yield Choice([format_.label for format_ in MENU_FORMATS], chosen, id="format")
            with Horizontal(classes="buttons"):
                yield Static(id="rows", markup=False)
                yield Button("View", id="view", variant="primary", compact=True)
                yield Button("Generate Report", id="generate", compact=True)
        yield KeyBar()

    def _field_of(self, parameter: Parameter) -> ComposeResult:
        """Lay out what a parameter is given by."""
        chosen = self._choices.given.get(parameter.name, "")
        if parameter.is_switch:
            yield Checkbox(parameter.short, bool(chosen), id=parameter.name)
            return
        yield Field(str(chosen), parameter.example, id=parameter.name, max_length=parameter.most)
        yield Static(parameter.note, classes="dim", markup=False)

    def on_mount(self) -> None:
        """Begin on the report."""
        self.query_one("#report").focus()
        self._look()

    # What is chosen

    def _read(self) -> Choices:
        return Choices(
            report=REPORTS[self.query_one("#report", Choice).chosen].id,
            given={parameter.name: self._given(parameter) for parameter in PARAMETERS},
            where=self.query_one("#where", Input).value.strip(),
            known_on=self.query_one("#known_on", Input).value.strip(),
            format=MENU_FORMATS[self.query_one("#format", Choice).chosen].id,
        )

    def _given(self, parameter: Parameter) -> str | bool:
        if parameter.is_switch:
            return self.query_one(f"#{parameter.name}", Checkbox).value
        return self.query_one(f"#{parameter.name}", Input).value.strip()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Show what the chosen report has."""
        if event.choice.id == "report":
            self._look()

    def on_input_changed(self) -> None:
        """Check what is typed."""
        self._look()

    def on_checkbox_changed(self) -> None:
        """Count again."""
        self._look()

    def _look(self) -> None:
        """Check the choices, show what is wrong, and have the rows counted after a pause."""
        choices = self._read()
        report = find_report(choices.report)
        self.query_one("#about", Static).update(report.help)
        for parameters in ROWS.values():
            is_wanted = any(parameter in report.parameters for parameter in parameters)
            self.query_one(f"#{row_of(parameters[0])}").display = is_wanted
        self.query_one("#where-row").display = report.is_list
        self.query_one("#known-row").display = report.has_past
        self.query_one("#where", Input).placeholder = example(report.columns)
        fault = ""
        self._request = None
        try:
            self._request = choices.request(self.partner.as_of)
        except WrongUse as wrong:
            fault = "" if self._missing() else self.partner.fault_words(wrong)
        self.query_one("#fault", Static).update(plain_lines(fault))
        self._say_rows("counting …" if self._request else "")
        for button in self.query(Button):
            button.disabled = self._request is None
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._count) if self._request else None

    # How many rows

    def _count(self) -> None:
        request, database = self._request, self.partner.database
        if request is None:
            return

        def work(under_way: Work) -> int:
            with database.reading(under_way) as connection:
                check_accounts(connection)
                return Query(connection, request).count()

        start(self, "count", work, lambda rows: self.Counted(request, rows))

    def on_generate_report_counted(self, event: Counted) -> None:
        """Say how many rows there will be."""
        if event.request is self._request:
            self._say_rows(count_of(event.rows, "row"))

    def on_failed(self, event: Failed) -> None:
        """Say here why rows cannot be counted."""
        event.stop()
        self._say_rows("")
        self.query_one("#fault", Static).update(self.partner.fault_lines(event.fault))

    def _say_rows(self, text: str) -> None:
        self.query_one("#rows", Static).update(Content(text))

    # Going on

    def on_choice_submitted(self, event: Choice.Submitted) -> None:
        """From the report go on to the status, or where none is missing to the buttons; from the format write."""
        if event.choice.id == "format":
            self.action_generate()
        else:
            missing = self._missing()
            self.query_one(f"#{missing.name}" if missing else "#view").focus()

    def on_checkbox_submitted(self) -> None:
        """View, if all of it fits."""
        self.action_view()

    def _missing(self) -> Parameter | None:
        """Return the parameter that the report needs and that is not given yet, if there is one."""
        choices = self._read()
        needed = (parameter for parameter in find_report(choices.report).parameters if parameter.is_needed)
        return next((parameter for parameter in needed if not choices.given[parameter.name]), None)

    def on_input_submitted(self) -> None:
        """View, if all of it fits."""
        self.action_view()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "view":
            self.action_view()
        else:
            self.action_generate()

    def action_view(self) -> None:
        """Have the report's page shown."""
        request = self._settled()
        if request is not None:
            self.dismiss(ToRun(request, ""))

    def action_do_it(self) -> None:
        """Write the file."""
        self.action_generate()

    def action_generate(self) -> None:
        """Have the file written."""
        request = self._settled()
        if request is not None:
            self.dismiss(ToRun(request, self._read().format))

    def _settled(self) -> Request | None:
        """Return the request, remembered for the next time; None where something does not fit yet."""
        choices = self._read()
        try:
            request = choices.request(self.partner.as_of)
        except Fault as fault:
            self.query_one("#fault", Static).update(self.partner.fault_lines(fault))
            if missing := self._missing():
                self.query_one(f"#{missing.name}", Input).focus()
            return None
        save_choices(choices)
        return request
