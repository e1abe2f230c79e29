"""Whose account at the vendor somebody is logged in to, with Log in and Log out."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from core.errors import Fault
from core.vendor.credentials import CredentialsFile
from tui import vendor_work
from tui.background import find
from tui.partner import partner_of
from tui.safe_text import plain_lines

NOBODY = "Nobody is logged in. Uploads of targeted lists need it, and ask for it."
ASKING = "Asking Constant Contact whose account it is …"


class LoginBox(Vertical):
    """Says who is logged in. Whose account that is, the vendor is asked, beside the screen."""

    DEFAULT_CSS = """
    LoginBox { height: auto; margin-bottom: 1; }
    LoginBox > Label { text-style: bold; }
    LoginBox > Static { margin-left: 2; height: auto; }
    LoginBox > Horizontal { margin-left: 2; height: auto; }
    LoginBox Button { margin-right: 2; }
    """

    HELP = "Your account at Constant Contact, for uploads: {settings.log_in} logs in, {settings.log_out} logs out."

    def __init__(self) -> None:
        super().__init__(id="login")
        self.is_logged_in = False

    def compose(self) -> ComposeResult:
        """Lay out who, and the buttons."""
        yield Label("Constant Contact", markup=False)
        yield Static(NOBODY, id="who", markup=False)
        with Horizontal():
            yield Button("Log in", id="log-in", compact=True)
            yield Button("Log out", id="log-out", compact=True)

    def on_mount(self) -> None:
        """Offer to log in until it is known that somebody is."""
        self._show(NOBODY, is_logged_in=False)

    def look(self) -> None:
        """Find out who is logged in, which takes the vendor's answer where somebody is."""
        if not self.is_logged_in and CredentialsFile().path.exists():
            self.query_one("#who", Static).update(ASKING)
        find(self, "who", vendor_work.who, self._known, self._not_known)

    def _known(self, who: str | None) -> None:
        self._show(f"Logged in to the account of {who}." if who else NOBODY, is_logged_in=who is not None)

    def _not_known(self, fault: Fault) -> None:
        self._show(f"! {partner_of(self).fault_words(fault)}", is_logged_in=True)

    def _show(self, words: str, *, is_logged_in: bool) -> None:
        self.is_logged_in = is_logged_in
        self.query_one("#who", Static).update(plain_lines(words))
        self.query_one("#log-out", Button).display = is_logged_in
        self.screen.refresh_bindings()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        event.stop()
        if event.button.id == "log-in":
            self.log_in()
        else:
            self.log_out()

    def log_in(self) -> None:
        """Log in, in place of who is."""
        from tui.dialogues.login import LoginScreen

        def answered(words: str | None) -> None:
            if words:
                partner_of(self).toast(words)
            self.look()

        self.app.push_screen(LoginScreen(), answered)

    def log_out(self) -> None:
        """Ask, then forget the login."""
        from tui.dialogues.question import QuestionScreen

        def answered(answer: str | None) -> None:
            if answer == "out":
                find(self, "logging out", vendor_work.log_out, self._logged_out, partner_of(self).show_fault)

        question = "The login is deleted here. Uploads ask for a new one, with a code as before."
        asked = QuestionScreen("Log out of Constant Contact?", question, {"leave": "Cancel", "out": "Log out"}, "out")
        self.app.push_screen(asked, answered)

    def _logged_out(self, was_logged_in: bool) -> None:
        partner_of(self).toast("Logged out." if was_logged_in else "Nobody was logged in.")
        self.look()
