"""My accounts: every account; what is typed above the table narrows it, and Enter shows one account whole."""

from __future__ import annotations

from dataclasses import replace
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
from tui.commands.bindings import bindings
from tui.pages.report import ReportPage
from tui.partner import Partner
from tui.widgets.field import Field

PAUSE = 0.15
"""Seconds without a key before the accounts are looked through."""


class FindField(Field):
    """Narrows the table below; Enter and the arrow go there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")
    HELP = "Some letters of an id, user name, company, contact or e-mail address; several words must all be found."

    def action_to_table(self) -> None:
        """Go to the rows."""
        self.screen.query_one(MyAccountsPage).table.focus()

    def action_clear(self) -> None:
        """Show all rows, and go there."""
        self.value = ""
        self.action_to_table()


class MyAccountsPage(ReportPage):
    """The table of all accounts: a report's page, kept in the menu."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("accounts")
    name_in_menu = "accounts"
    _condition = ""
    """What the field above the table asks for."""
    _pause: Timer | None = None

    @classmethod
    def made_for(cls, app: Partner) -> Self:
        """Return the page as of the application's day."""
        return cls(ask(MY_ACCOUNTS, app.as_of))

    async def come_forward(self) -> None:
        """Take the focus, and look again as of the application's day, which is another one after midnight."""
        self.request = replace(self.request, as_of=self.partner.as_of)
        await super().come_forward()

    def compose(self) -> ComposeResult:
        """Lay out the field and the table."""
        with Horizontal(id="find-row"):
            yield Label("Find")
            yield FindField("", "press w and type: id, name, company or e-mail", id="find", max_length=200)
        yield from super().compose()

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
        now = self.history.now
        others = tuple(where for where in now.where if where != before)
        where = (*others, self._condition) if self._condition else others
        try:  # no step to undo: the field itself says what is asked for
            self.go_over(replace(self.history, now=replace(now, where=where)))
        except Fault as fault:
            self.partner.toast(str(fault), is_fault=True)
