"""A dialogue that asks for a name."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.plain import plain
from tui.screens.modal import Modal
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

MAX_LENGTH = 80


class NameScreen(Modal[str]):
    """Answers with what was typed, without blanks around it; Enter on an empty line answers with nothing."""

    def __init__(self, question: str, name: str = "") -> None:
        """Take a question of our own words, and the name to begin with."""
        super().__init__()
        self._question, self._first = question, name

    def compose(self) -> ComposeResult:
        """Lay out question and field."""
        with Vertical(classes="box"):
            yield Static(plain(self._question, "bold"))
            yield Field(self._first, id="name", max_length=MAX_LENGTH)
        yield KeyBar()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value.strip())
