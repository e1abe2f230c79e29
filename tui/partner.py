"""What pages and dialogues know of the application: the accounts, the settings, and how to say and open something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.content import Content
from textual.dom import DOMNode

from core.database import Database, read_faults
from core.errors import Cancelled, Fault, Hint
from core.settings.settings import Settings
from core.text.terminal_text import neutral
from tui.commands.hint_words import hint_words
from tui.commands.keymap import KeyMap
from tui.jobs import Jobs
from tui.safe_text import plain_lines
from tui.terminal.clipboard import check_size, wrapped_for_between

if TYPE_CHECKING:
    from core.query.request import Request
    from tui.terminal.diff_driver import DiffDriver


class Partner(App[None]):
    """The application as pages and dialogues see it. What needs a screen, `tui.app.PartnerApp` carries out."""

    database: Database
    settings: Settings
    keymap: KeyMap
    as_of: date
    data_version: int = 0
    """Raised whenever the accounts change, so that pages know to look again."""
    terminal: DiffDriver | None = None
    """Takes sequences that draw nothing; None where there is no terminal, as in tests."""

    def __init__(self) -> None:
        """Begin without a job."""
        super().__init__()
        self.to_fetch: list[str] = []
        """Lines that fetch the files written over SSH: said whole on the plain terminal when the program ends."""
        self.jobs = Jobs(self, self.refresh_bindings, self._say_of_job)
        """Commands that write; the line of keys shows the one under way."""

    def _say_of_job(self, fault: Fault) -> None:
        if isinstance(fault, Cancelled):
            self.toast(fault.message)
        else:
            self.show_fault(fault)

    # Where to go

    async def open(self, page: str) -> None:
        """Show a page of the menu, by its name."""
        raise NotImplementedError

    def show_report(self, request: Request) -> None:
        """Show a report's page, as soon as what is under way is done."""
        raise NotImplementedError

    async def back(self) -> None:
        """Leave a report's page for the page before it; on a page of the menu, go to the menu."""
        raise NotImplementedError

    def open_demo(self) -> None:
        """Go on with the demo's accounts, in a database of their own."""
        raise NotImplementedError

    def key_of(self, command: str) -> str:
        """Return the key that a command has now, as texts name it."""
        return self.keymap.shown(command)

    # What has changed

    async def look(self) -> bool:
        """Notice midnight and what was imported elsewhere; return whether there are accounts, as far as is known."""
        raise NotImplementedError

    def accounts_changed(self) -> None:
        """Let every page look at the accounts again."""
        self.data_version += 1

    def settings_changed(self) -> None:
        """Let the settings in the file hold from now on.

        Raises:
            WorkFailed: they cannot be read.
        """
        raise NotImplementedError

    # What is said

    def hint_words(self, hint: Hint) -> str:
        """Return what a person may do, in the application's words and with the keys that there are."""
        return hint_words(hint, self.keymap)

    def fault_words(self, fault: Fault) -> str:
        """Return a fault in lines: what is wrong, then what to do."""
        return fault.said(self.hint_words)

    def fault_lines(self, fault: Fault) -> Content:
        """Return a fault for a widget: each line harmless."""
        return plain_lines(self.fault_words(fault))

    def toast_fault(self, fault: Fault) -> None:
        """Say what is wrong and what to do in passing."""
        self.toast(self.fault_words(fault), is_fault=True)

    def toast(self, text: str, *, is_fault: bool = False) -> None:
        """Say something in passing."""
        self.notify(
            "\n".join(map(neutral, text.splitlines())), severity="error" if is_fault else "information", markup=False
        )

    def show_fault(self, fault: Fault) -> None:
        """Say what is wrong and what to do."""
        raise NotImplementedError

    @contextmanager
    def showing_faults(self) -> Iterator[None]:
        """Say what goes wrong in the block, and go on."""
        try:
            with read_faults():
                yield
        except Fault as fault:
            self.show_fault(fault)

    # What goes to the terminal

    def copy_text(self, text: str) -> None:
        """Send text to the clipboard and say so."""
        try:
            check_size(text)
        except Fault as fault:
            self.toast_fault(fault)
        else:
            self.copy_to_clipboard(text)
            self.toast("Sent to the clipboard.")

    def copy_to_clipboard(self, text: str) -> None:
        """Send text to the terminal's clipboard, past what stands in between; fields too copy by this."""
        super().copy_to_clipboard(text)
        self.send(wrapped_for_between(text))

    def send(self, sequence: str) -> None:
        """Send a sequence that draws nothing to the terminal."""
        if self.terminal is not None:
            self.terminal.write(sequence)


def partner_of(node: DOMNode) -> Partner:
    """Return the application that a page, a dialogue or a part of one belongs to."""
    return cast(Partner, node.app)
