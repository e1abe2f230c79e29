"""Logging in at the vendor: an address and a code, and waiting until somebody has typed it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from core.clock import local
from core.errors import Fault
from core.work import Work
from tui import vendor_work
from tui.background import Failed, find, start
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain_lines
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from core.vendor.login import DeviceCode

WORK = "login"
WHICH = (
    "Which application at Constant Contact is this? Make one on its developer pages, for the device flow, and copy its"
    " API key here: that is its client id."
)


class LoginScreen(Modal[str]):
    """Answers with whose account it is, in a sentence, once somebody has logged in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("login")

    @dataclass
    class Given(Message):
        """The vendor gave a code."""

        code: DeviceCode
        was_open: bool
        """Whether the folder of the login was open to others before."""

    @dataclass
    class LoggedIn(Message):
        """Somebody has typed it."""

        words: str

    def __init__(self) -> None:
        super().__init__()
        self._code: DeviceCode | None = None

    def compose(self) -> ComposeResult:
        """Lay out what is said, the client id, and the button."""
        with Vertical(classes="box") as box:
            box.border_title = "Log in at Constant Contact"
            yield Static(id="said", markup=False)
            with Horizontal(id="client", classes="field"):
                yield Label("Client id")
                yield Field(hint="such as 0a1b2c3d-…", id="client-id")
            with Horizontal(classes="buttons"):
                yield Button("Log in", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the client id that was used before."""
        self._may_begin(False)
        find(self, "client id", lambda _: vendor_work.known_client_id(), self._known, self._say_fault)

    def _known(self, client_id: str) -> None:
        self.query_one("#client-id", Field).value = client_id
        if client_id:
            self._begin()
        else:
            self._may_begin(True)
            self._say(WHICH)

    # Waiting

    def on_input_submitted(self) -> None:
        """Ask for a code."""
        self._begin()

    def on_button_pressed(self) -> None:
        """Ask for a code."""
        self._begin()

    def _begin(self) -> None:
        client_id = self.query_one("#client-id", Input).value.strip()
        if not client_id:
            return
        self._may_begin(False)
        self._say("Asking for a code …")

        def work(under_way: Work) -> str:
            under_way.what = "The login"
            return vendor_work.log_in(client_id, under_way, lambda *given: self.post_message(self.Given(*given)))

        start(self, WORK, work, self.LoggedIn)

    def on_login_screen_given(self, event: Given) -> None:
        """Show the address and the code."""
        code = self._code = event.code
        esc, copy = self.partner.key_of("modal.leave"), self.partner.key_of("login.copy_address")
        ends_at = local(datetime.fromtimestamp(code.ends_at, UTC))
        lines = [
            "Open this address with any browser, on any machine:",
            f"  {code.address}",
            "and type this code there:",
            f"  {code.code}",
            "",
            f"Waiting until that is done, until {ends_at:%H:%M} at the latest."
            f" {copy} copies the address, {esc} leaves.",
        ]
        if event.was_open:
            lines.append("The folder of the login was open to others on this machine, and is yours alone now.")
        self._say("\n".join(lines))
        self.refresh_bindings()

    def on_login_screen_logged_in(self, event: LoggedIn) -> None:
        """Answer."""
        self.dismiss(event.words)

    def on_failed(self, event: Failed) -> None:
        """Say why nobody is logged in."""
        event.stop()
        self._say_fault(event.fault)

    def action_copy_address(self) -> None:
        """Send the address to the clipboard, with the code in it where the vendor gives such a one."""
        if self._code is not None:
            self.partner.copy_text(self._code.whole_address or self._code.address)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer the address once there is one."""
        return self._code is not None if action == "copy_address" else True

    def _say_fault(self, fault: Fault) -> None:
        self._may_begin(True)
        self._say(f"! {self.partner.fault_words(fault)}")

    def _may_begin(self, may: bool) -> None:
        """Offer to ask for a code, or not while one is waited for."""
        self._code = None
        self.query_one("#client").display = may
        button = self.query_one(Button)
        button.display, button.disabled = may, not may
        if not may:
            self.set_focus(None)
        else:
            (button if self.query_one("#client-id", Input).value else self.query_one("#client-id")).focus()
        self.refresh_bindings()

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(plain_lines(text))
