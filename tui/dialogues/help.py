"""Help: the keys that work here now, and the rules of the report in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from core.reports.report import Report
from tui.commands.definitions import PLACES, Command, find_command
from tui.commands.help_text import key_line, key_lines, report_lines
from tui.commands.key_words import shown_key
from tui.dialogues.modal import Modal
from tui.widgets.help_reader import HelpReader
from tui.widgets.key_bar import KeyBar

RARE = ("shift+", "super+", "alt+", "ctrl+shift+")
"""Keys that few terminals send or that few people miss."""


@dataclass(frozen=True, slots=True)
class HelpText:
    """What the help of a place says."""

    about: str
    """What the focused widget is for; '' where that is plain."""
    own_keys: list[tuple[str, str]]
    """Keys that the focused widget has beside our commands, such as those of a field: (key, what it does)."""
    commands: list[Command]
    report: Report | None

    @classmethod
    def of(cls, screen: Screen[object]) -> Self:
        """Return the help of what has the focus on a screen."""
        own: dict[str, list[str]] = {}
        found: dict[str, Command] = {}
        for key, active in screen.active_bindings.items():
            command = find_command(active.binding.id or "")
            if command is not None:
                found[command.id] = command
            elif active.node is screen.focused and active.binding.description and not key.startswith(RARE):
                own.setdefault(active.binding.description, []).append(shown_key(active.binding.key))
        page = getattr(screen, "page", None)
        own_keys = [(", ".join(keys), what) for what, keys in own.items()]
        commands = sorted(found.values(), key=_generality)
        return cls(_about(screen.focused), own_keys, commands, getattr(page, "report", None))


def _generality(command: Command) -> tuple[int, int]:
    """Return where a command stands: first what holds in this place alone, then how to move, then the rest."""
    general = ("menu", "table", "main", "modal", "program")
    rank = general.index(command.place) + 1 if command.place in general else 0
    return rank, list(PLACES).index(command.place)


def _about(widget: Widget | None) -> str:
    """Return the words of a widget on itself, or of what it is part of."""
    nodes = widget.ancestors_with_self if widget is not None else ()
    return next((node.HELP for node in nodes if isinstance(node, Widget) and node.HELP), "")


class HelpScreen(Modal[None]):
    """Shows the help of the place it was called from."""

    def __init__(self, text: HelpText) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out keys and rules."""
        text, keymap = self._text, self.partner.keymap
        lines: list[Content] = [Content(keymap.said(text.about)), Content("")] if text.about else []
        lines += key_lines(text.commands, keymap)
        if text.own_keys:
            lines += [Content(""), Content.styled("In this field or list", "bold $primary")]
            lines += [line for keys, what in text.own_keys for line in key_line(keys, f"{what.rstrip('.')}.")]
        if self._text.report is not None:
            lines += [Content(""), *report_lines(self._text.report)]
        with Vertical(classes="box") as box:
            box.border_title = "Help"
            yield HelpReader(lines)
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(HelpReader).read()
