"""A text of help in which one can look for a word: what is found comes from the whole help, wherever one is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.commands.help_text import found_lines
from tui.partner import partner_of
from tui.widgets.field import Field


class SearchField(Field):
    """Where the word is typed; Escape takes it away again, Enter and the arrow down lead to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help_search")

    def action_read(self) -> None:
        """Go to what was found."""
        self.screen.query_one(HelpReader).read()

    def action_stop(self) -> None:
        """Show the text again as it was."""
        self.screen.query_one(HelpReader).stop()


class HelpReader(Vertical):
    """Scrolls a text, and finds words in the whole help."""

    DEFAULT_CSS = """
    HelpReader { height: auto; }
    HelpReader > SearchField { display: none; margin-bottom: 1; }
    HelpReader.-searching > SearchField { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, lines: Sequence[Content]) -> None:
        """Begin with these lines."""
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out the text, and the field that is hidden until a word is looked for."""
        yield SearchField(hint="a word, such as undo, columns, mail", max_length=100)
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(self._lines), id="help-text")

    def read(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def stop(self) -> None:
        """Show the text again as it was."""
        self.query_one(SearchField).value = ""
        self.remove_class("-searching")
        self.read()

    def action_search(self) -> None:
        """Ask for a word."""
        self.add_class("-searching")
        self.query_one(SearchField).focus()

    def on_input_changed(self, event: Field.Changed) -> None:
        """Show what has the words that were typed."""
        event.stop()
        query = event.value.strip()
        found = found_lines(query, partner_of(self).keymap) if query else self._lines
        self.query_one("#help-text", Static).update(
            Content("\n").join(found or [Content(f"Nothing is called “{query}” here.")])
        )
        self.query_one(VerticalScroll).scroll_home(animate=False)
