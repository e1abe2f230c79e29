"""Settings: each one with what it means, saved at once in a file that a person may also edit."""

from __future__ import annotations

import os
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.errors import Fault
from core.paths import is_there, settings_file
from core.settings.setting_list import DRIVERS, FORMATS, KEYS_HELP, PAPERS, SETTINGS
from core.settings.settings_file import change_keys, change_setting
from core.text.date_style import STYLES
from tui.commands.bindings import bindings
from tui.commands.definitions import COMMANDS, PLACES, Command, find_command
from tui.commands.key_words import shown_keys
from tui.pages.login_box import LoginBox
from tui.pages.page import Page
from tui.safe_text import plain
from tui.theme_names import CHOICES
from tui.widgets.choice import Choice
from tui.widgets.lines import Lines
from tui.widgets.setting_box import SettingBox

KEY_WIDTH, TITLE_WIDTH = 18, 18
WORDS = {"theme": tuple(CHOICES), "format": FORMATS, "paper": PAPERS, "date_style": tuple(STYLES), "driver": DRIVERS}
"""Settings that are chosen rather than typed."""


class SettingsPage(Page):
    """The login, the settings one below the other, the keys of every command, and where all of it is kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    name_in_menu = "settings"

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        yield Static("Settings", classes="title page-title")
        with VerticalScroll(can_focus=False):
            yield LoginBox()
            for setting in SETTINGS:
                value = getattr(self.partner.settings, setting.key)
                yield SettingBox(setting, value, WORDS.get(setting.key, ()), is_column=setting.key == "theme")
            yield Static(f"Keys · {self.partner.key_of('lines.select')} changes one", classes="heading")
            yield Lines(id="keys", classes="-one-line-each")
            yield Static(id="places")

    def on_mount(self) -> None:
        """Fill in keys and places."""
        self._show_keys()
        self.query_one("#places", Static).update(self._places())

    async def come_forward(self) -> None:
        """Begin with the theme; show what was changed elsewhere, and who is logged in."""
        self.query_one(LoginBox).look()
        for box in self.query(SettingBox):
            box.show(getattr(self.partner.settings, box.setting.key))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.query(Choice).first().focus(scroll_visible=False)

    def go_to(self, key: str) -> None:
        """Let the person change one setting."""
        self.query_one(f"#setting-{key}").query("Choice, Field").first().focus()

    def on_setting_box_saved(self, event: SettingBox.Saved) -> None:
        """Write a setting, and let it hold at once."""
        try:
            change_setting(event.key, event.value)
            self.partner.settings_changed()
        except Fault as fault:
            self.partner.show_fault(fault)
        self.query_one("#places", Static).update(self._places())

    # The login

    def action_log_in(self) -> None:
        """Log in at the vendor."""
        self.query_one(LoginBox).log_in()

    def action_log_out(self) -> None:
        """Log out, after asking."""
        self.query_one(LoginBox).log_out()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer to log out where somebody is logged in."""
        return self.query_one(LoginBox).is_logged_in if action == "log_out" and self.is_mounted else True

    # Keys

    def _show_keys(self) -> None:
        lines = self.query_one("#keys", Lines)
        place = lines.highlighted
        lines.clear_options()
        for command in filter(lambda command: not command.is_fixed, COMMANDS):
            lines.add_option(Option(self._key_line(command), id=command.id))
        lines.highlighted = place

    def _key_line(self, command: Command) -> Content:
        keys = self.partner.keymap.keys_of(command)
        mark = "*" if keys != command.keys else "!" if command.id in self.partner.keymap.faults else " "
        return Content.assemble(
            (f"{mark} {shown_keys(keys).ljust(KEY_WIDTH)}", "bold"),
            f"{command.title.ljust(TITLE_WIDTH)} ",
            (PLACES[command.place].title, "dim"),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for another key."""
        from tui.dialogues.key import KeyScreen

        event.stop()
        command = find_command(event.option.id or "")
        if command is None:
            return

        def pressed(key: str | None) -> None:
            if key is not None:
                self._give_key(command, key)

        self.app.push_screen(KeyScreen(command, self.partner.keymap.keys_of(command)), pressed)

    def _give_key(self, command: Command, key: str) -> None:
        try:
            change_keys(command.id, key)
            self.partner.settings_changed()
        except Fault as fault:
            self.partner.show_fault(fault)
        self._show_keys()

    # Places

    def _places(self) -> Content:
        lines = [Content.styled(f"* your own, ! refused. In the file: {KEYS_HELP}", "dim"), Content("")]
        zone = os.environ.get("PARTNER_TUI_TZ")
        if zone:
            lines += [plain(f"PARTNER_TUI_TZ is set: the time zone is {zone} until it is not."), Content("")]
        file = settings_file()
        for title, place in (("Settings file", file), ("Database", self.partner.database.path)):
            there = "" if is_there(place) else "  (not yet there)"
            lines += [Content.styled(title, "bold"), plain(f"  {place}{there}")]
        lines += [Content.styled("  The file may be edited by hand too; it is read at every start.", "dim")]
        return Content("\n").join(lines)
