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

_AROUND = 5
"""Lines of the screen that are no answers: the frame, the question of up to two lines, the keys."""


class PickScreen(Modal[str]):
    """Answers with the key of what was picked."""

    def __init__(self, question: str, answers: Mapping[str, str], present: str | None = None) -> None:
        """Take a question of anybody's words, the answers (key and label), and the one that the cursor begins at."""
        super().__init__()
        self._question, self._answers, self._present = question, answers, present

    def compose(self) -> ComposeResult:
        """Lay out question and answers."""
        with Vertical(classes="box"):
            yield Static(plain(self._question, "bold"))
            lines = Lines()
            lines.add_options(Option(plain(label), id=key) for key, label in self._answers.items())
            if self._present is not None and self._present in self._answers:
                lines.highlighted = list(self._answers).index(self._present)
            yield lines
        yield KeyBar()

    def on_resize(self) -> None:
        """Keep the question in sight above however many answers."""
        self.query_one(Lines).styles.max_height = max(3, self.size.height - _AROUND)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(event.option.id)
