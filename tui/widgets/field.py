"""A line to type in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from core.neutral import neutral

_EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
    if key != "enter"
}
"""What Textual's own keys do in a field. Enter goes the usual way: each kind of field has its own use for it."""


class Field(Input):
    """One line without a border; nothing in it blinks, and nothing pasted into it acts on the terminal (fault H16)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Go on", key_display="enter"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    at_once: ClassVar[dict[str, str]] = _EDITING
    """Keys and actions that are carried out in their turn with what is typed before and behind them."""

    def __init__(self, value: str = "", hint: str = "", *, id: str | None = None, max_length: int = 4096) -> None:
        """Begin with `value`; `hint` stands there while it is empty."""
        super().__init__(value, hint, id=id, max_length=max_length, compact=True, select_on_focus=False)
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Carry out editing keys here and now.

        As bindings they are carried out by the application, later than what is typed right behind them, and keys come
        together on slow lines.
        """
        action = self.at_once.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def validate_value(self, value: str) -> str:
        """Take only what can be shown: each character becomes one that is harmless."""
        return neutral(value)
