"""A line at the foot of a page that asks for a filter, a search text or a row number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from core.errors import Fault
from tui.plain import plain_lines
from tui.widgets.field import Field

MAX_LENGTH = 20_000


class AskLine(Vertical):
    """Hidden until it asks; Enter answers, Escape leaves. What is typed is checked as it is typed."""

    DEFAULT_CSS = """
    AskLine { height: auto; display: none; margin-top: 1; }
    AskLine.-asking { display: block; }
    AskLine > .row { height: 1; layout: horizontal; }
    AskLine Label { width: auto; padding-right: 1; text-style: bold; }
    AskLine Input { width: 1fr; }
    AskLine .fault { height: auto; max-height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", key_display="esc"),
    ]

    @dataclass
    class Answered(Message):
        """Enter was pressed on a text that passed its check."""

        topic: str
        text: str

    @dataclass
    class Left(Message):
        """The line went away, answered or not."""

    def __init__(self) -> None:
        super().__init__()
        self._topic = ""
        self._check: Callable[[str], object] = str

    def compose(self) -> ComposeResult:
        """Lay out prompt, field and message."""
        with Vertical(classes="row"):
            yield Label(markup=False)
            yield Field(max_length=MAX_LENGTH)
        yield Static(classes="fault", markup=False)

    def ask(self, topic: str, prompt: str, text: str, placeholder: str, check: Callable[[str], object]) -> None:
        """Ask for a text; `check` raises a Fault for one that will not do."""
        self._topic, self._check = topic, check
        self.query_one(Label).update(prompt)
        field = self.query_one(Input)
        field.placeholder = placeholder
        field.value = text
        self.add_class("-asking")
        field.focus()
        field.action_end()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what is typed."""
        event.stop()
        self._complain(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, if the text will do."""
        event.stop()
        if self._complain(event.value):
            return
        self.action_leave()
        self.post_message(self.Answered(self._topic, event.value.strip()))

    def action_leave(self) -> None:
        """Go away."""
        self.remove_class("-asking")
        self.post_message(self.Left())

    def _complain(self, text: str) -> bool:
        """Show what is wrong with a text, and return whether anything is."""
        message = ""
        try:
            if text.strip():
                self._check(text)
        except Fault as fault:
            message = str(fault)
        self.query_one(".fault", Static).update(plain_lines(message))
        return bool(message)
