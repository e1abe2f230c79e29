"""Help: the keys that work here now, and the rules of the report in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from core.reports.report import Report
from tui.commands import Command, find_command
from tui.help_text import key_lines, report_lines
from tui.screens.modal import Modal
from tui.widgets.key_bar import KeyBar


@dataclass(frozen=True, slots=True)
class HelpText:
    """What the help of a place says."""

    commands: list[Command]
    report: Report | None

    @classmethod
    def of(cls, screen: Screen[object]) -> Self:
        """Return the help of what has the focus on a screen."""
        found: dict[str, Command] = {}
        for active in screen.active_bindings.values():
            command = find_command(active.binding.id or "")
            if command is not None:
                found[command.id] = command
        page = getattr(screen, "page", None)
        return cls(list(found.values()), getattr(page, "report", None))


class HelpScreen(Modal[None]):
    """Shows the help of the place it was called from."""

    def __init__(self, text: HelpText) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out keys and rules."""
        lines: list[Content] = [*key_lines(self._text.commands)]
        if self._text.report is not None:
            lines += [Content(""), *report_lines(self._text.report)]
        with Vertical(classes="box") as box:
            box.border_title = "Help"
            with VerticalScroll(id="help"):
                yield Static(Content("\n").join(lines))
        yield KeyBar()
