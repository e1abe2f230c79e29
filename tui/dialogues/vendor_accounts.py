"""From the vendor: a partner's accounts as the vendor lists them now, looked at before they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

from core.text.vocabulary import count_of
from core.work import Work
from tui import vendor_work
from tui.background import Failed, Progress, start, telling
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain, plain_lines
from tui.vendor_work import Listed
from tui.widgets.checkbox import Checkbox
from tui.widgets.key_bar import KeyBar

WORK = "vendor accounts"
ABOUT = (
    "Your accounts as Constant Contact lists them now. It is a complete list: accounts that it lacks are gone."
    " You see first what would be stored."
)


class VendorAccountsScreen(Modal[bool]):
    """Reads the accounts, says what an import of them would do, and stores them. Answers whether it stored any."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("vendor_accounts")

    @dataclass
    class LookedAt(Message):
        """The accounts were read; nothing is stored."""

        listed: Listed

    @dataclass
    class TakenIn(Message):
        """They are stored."""

        listed: Listed

    def __init__(self) -> None:
        super().__init__()
        self._is_working = False
        self._listed: Listed | None = None
        self._is_done = False

    def compose(self) -> ComposeResult:
        """Lay out what may be chosen, the place for what is said, and the button."""
        with Vertical(classes="box") as box:
            box.border_title = "From the vendor"
            yield Static(ABOUT, classes="about", markup=False)
            yield Checkbox("their plans too, which takes a request for each account", id="plans")
            yield Checkbox("import them even though so many are gone", id="accept-gone")
            with VerticalScroll(classes="message"):
                yield Static(id="statement", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Look", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with what may be chosen."""
        self.query_one("#accept-gone").display = False
        self.query_one(Button).focus()

    # Doing

    def on_checkbox_submitted(self) -> None:
        """Go on."""
        self.action_go_on()

    def on_button_pressed(self) -> None:
        """Go on."""
        self.action_go_on()

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Look anew where other things are asked for, and offer to import what may be."""
        if event.checkbox.id == "plans":
            self._listed = None
        self._show_button()

    def action_go_on(self) -> None:
        """Do what the button says: look, store what was looked at, or close."""
        if self._is_working:
            return
        if self._is_done:
            self.dismiss(True)
        elif self._listed is None:
            self._look()
        elif self._may_import(self._listed):
            self._store(self._listed)

    def _look(self) -> None:
        database, plans = self.partner.database, self.query_one("#plans", Checkbox).value
        self._begin("Asking the vendor …")

        def work(under_way: Work) -> Listed:
            return vendor_work.look_at_accounts(database, telling(self, under_way, "The import"), plans=plans)

        start(self, WORK, work, self.LookedAt)

    def _store(self, listed: Listed) -> None:
        database, accept_gone = self.partner.database, self.query_one("#accept-gone", Checkbox).value
        self._begin("Importing …")

        def work(under_way: Work) -> Listed:
            told = telling(self, under_way, "The import")
            return vendor_work.take_in(database, listed, told, accept_gone=accept_gone)

        start(self, WORK, work, self.TakenIn)

    # Said

    def on_vendor_accounts_screen_looked_at(self, event: LookedAt) -> None:
        """Say what would be stored, and offer it."""
        self._end()
        self._listed = event.listed
        self.query_one("#accept-gone").display = event.listed.report.looks_like_half
        self._say("\n".join(["Nothing is stored yet; this is what would happen:", *self._lines(event.listed)]))
        self._show_button()

    def on_vendor_accounts_screen_taken_in(self, event: TakenIn) -> None:
        """Say what was stored."""
        self._end()
        self._is_done = True
        for checkbox in self.query(Checkbox):
            checkbox.display = False
        self._say("\n".join(["✓ Imported.", *self._lines(event.listed)]))
        self.partner.accounts_changed()
        self._show_button()

    def _lines(self, listed: Listed) -> list[str]:
        faults = [f"! {self.partner.fault_words(listed.fault)}"] if listed.fault else []
        return [*faults, *listed.report.lines(self.partner.hint_words)]

    def on_progress(self, event: Progress) -> None:
        """Say how far it is."""
        if not self._is_working:
            return
        esc = self.partner.key_of("modal.leave")
        if event.waits_for:
            self._say(f"Waiting: {event.waits_for} is writing … ({esc} ends the wait)")
        else:
            self._say(f"{count_of(event.rows, 'account')} read … ({esc} stops; nothing is stored then)")

    def on_failed(self, event: Failed) -> None:
        """Say what went wrong; nothing was stored."""
        event.stop()
        self._end()
        self._say(f"! {self.partner.fault_words(event.fault)}")
        self._show_button()

    def action_leave(self) -> None:
        """Stop what is under way, of which nothing is stored; and close."""
        if self._is_working:
            self.workers.cancel_group(self, WORK)
            self.partner.toast("Stopped: nothing was changed.")
        self.dismiss(self._is_done)

    def _begin(self, words: str) -> None:
        self._is_working = True
        self._say(words)
        self._show_button()

    def _end(self) -> None:
        self._is_working = False

    def _may_import(self, listed: Listed) -> bool:
        report = listed.report
        is_wanted = not report.looks_like_half or self.query_one("#accept-gone", Checkbox).value
        return is_wanted and len(report.rejected) < report.read

    def _show_button(self) -> None:
        """Let the button say what it does next."""
        button, listed = self.query_one(Button), self._listed
        if self._is_done:
            button.label = "Close"
        elif listed is None:
            button.label = "Look"
        else:
            count = listed.report.read - len(listed.report.rejected)
            button.label = plain(f"Import {count_of(count, 'account')}")
        may = listed is None or self._is_done or self._may_import(listed)
        button.disabled = self._is_working or not may
        for checkbox in self.query(Checkbox):
            checkbox.disabled = self._is_working
        if not button.disabled and not isinstance(self.focused, Checkbox):
            button.focus()

    def _say(self, text: str) -> None:
        self.query_one("#statement", Static).update(plain_lines(text))
