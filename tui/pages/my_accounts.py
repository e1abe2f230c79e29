"""My accounts: every account; what is typed above the table narrows it, and Enter shows one account whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Label

from core.account import account_like
from core.errors import Fault
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS
from core.reports.report import Report
from tui.commands.bindings import bindings
from tui.pages.page import Page
from tui.pages.report_view import ReportView
from tui.partner import Partner
from tui.widgets.field import Field

PAUSE = 0.15
"""Seconds without a key before the accounts are looked through."""


class FindField(Field):
    """Narrows the table below; Enter and the arrow go there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")
    HELP = "Some letters of an id, username, company, contact or email address; several words must all be found."

    def action_to_table(self) -> None:
        """Go to the rows."""
        self.screen.query_one(MyAccountsPage).shown.table.focus()

    def action_clear(self) -> None:
        """Show all rows, and go there."""
        self.value = ""
        self.action_to_table()


class MyAccountsPage(Page):
    """The report of all accounts below the field that narrows it; kept in the menu."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("accounts")
    is_wide = True
    name_in_menu = "accounts"

    def __init__(self, as_of: date) -> None:
        """Show the accounts as of a day."""
        super().__init__()
        self.shown = ReportView(ask(MY_ACCOUNTS, as_of))
        """The report, as it is looked at."""
        self._condition = ""
        """What the field above the table asks for."""
        self._pause: Timer | None = None

    @classmethod
    def made_for(cls, app: Partner) -> Self:
        """Return the page as of the application's day."""
        return cls(app.as_of)

    @property
    def report(self) -> Report:
        """The report shown."""
        return self.shown.session.report

    def compose(self) -> ComposeResult:
        """Lay out the field and the table."""
        key = self.partner.key_of("accounts.find")
        with Horizontal(id="find-row"):
            yield Label("Find")
            yield FindField("", f"press {key} and type: id, name, company or email", id="find", max_length=200)
        yield self.shown

    async def come_forward(self) -> None:
        """Let the report take the focus, as of the application's day, which is another one after midnight."""
        self.shown.session.ask_as_of(self.partner.as_of, self.partner.database.known_on)
        await self.shown.come_forward()

    def action_find(self) -> None:
        """Let the person type."""
        self.screen.set_focus(self.query_one(FindField))  # at once, for what is typed right behind

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look through the accounts after a pause."""
        if event.input.id == "find":
            event.stop()
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._narrow)

    def _narrow(self) -> None:
        """Show the accounts that the field asks for, beside what else the rows are filtered by."""
        before, self._condition = self._condition, account_like(self.query_one(FindField).value)
        history = self.shown.session.history
        others = tuple(where for where in history.now.where if where != before)
        where = (*others, self._condition) if self._condition else others
        try:  # no step to undo: the field itself says what is asked for
            self.shown.go_over(replace(history, now=replace(history.now, where=where)))
        except Fault as fault:
            self.partner.toast_fault(fault)
