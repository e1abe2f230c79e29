"""A dialogue to pick one of several things."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Lines


class PickScreen(Modal[str]):
    """Answers with the key of what was picked."""

    def __init__(self, question: str, answers: Mapping[str, str]) -> None:
        """Take a question of anybody's words, and the answers: key and label."""
        super().__init__()
        self._question, self._answers = question, answers

    def compose(self) -> ComposeResult:
        """Lay out question and answers."""
        with Vertical(classes="box"):
            yield Static(plain(self._question, "bold"))
            lines = Lines()
            lines.add_options(Option(plain(label), id=key) for key, label in self._answers.items())
            yield lines
        yield KeyBar()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(event.option.id)
