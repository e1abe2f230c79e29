"""A dialogue that asks for one line of text, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from core.errors import Fault
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar


class AskTextScreen(Modal[str]):
    """Enter answers with the text; what will not do is said below it, and is no answer."""

    def __init__(
        self, title: str, label: str, *, text: str = "", hint: str = "", check: Callable[[str], object] = str
    ) -> None:
        """Ask.

        Args:
            title: stands in the border; anybody's words.
            label: what is asked for; words of our own.
            text: what stands there at first.
            hint: what stands there while it is empty.
            check: raises a Fault for a text that will not do.
        """
        super().__init__()
        self._title, self._label, self._text, self._hint, self._check = title, label, text, hint, check

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Vertical(classes="box") as box:
            box.border_title = plain(self._title)
            with Horizontal(classes="field"):
                yield Label(self._label)
                yield Field(self._text, self._hint, id="text")
            yield Static(id="fault")
            with Horizontal(classes="buttons"):
                yield Button("Go on", variant="primary", compact=True)
        yield KeyBar()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong with what stands there, once something does."""
        self._say(self._fault(event.value) if event.value.strip() else None)

    def on_input_submitted(self) -> None:
        """Answer."""
        self._answer()

    def on_button_pressed(self) -> None:
        """Answer."""
        self._answer()

    def _answer(self) -> None:
        text = self.query_one("#text", Input).value
        fault = self._fault(text)
        if fault is None:
            self.dismiss(text.strip())
        else:
            self._say(fault)

    def _fault(self, text: str) -> Fault | None:
        try:
            self._check(text)
        except Fault as fault:
            return fault
        return None

    def _say(self, fault: Fault | None) -> None:
        self.query_one("#fault", Static).update(self.partner.fault_lines(fault) if fault else "")
