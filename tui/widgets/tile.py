"""A number with its name, that opens what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.commands import bindings

NAME, FIGURE, PART = 14, 8, 13
"""Widths in cells on one line."""


class Tile(Widget, can_focus=True):
    """Shows how many accounts of one status there are."""

    DEFAULT_CSS = """
    Tile { width: 1fr; height: 4; padding: 0 0 0 1; text-wrap: nowrap; border-left: outer $panel-lighten-2; }
    Tile:focus { border-left: outer $primary; background: $block-cursor-blurred-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("home"),
        Binding("left,h,up,k", "app.focus_previous", show=False),
        Binding("right,l,down,j", "app.focus_next", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The person wants to see the accounts behind the number."""

        status: str

    def __init__(self, status: str, managed: int, referred: int, total: int) -> None:
        super().__init__()
        self.status = status
        self._numbers = managed, referred, total

    def render(self) -> Content:
        """Return name, number, and its parts: in one line where there is no room for more."""
        managed, referred, total = self._numbers
        parts = f"{managed:,} managed", f"{referred:,} referred"
        if self.size.height == 1:
            figures = f" {parts[0]:>{PART}} {parts[1]:>{PART}}"
            return Content.assemble((self.status.ljust(NAME), "dim"), (f"{total:>{FIGURE},}", "bold"), (figures, "dim"))
        return Content.assemble((self.status, "dim"), "\n", (f"{total:,}", "bold"), ("\n" + "\n".join(parts), "dim"))

    def action_open(self) -> None:
        """Open the accounts."""
        self.post_message(self.Opened(self.status))

    def on_click(self) -> None:
        """Open the accounts."""
        self.action_open()
