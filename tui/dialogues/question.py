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

    def __init__(self, title: str, text: str, answers: dict[str, str], deed: str | None = None) -> None:
        """Ask.

        Args:
            title: of our own words.
            text: of anybody's.
            answers: what is returned, and its label.
            deed: the answer that does what is asked about, which one key gives from anywhere; the first by default.
        """
        super().__init__()
        self._title, self._text, self._answers = title, text, answers
        self._deed = deed or next(iter(answers))

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

    def action_do_it(self) -> None:
        """Give the answer that does it."""
        self.dismiss(self._deed)
