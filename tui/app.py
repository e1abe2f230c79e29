"""The application: what holds for every screen, and how it begins and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Button, Input, LoadingIndicator
from textual.worker import WorkerFailed

from core.clock import parse_day, today
from core.database import Database, check_accounts, choose_database, prepare_demo
from core.errors import Fault, NoAccounts
from core.settings.settings import Settings, load_settings
from core.text.date_style import use_date_style
from core.text.terminal_text import neutral
from core.work import Work
from tui.background import Failed, find, moment, start
from tui.commands.bindings import bindings
from tui.commands.key_words import shown_key
from tui.commands.keymap import KeyMap, look_through
from tui.crash import EXIT_CODE, report_crash
from tui.main_screen import MainScreen
from tui.odd_keys import ARROWS, LATIN_ONLY, go_from_button, is_of_another_layout
from tui.partner import Partner
from tui.terminal.readable import ReadableDim
from tui.terminal.signals import end_on_signals
from tui.theme_names import TERMINAL, theme_named
from tui.themes import OWN
from tui.widgets.thumb import Thumb

if TYPE_CHECKING:
    from core.query.request import Request
    from core.query.result import Freshness


def _command_provider() -> type[Provider]:
    """Return the palette's provider, imported when the palette is first opened."""
    from tui.palette import CommandProvider

    return CommandProvider


