"""What every dialogue has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.commands.bindings import bindings

if TYPE_CHECKING:
    from tui.app import PartnerApp

Answer = TypeVar("Answer")


class Modal(ModalScreen[Answer | None]):
    """A dialogue that Escape leaves, with the answer None."""

    CSS_PATH: ClassVar = ["dialogues.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")

    @property
    def partner(self) -> PartnerApp:
        """The application, by its own class."""
        return cast("PartnerApp", self.app)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
