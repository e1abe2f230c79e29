"""The first start: there are no accounts yet."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from tui.pages.page import Page
from tui.safe_text import plain_lines

TEXT = """\
partner-tui shows the accounts of a Constant Contact partner and runs the four partner reports.

There are no accounts yet. Import a file that the partner portal exports (CSV or XLS), or a list of your own; or look \
around first, with generated demo accounts in a database of their own.

The accounts will be kept in"""


class WelcomePage(Page):
    """Explains itself, and offers the two ways on."""

    name_in_menu = "home"

    def compose(self) -> ComposeResult:
        """Lay out the text and the two buttons."""
        yield Static("Welcome", classes="title page-title")
        yield Static(TEXT, markup=False)
        yield Static(plain_lines(str(self.partner.database.path)), classes="dim page-title")
        with Horizontal(classes="buttons"):
            yield Button("Import a file", id="import", variant="primary", compact=True)
            yield Button("Look at the demo", id="demo", compact=True)

    async def come_forward(self) -> None:
        """Let Enter import."""
        self.query_one("#import", Button).focus()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Go on."""
        if event.button.id == "import":
            await self.partner.open("import")
        else:
            self.partner.open_demo()
