"""A number with its name, that opens what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class Tile(Widget, can_focus=True):
    """Shows how many accounts of one status there are."""

    DEFAULT_CSS = """
    Tile { width: 1fr; height: 4; padding: 0 1; border-left: outer $panel-lighten-2; }
    Tile:focus { border-left: outer $primary; background: $block-cursor-blurred-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="enter"),
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
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
        """Return name, number, and its parts."""
        managed, referred, total = self._numbers
        return Content.assemble(
            (self.status, "dim"), "\n", (f"{total:,}", "bold"), "\n",
            (f"{managed:,} managed\n{referred:,} referred", "dim"),
        )  # fmt: skip

    def action_open(self) -> None:
        """Open the accounts."""
        self.post_message(self.Opened(self.status))

    def on_click(self) -> None:
        """Open the accounts."""
        self.action_open()
