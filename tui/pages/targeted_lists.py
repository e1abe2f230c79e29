"""Targeted lists: whom the vendor advises partners to write to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.reports.catalogue import find_report
from tui.choices import Choices
from tui.commands import bindings
from tui.pages.page import Page
from tui.widgets.lines import Lines

INTRODUCTION = (
    "Pick the customers, then write to them: each list narrows Managed Account Details. View it, or write it as CSV and"
    " upload that to your own account."
)


@dataclass(frozen=True, slots=True)
class _List:
    title: str
    help: str
    status: str = "O"
    filters: dict[str, Any] = field(default_factory=dict)


LISTS = (
    _List("No list", "open accounts without a single contact", filters={"no_list": True}),
    _List("A list of a certain size", "open accounts by number of contacts", filters={"list_size": "500-2500"}),
    _List("Never logged in", "open accounts of which no login is known", filters={"never_logged_in": True}),
    _List("Never sent a campaign", "open accounts that have sent nothing yet", filters={"never_sent": True}),
    _List("Expired trials", "to make them an offer", status="E"),
)


class TargetedListsPage(Page):
    """The built-in lists; each opens Generate Report with its filter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("targets")
    name_in_menu = "targets"

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        yield Static("Targeted lists", classes="title page-title")
        yield Static(INTRODUCTION, classes="page-title", markup=False)
        lines = Lines(classes="-keeps")
        lines.add_options(Option(Content.assemble((one.title, "bold"), (f"\n{one.help}", "dim"))) for one in LISTS)
        yield lines

    def come_forward(self) -> None:
        """Let the arrows choose."""
        self.query_one(Lines).focus()

    def action_open(self) -> None:
        """Open the highlighted list."""
        self.query_one(Lines).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open Generate Report with the list's filter."""
        from tui.screens.generate_report import GenerateReport

        one = LISTS[event.option_index]
        report = find_report("managed-account-details")
        choices = Choices(report=report.id, status=one.status, format="csv", **one.filters)
        self.app.push_screen(GenerateReport(choices))
