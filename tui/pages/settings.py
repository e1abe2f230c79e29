"""Settings: what is set, and where to change it."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from core.clock import partner_zone
from core.paths import settings_file
from core.settings import Settings
from tui.pages.page import Page
from tui.plain import plain

_LABELS = {
    "timezone": ("Time zone", "decides which day is today; such as America/New_York"),
    "export_folder": ("Export folder", "where reports are written"),
    "ssh_name": ("SSH name", "stands for this machine in scp lines; such as reports or me@jump.example.com"),
    "theme": ("Theme", "the colours; such as partner, ansi-dark, textual-light"),
}


class SettingsPage(Page):
    """Shows the settings as they are in effect. They are changed in their file."""

    name_in_menu = "settings"

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        yield Static("Settings", classes="title page-title")
        with VerticalScroll():
            yield Static(self._content())

    def _content(self) -> Content:
        in_effect = {
            "timezone": str(partner_zone() or "the system's"),
            "export_folder": self.partner.settings.export_folder or str(Path.cwd()),
            "ssh_name": self.partner.settings.ssh_name or "the address of the SSH line",
            "theme": self.partner.theme,
        }
        lines: list[Content] = []
        for field in fields(Settings):
            label, meaning = _LABELS[field.name]
            is_set = bool(getattr(self.partner.settings, field.name))
            source = "" if is_set else "  (default)"
            if field.name == "timezone" and os.environ.get("PARTNER_TUI_TZ"):
                source = "  (PARTNER_TUI_TZ)"
            lines += [
                Content.styled(label, "bold"),
                Content.assemble("  ", plain(in_effect[field.name]), (source, "dim")),
                Content.styled(f"  {field.name}: {meaning}", "dim"),
                Content(""),
            ]
        file = settings_file()
        lines += [
            Content.styled("Database", "bold"),
            Content.assemble("  ", plain(self.partner.database.path)),
            Content(""),
            Content.styled("Settings file", "bold"),
            Content.assemble("  ", plain(file), "" if file.exists() else ("  (not yet there)", "dim")),
            Content(""),
            Content("To change a setting, write a line such as this into the settings file, and start again:"),
            Content('    timezone = "America/New_York"'),
        ]
        return Content("\n").join(lines)

    def come_forward(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()
