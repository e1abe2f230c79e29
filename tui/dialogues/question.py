"""A dialogue that asks something."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from tui.dialogues.modal import Modal
from tui.safe_text import plain_lines
from tui.widgets.key_bar import KeyBar


class QuestionScreen(Modal[str]):
    """Asks a question with a few answers; the first is the one that Enter gives."""

    def __init__(self, title: str, text: str, answers: dict[str, str]) -> None:
        """Take a title of our own words, a text of anybody's, and the answers: what is returned, and its label."""
        super().__init__()
        self._title, self._text, self._answers = title, text, answers

    def compose(self) -> ComposeResult:
        """Lay out text and buttons."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            with VerticalScroll(classes="message", can_focus=False):
                yield Static(plain_lines(self._text))
            with Horizontal(classes="buttons"):
                for place, (answer, label) in enumerate(self._answers.items()):
                    yield Button(label, id=answer, variant="default" if place else "primary", compact=True)
        yield KeyBar()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer."""
        self.dismiss(event.button.id)
