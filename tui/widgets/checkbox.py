"""Something that is on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.commands.bindings import bindings
from tui.widgets.ordered_keys import actions_of, carry_out


class Checkbox(Widget, can_focus=True):
    """A box with a word: [x] when it is on, whatever the colours."""

    DEFAULT_CSS = """
    Checkbox { height: 1; width: auto; margin-right: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("checkbox")
    at_once = actions_of(BINDINGS)

    value: reactive[bool] = reactive(False)
    """Whether it is on."""

    @dataclass
    class Changed(Message):
        """It was flipped."""

        checkbox: Checkbox

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        checkbox: Checkbox

    def __init__(self, word: str, value: bool = False, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._word = word
        self.set_reactive(Checkbox.value, value)

    async def on_key(self, event: events.Key) -> None:
        """Carry out what is done in its turn with what is typed before and behind it."""
        await carry_out(self, event, self.at_once)

    def render(self) -> Content:
        """Return the box and the word."""
        style = "bold reverse" if self.has_focus else ""
        return Content.assemble((f"[{'x' if self.value else ' '}] {self._word}", style))

    def action_flip(self) -> None:
        """Turn it on or off."""
        self.value = not self.value

    def action_submit(self) -> None:
        """Do the obvious thing: what that is, the dialogue knows."""
        self.post_message(self.Submitted(self))

    def watch_value(self) -> None:
        """Tell that it was flipped."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def on_click(self) -> None:
        """Turn it on or off."""
        self.action_flip()