class PartnerApp(Partner):
    """Partner reports in a terminal."""

    TITLE = "partner-tui"
    # The first screen's styles stand here too: Textual loads a screen's own only when it is pushed.
    CSS_PATH: ClassVar = ["app.tcss", "main_screen.tcss", "pages/pages.tcss"]
    COMMANDS: ClassVar = {_command_provider}
    BINDINGS: ClassVar[list[BindingType]] = bindings("program")

    class DemoMade(Message):
        """The demo's accounts are there."""

    def __init__(self, database: Database, as_of: date | None = None) -> None:
        """Show the accounts of `database` as of a day, by default today, even after midnight."""
        self.settings: Settings = load_settings()  # first: they say what drives the terminal
        super().__init__()
        self.database = database
        self._given_day = as_of
        self.as_of = as_of or today()
        self._fresh: Freshness | None = None
        self._has_accounts = True
        self.crashed = False
        self.animation_level = "none"
        ScrollBar.renderer = Thumb
        for theme in OWN:
            self.register_theme(theme)
        self.keymap = KeyMap({}, {})
        self._apply_settings()

    def _apply_settings(self) -> None:
        with suppress(Fault):  # what is wrong is said at the start
            use_date_style(self.settings.date_style)
        self.theme = TERMINAL if self.no_color else theme_named(self.settings.theme, self.console.color_system)
        self.keymap = look_through(self.settings.keys)
        self.set_keymap(dict(self.keymap.keys))

    def settings_changed(self) -> None:
        """Let the settings in the file hold from now on."""
        self.settings = load_settings()
        self._apply_settings()
        self.look_at_the_day()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes through: nothing is dim, and with NO_COLOR set nothing has a colour.

        Textual's filter for NO_COLOR, chosen before the theme is, makes the terminal's own colours black on black.
        """
        if self.no_color:
            return [ReadableDim(), NoColor()]
        return [ReadableDim(), *super().get_line_filters()]

    def get_driver_class(self) -> type[Driver]:
        """Return what drives the terminal: ours, which sends only what has changed, where nothing else is asked for."""
        usual = super().get_driver_class()
        if os.environ.get("TEXTUAL_DRIVER") or self.settings.driver:
            return usual
        from textual.drivers.linux_driver import LinuxDriver

        from tui.terminal.diff_driver import DiffDriver

        return DiffDriver if usual is LinuxDriver else usual

    def get_default_screen(self) -> Screen[None]:
        """Begin with the menu and Home."""
        return MainScreen()

    def on_mount(self) -> None:
        """Be ready for the line to drop."""
        if not self.is_headless:
            end_on_signals(self)
        self.call_after_refresh(self._say_setting_faults)

    def _say_setting_faults(self) -> None:
        """Say what of the settings cannot be used."""
        if self.settings == Settings():
            return
        from tui.setting_faults import setting_faults

        for fault in setting_faults(self.settings, self.hint_words):
            self.toast(fault, is_fault=True)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as our help writes it, the person's own keys too."""
        return binding.key_display or shown_key(binding.key)

    def on_resize(self) -> None:
        """Draw anew: a terminal that shrinks and grows again has lost what was beyond its edge."""
        self.action_draw_anew()

    # One way for faults

    def on_failed(self, event: Failed) -> None:
        """Show a fault that no widget took."""
        self.show_fault(event.fault)

    def show_fault(self, fault: Fault) -> None:
        """Say what is wrong and what to do."""
        from tui.dialogues.message import FaultScreen

        shown = FaultScreen(self.fault_words(fault))
        if not (isinstance(self.screen, FaultScreen) and self.screen.text == shown.text):
            self.push_screen(shown)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Carry out what a key asks for; a fault that it meets is said."""
        try:
            with self.showing_faults():
                return await super().run_action(action, default_namespace, namespaces)
        except LookupError:
            # Textual's list of the palette has just been filled again and not laid out: a page of it is not known yet.
            if not isinstance(self.screen, CommandPalette):
                raise
        return True

    def action_draw_anew(self) -> None:
        """Put right what something else has written over."""
        if self.terminal is not None:
            self.terminal.draw_anew()

    def on_command_palette_opened(self) -> None:
        """Let its cursor stand still, and the sign that it searches: each move is sent over the line."""
        for field in self.screen.query(Input):  # none where another dialogue has come in between
            field.cursor_blink = False
        for sign in self.screen.query(LoadingIndicator):
            sign.auto_refresh = None

    def action_step(self, by: int) -> None:
        """Go to the next place, or the one before."""
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave tab to the fields that complete what is typed, and escape to all others while no job is shown."""
        if action == "stop":
            return self.jobs.shown is not None
        if action == "step" and parameters == (1,) and self.focused is not None:
            return not _has_tab(type(self.focused))
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Do what is left of a key that nothing has taken."""
        if isinstance(self.focused, Input) and event.is_printable:
            # The field has opened since it was typed, as it keeps its own letters: on slow lines keys come together.
            event.prevent_default()
            self.focused.post_message(events.Key(event.key, event.character))
        elif isinstance(self.focused, Button) and event.key in ARROWS:
            go_from_button(self.focused, event.key)
        elif is_of_another_layout(event.character):
            self._say_layout()

    def _say_layout(self) -> None:
        """Say why a letter does nothing, once while it is to be read."""
        if not any(toast.message == LATIN_ONLY for toast in self._notifications):
            self.toast(LATIN_ONLY)

    def action_help(self) -> None:
        """Show the keys of the focused place, and the rules of what it shows."""
        from tui.dialogues.help import HelpScreen, HelpText

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(HelpText.of(self.screen)))

    def action_leave(self) -> None:
        """Go to the menu: the way out of every page that has no other, and of every field in it."""
        self.main.leave_page()

    def action_stop(self) -> None:
        """End the job that is shown."""
        self.jobs.stop()

    def action_help_quit(self) -> None:
        """Tell how to leave, for those who press ctrl+c."""
        quit_key, anywhere = self.key_of("main.quit"), self.key_of("program.quit")
        self.toast(f"Press {quit_key} to quit, or {anywhere} where you type.")

    # Where to go

    @property
    def main(self) -> MainScreen:
        """The screen below all dialogues."""
        return next(screen for screen in self.screen_stack if isinstance(screen, MainScreen))

    async def open(self, page: str) -> None:
        """Show a page of the menu."""
        await self.main.open(page)

    def show_report(self, request: Request) -> None:
        """Show a report's page, as soon as what is under way is done."""
        self.main.show_report(request)

    async def back(self) -> None:
        """Leave a report's page; on a page of the menu, go to the menu."""
        await self.main.back()

    def open_demo(self) -> None:
        """Go on with the demo's accounts, in a database of their own."""
        self.database = choose_database(None, demo=True)
        start(self, "demo", lambda _: prepare_demo(self.database, self.as_of), lambda _: self.DemoMade())

    async def on_partner_app_demo_made(self) -> None:
        """Show the demo's accounts."""
        self.accounts_changed()
        await self.open("home")

    def look_at_the_day(self) -> None:
        """Notice that midnight has passed, or that the time zone is another."""
        with self.showing_faults():
            day = self.database.known_on or self._given_day or today()
            if day != self.as_of:
                self.as_of = day
                self.accounts_changed()

    def action_known_on(self) -> None:
        """Ask on which day the accounts are to have been known as they are shown."""
        from tui.dialogues.ask_text import AskTextScreen

        def answered(text: str | None) -> None:
            if text is not None:
                self._look_back(parse_day(text) if text else None)

        known_on = self.database.known_on
        self.push_screen(
            AskTextScreen(
                "As known on which day?",
                "Day",
                text=known_on.isoformat() if known_on else "",
                hint="YYYY-MM-DD; none: as known now",
                check=lambda text: text.strip() and parse_day(text.strip()),
            ),
            answered,
        )

    def _look_back(self, day: date | None) -> None:
        """Show everything as it was known on a day, None for now, if anything was known then."""
        then = replace(self.database, known_on=day)

        def there(fresh: Freshness | None) -> None:
            self._fresh = fresh
            self._show_as_known(day)
            self.call_later(self.open, "home")

        def nothing(fault: Fault) -> None:
            if day is None and isinstance(fault, NoAccounts):
                there(None)  # all of it was taken back meanwhile
            else:
                self.show_fault(fault)

        find(self, "known on", lambda work: _freshness(then, work), there, nothing)

    def _show_as_known(self, day: date | None) -> None:
        self.database = replace(self.database, known_on=day)
        self.look_at_the_day()
        self.accounts_changed()
        self.main.say_known_on(day)

    async def look(self) -> bool:
        """Notice midnight and what was imported or undone in another terminal; return whether there are accounts."""
        self.look_at_the_day()
        database = self.database
        await self._look_at(database)
        if database.known_on and not self._has_accounts:  # what was known then has been taken back since
            self._show_as_known(None)
            self._has_accounts = True  # until a look at those of now says otherwise
            await self._look_at(self.database)
        return self._has_accounts

    async def _look_at(self, database: Database) -> None:
        await moment(find(self, "look", lambda work: _freshness(database, work), self._looked, self._not_looked))

    def _looked(self, fresh: Freshness | None) -> None:
        self._has_accounts = True
        if fresh != self._fresh:
            self._fresh = fresh
            self.accounts_changed()

    def _not_looked(self, fault: Fault) -> None:
        self._has_accounts = not isinstance(fault, NoAccounts)  # whoever reads them next says what else is wrong
        if self.database.known_on and not self._has_accounts:
            self.toast(f"{fault.message} The accounts are shown as now known.")

    # Private in Textual, and the one way to keep its traceback, which shows local variables, off the terminal.
    def _fatal_error(self) -> None:
        if self.crashed:
            return  # what follows from the first
        error: BaseException | None = sys.exc_info()[1] or self._exception
        if isinstance(error, WorkerFailed):
            error = error.error  # it alone says where
        self.crashed = True
        self.panic(Text(report_crash(error) if error is not None else "partner-tui had to stop."))


def _freshness(database: Database, work: Work) -> Freshness | None:
    """Return the last import; for a worker.

    Raises:
        NoAccounts: there are none.
    """
    from core.query.query import freshness

    with database.reading(work) as connection:
        check_accounts(connection)
        return freshness(connection)


def _has_tab(widget: type[Widget]) -> bool:
    """Return whether a kind of widget has a use of its own for the tab key."""
    found = (binding for cls in widget.__mro__ for binding in vars(cls).get("BINDINGS", ()))
    return any(isinstance(binding, Binding) and "tab" in binding.key.split(",") for binding in found)


def run(database: Database) -> int:
    """Show the application until it is closed; return 0, 70 after a crash, or 128 + n after a signal."""
    app = PartnerApp(database)
    app.run()
    if app.to_fetch and not app.crashed:
        lines = dict.fromkeys(map(neutral, app.to_fetch))
        sys.stdout.write("\n".join(["To fetch what was written, run on your own machine:", *lines, ""]))
    return EXIT_CODE if app.crashed else app.return_code or 0
