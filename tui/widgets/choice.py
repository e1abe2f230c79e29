"""One of a few words, side by side: the arrows choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Shows its words in one line, the chosen one in brackets, so that colour is never the only sign."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    Choice:focus { background: $block-cursor-blurred-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", show=False),
        Binding("right,l,space", "move(1)", show=False),
        Binding("enter", "submit", show=False),
    ]

    chosen: reactive[int] = reactive(0)
    """The place of the chosen word."""

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """Where."""
            return self.choice

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """Where."""
            return self.choice

    def __init__(self, words: Sequence[str], chosen: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = words
        self.set_reactive(Choice.chosen, chosen)

    def render(self) -> Content:
        """Return the line."""
        style = "bold reverse" if self.has_focus else "bold"
        parts = [
            Content.styled(f"[{word}]", style) if place == self.chosen else Content(f" {word} ")
            for place, word in enumerate(self._words)
        ]
        return Content(" ").join(parts)

    def action_move(self, by: int) -> None:
        """Choose the next word, or the one before; the ends meet."""
        self.chosen = (self.chosen + by) % len(self._words)

    def action_submit(self) -> None:
        """Do the obvious thing: what that is, the dialogue knows."""
        self.post_message(self.Submitted(self))

    def watch_chosen(self) -> None:
        """Tell that another word was chosen."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the mouse."""
        x = 0
        for place, word in enumerate(self._words):
            x += cell_len(word) + 3
            if event.x < x:
                self.chosen = place
                return
