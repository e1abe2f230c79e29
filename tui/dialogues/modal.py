"""What every dialogue has in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Button

from tui.commands.bindings import bindings
from tui.partner import Partner, partner_of

Answer = TypeVar("Answer")
LOW = 20
"""Lines below which a dialogue takes all of them, its buttons always at the bottom."""
_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]


class Modal(ModalScreen[Answer | None]):
    """A dialogue that Escape leaves, with the answer None."""

    CSS_PATH: ClassVar = ["dialogues.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")
    VERTICAL_BREAKPOINTS = _BREAKPOINTS

    _left_with: list[Answer | None] | None = None
    """The answer, once it is given: a dialogue answers only once."""

    @property
    def partner(self) -> Partner:
        """The application."""
        return partner_of(self)

    def action_do_it(self) -> None:
        """Do what the dialogue is for: press its first button, or Enter where it has none."""
        ready = [button for button in self.query(Button).filter(".-primary") if not button.disabled]
        if ready:
            ready[0].press()
        else:
            self.app.simulate_key("enter")

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and close; below another dialogue, close when that is left: Textual would close the other one."""
        if self._left_with is not None:
            return AwaitComplete()
        self._left_with = [result]
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_screen_resume(self) -> None:
        """Close, if the answer came while another dialogue lay on top."""
        if self._left_with is not None:
            super().dismiss(self._left_with[0])

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
