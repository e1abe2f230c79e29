"""A line to type in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import Input

from core.text.terminal_text import neutral
from tui.commands.bindings import bindings
from tui.widgets.ordered_keys import actions_of, carry_out


class Field(Input):
    """One line without a border; nothing in it blinks, and nothing pasted into it acts on the terminal (fault H16)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("field")

    # Enter goes the usual way: each kind of field has its own use for it.
    at_once = {key: action for key, action in actions_of(Input.BINDINGS).items() if key != "enter"}

    def __init__(self, value: str = "", hint: str = "", *, id: str | None = None, max_length: int = 4096) -> None:
        """Begin with `value`; `hint` stands there while it is empty."""
        super().__init__(value, hint, id=id, max_length=max_length, compact=True, select_on_focus=False)
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Carry out what is done in its turn with what is typed before and behind it."""
        await carry_out(self, event, self.at_once)

    def on_paste(self, event: events.Paste) -> None:
        """Say so where the field would leave out what is too long for it."""
        room = self.max_length - len(self.value) if self.max_length else len(event.text)
        if len(event.text.partition("\n")[0]) > room + len(self.selected_text):
            event.stop()
            event.prevent_default()
            self.app.notify(f"That is too long to paste here: {room:,} characters have room.", severity="error")

    def validate_value(self, value: str) -> str:
        """Take only what can be shown: each character becomes one that is harmless."""
        return neutral(value)
