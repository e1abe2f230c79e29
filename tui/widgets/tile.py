"""A number with its name, that opens what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.bars import FULL, LIGHT, bar
from tui.commands.bindings import bindings

NAME, FIGURE, CHANGE, BAR = 14, 9, 6, 10
"""Widths in cells on one line."""
HEAD = (
    f"{'':{NAME + 2}}{'all':>{FIGURE}}{'':{CHANGE}}{f'managed {FULL}':>{FIGURE + 1}}{f'referred {LIGHT}':>{FIGURE + 2}}"
)
"""What stands above tiles of one line."""


class Tile(Widget, can_focus=True):
    """Shows how many accounts of one status there are."""

    DEFAULT_CSS = """
    Tile { width: 1fr; height: 5; padding: 0 0 0 1; text-wrap: nowrap; border-left: outer $border-blurred; }
    Tile:focus {
        border-left: outer $block-cursor-foreground; background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    Tile:focus:ansi { background: ansi_default; color: ansi_default; text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")

    delta: reactive[int | None] = reactive(None)
    """How many more, or fewer, than after the list before; None where that is not known."""

    HELP = "The accounts of one status in the partnership; {home.open} opens them."

    @dataclass
    class Opened(Message):
        """The person wants to see the accounts behind the number."""

        status: str

    def __init__(self, status: str, managed: int, referred: int, total: int, most: int) -> None:
        """Show the figures of one status; the bar of `most` accounts is the longest."""
        super().__init__()
        self.status = status
        self.set_reactive(Tile.delta, None)
        self._managed, self._referred, self._total, self._most = managed, referred, total, most

    @property
    def _change(self) -> str:
        return f"{self.delta:+,}" if self.delta else ""

    def _bar(self, width: int) -> str:
        return bar(self._managed, self._referred, self._most, width)

    def render(self) -> Content:
        """Return name, number, bar and parts: in one line where there is no room for more."""
        figures = f"{self._managed:,}", f"{self._referred:,}"
        if self.size.height == 1:
            parts = f"{figures[0]:>{FIGURE + 1}}{figures[1]:>{FIGURE + 2}}"
            room = min(self.size.width - NAME - CHANGE - 3 * FIGURE - 4, 2 * BAR)
            return Content.assemble(
                (self.status.ljust(NAME), "dim"),
                (f"{self._total:>{FIGURE},}", "bold"),
                (f"{self._change:>{CHANGE}}", "dim"),
                (parts, "dim"),
                f" {self._bar(room)}" if room >= BAR // 2 else "",
            )
        parts = f"{figures[0]} managed {FULL}\n{figures[1]} referred {LIGHT}"
        return Content.assemble(
            (self.status, "dim"),
            "\n",
            (f"{self._total:,}", "bold"),
            (f"  {self._change}" if self._change else "", "dim"),
            f"\n{self._bar(self.size.width - 2)}\n",
            (parts, "dim"),
        )

    def action_open(self) -> None:
        """Open the accounts."""
        self.post_message(self.Opened(self.status))

    def on_click(self) -> None:
        """Open the accounts."""
        self.action_open()
