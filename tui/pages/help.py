"""Help: all keys, and the rules of each report."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from core.reports.catalogue import REPORTS
from tui.commands.definitions import COMMANDS
from tui.commands.help_text import key_lines, report_lines
from tui.pages.page import Page
from tui.widgets.help_reader import HelpReader

INTRODUCTION = (
    "The menu at the left has the pages; {program.next_place} goes between menu and page. {main.run_report} runs a"
    " report. The line at the bottom shows the keys that work where you are, {main.help} shows all of them, and"
    " {main.palette} finds everything by name."
)


class HelpPage(Page):
    """The whole help in one text."""

    name_in_menu = "help"

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        lines = [Content(self.partner.keymap.said(INTRODUCTION))]
        for report in REPORTS:
            lines += [Content(""), *report_lines(report)]
        lines += [Content(""), Content.styled("Keys", "bold"), Content(""), *key_lines(COMMANDS, self.partner.keymap)]
        yield Static("Help", classes="title page-title")
        yield HelpReader(lines)

    async def come_forward(self) -> None:
        """Let the arrows scroll."""
        self.query_one(HelpReader).read()
