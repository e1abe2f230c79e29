"""A dialogue that tells something."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from tui.dialogues.modal import Modal
from tui.safe_text import plain, plain_lines
from tui.widgets.key_bar import KeyBar


class MessageScreen(Modal[None]):
    """Shows plain lines under a title until it is closed."""

    def __init__(self, title: str, text: str) -> None:
        """Take a title and a text, both of anybody's words."""
        super().__init__()
        self._title, self.text = title, text

    def compose(self) -> ComposeResult:
        """Lay out text and button."""
        with Vertical(classes="box") as box:
            box.border_title = plain(self._title)
            with VerticalScroll(classes="message", can_focus=False):
                yield Static(plain_lines(self.text))
            with Horizontal(classes="buttons"):
                yield Button("Close", variant="primary", compact=True)
        yield KeyBar()

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)


class FaultScreen(MessageScreen):
    """Tells what is wrong and what to do."""

    def __init__(self, text: str) -> None:
        """Take the words of a fault."""
        super().__init__("That did not work", text)
