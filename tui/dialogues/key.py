"""A dialogue that takes the next key pressed for a command."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from core.errors import WrongUse
from tui.commands.definitions import COMMANDS, PLACES, Command
from tui.commands.key_words import key_name, shown_key, shown_keys
from tui.commands.keymap import look_through
from tui.dialogues.modal import Modal

CLEARING = ("backspace", "delete")
LEAVE = next(command for command in COMMANDS if command.id == "modal.leave")


class KeyScreen(Modal[str]):
    """Answers with the key that was pressed, if the command can have it; with '' for the usual ones."""

    def __init__(self, command: Command, now: str) -> None:
        """Ask for a key for `command`, which has the keys `now`."""
        super().__init__()
        self._command, self._now = command, now

    def compose(self) -> ComposeResult:
        """Lay out what is asked, and where a fault is said."""
        command = self._command
        with Vertical(classes="box") as box:
            box.border_title = "Keys"
            yield Static(Content.assemble("Press the new key for ", (command.title, "bold"), "."))
            yield Static(f"{PLACES[command.place].title}: {command.help}", classes="dim", markup=False)
            yield Static(f"Now: {shown_keys(self._now)}   usual: {command.key_words}", classes="dim", markup=False)
            yield Static(id="fault", classes="fault")
            leave, usual = self.partner.key_of("modal.leave"), shown_key(CLEARING[0])
            yield Static(f"{usual}: the usual keys again   {leave}: leave", classes="dim", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the key, unless it means something else already."""
        if event.key in self.partner.keymap.keys_of(LEAVE).split(","):
            return
        event.stop()
        event.prevent_default()
        if event.key in CLEARING:
            self.dismiss("")
            return
        try:
            key = key_name(event.key)
            faults = look_through({**self.partner.settings.keys, self._command.id: key}).faults
            if self._command.id in faults:
                raise faults[self._command.id]
        except WrongUse as wrong:
            self.query_one("#fault", Static).update(self.partner.fault_lines(wrong))
        else:
            self.dismiss(key)
