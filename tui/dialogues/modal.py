"""What every dialogue has in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.commands.bindings import bindings
from tui.partner import Partner, partner_of

Answer = TypeVar("Answer")


class Modal(ModalScreen[Answer | None]):
    """A dialogue that Escape leaves, with the answer None."""

    CSS_PATH: ClassVar = ["dialogues.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")

    @property
    def partner(self) -> Partner:
        """The application."""
        return partner_of(self)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
