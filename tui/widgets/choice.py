"""One of a few words: the arrows choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
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
        self,
        words: Sequence[str],
        chosen: int = 0,
        *,
        is_column: bool = False,
        heads: Mapping[int, str] = MappingProxyType({}),
        id: str | None = None,
    ) -> None:
        """Offer words; in a column, those from each place in `heads` on stand under it, beside the others."""
        super().__init__(id=id)
        self._heads = heads
        self._words = words
        self._is_column = is_column
        self.set_reactive(Choice.chosen, chosen)

    async def on_key(self, event: events.Key) -> None:
        """Carry out what is done in its turn with what is typed before and behind it."""
        await carry_out(self, event, self.at_once)

    def render(self) -> Content:
        """Return the words."""
        if self._heads:
            return Content("\n").join(self._rows())
        return Content("\n" if self._is_column else GAP).join(map(self._word, range(len(self._words))))

    def _blocks(self) -> list[range]:
        """Return the places of the words of each block."""
        starts = sorted(self._heads)
        return [range(start, stop) for start, stop in pairwise([*starts, len(self._words)])]

    def _width(self, block: range) -> int:
        """Return the cells that a block takes, the gap behind it included."""
        words = [OTHER + self._words[place] for place in block]
        return max(map(cell_len, [self._heads[block.start], *words])) + cell_len(GAP)

    def _rows(self) -> Iterator[Content]:
        """Yield the lines of the blocks, side by side."""
        blocks = self._blocks()
        yield Content.assemble(*((self._heads[block.start].ljust(self._width(block)), "dim") for block in blocks))
        for row in range(max(map(len, blocks))):
            cells: list[Content | str] = []
            for block in blocks:
                word = self._word(block[row]) if row < len(block) else Content()
                cells += [word, " " * (self._width(block) - word.cell_length)]
            yield Content.assemble(*cells)

    def _word(self, place: int) -> Content:
        if place != self.chosen:
            return Content(f"{OTHER}{self._words[place]}")
        style = "bold reverse" if self.has_focus else "bold"
        return Content.assemble((f"{CHOSEN}{self._words[place]}", style))

    def action_move(self, by: int) -> None:
        """Choose the next word, or the one before; the ends meet."""
        self.chosen = (self.chosen + by) % len(self._words)

    def action_up(self) -> None:
        """Choose the word above; where the words stand side by side, go to the place before."""
        if self._is_column:
            self.action_move(-1)
        else:
            self.screen.focus_previous()

    def action_down(self) -> None:
        """Choose the word below; where the words stand side by side, go to the next place."""
        if self._is_column:
            self.action_move(1)
        else:
            self.screen.focus_next()

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
            self._choose_at(event.x, event.y)
            return
        end = 0
        for place, word in enumerate(self._words):
            end += cell_len(CHOSEN + word + GAP)
            if event.x < end:
                self.chosen = place
                return

    def _choose_at(self, x: int, y: int) -> None:
        """Choose the word at a place of a column, or of blocks."""
        if not self._heads:
            self.chosen = min(y, len(self._words) - 1)
            return
        for block in self._blocks():
            if x < self._width(block):
                if 0 < y <= len(block):
                    self.chosen = block[y - 1]
                return
            x -= self._width(block)
