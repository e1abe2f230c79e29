"""One of a few words: the arrows choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.commands.bindings import bindings
from tui.widgets.ordered_keys import actions_of, carry_out

CHOSEN, OTHER, GAP = "● ", "○ ", "   "


class Choice(Widget, can_focus=True):
    """Shows its words side by side, or one below the other, the chosen one with another sign than the rest."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")
    at_once = actions_of(BINDINGS)
    HELP = "One of a few: the arrows choose, {choice.first} and {choice.last} go to the first and the last."

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

    def __init__(
        self, words: Sequence[str], chosen: int = 0, *, is_column: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._words = words
        self._is_column = is_column
        self.set_reactive(Choice.chosen, chosen)

    async def on_key(self, event: events.Key) -> None:
        """Carry out what is done in its turn with what is typed before and behind it."""
        await carry_out(self, event, self.at_once)

    def render(self) -> Content:
        """Return the words."""
        return Content("\n" if self._is_column else GAP).join(map(self._word, range(len(self._words))))

    def _word(self, place: int) -> Content:
        if place != self.chosen:
            return Content(f"{OTHER}{self._words[place]}")
        style = "bold reverse" if self.has_focus else "bold"
        return Content.assemble((f"{CHOSEN}{self._words[place]}", style))

    def action_move(self, by: int) -> None:
        """Choose the next word, or the one before; the ends meet."""
        self.chosen = (self.chosen + by) % len(self._words)

    def action_choose(self, place: int) -> None:
        """Choose the word at a place; -1 is the last."""
        self.chosen = place % len(self._words)

    def action_submit(self) -> None:
        """Do the obvious thing: what that is, the dialogue knows."""
        self.post_message(self.Submitted(self))

    def watch_chosen(self) -> None:
        """Tell that another word was chosen."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the mouse."""
        if self._is_column:
            self.chosen = min(event.y, len(self._words) - 1)
            return
        end = 0
        for place, word in enumerate(self._words):
            end += cell_len(CHOSEN + word + GAP)
            if event.x < end:
                self.chosen = place
                return
