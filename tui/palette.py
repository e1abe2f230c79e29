"""The command palette: finds commands with their keys, reports, settings, themes and accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from core.account import Found, find_accounts
from core.database import read_faults
from core.errors import Fault
from core.lists.built_in import BUILT_IN
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.query.request import ask
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.settings.setting_list import SETTINGS
from core.settings.settings_file import change_setting
from core.work import Work
from tui.commands.definitions import Command, find_command
from tui.commands.menu_pages import menu_page
from tui.commands.synonyms import SETTING_WORDS, SYNONYMS, begun_words, score
from tui.export_flow import run_a_report
from tui.pages.page import Page
from tui.partner import Partner, partner_of
from tui.safe_text import plain
from tui.theme_names import CHOICES

MOST_ACCOUNTS = 8
"""Accounts offered at once."""
FEWEST_LETTERS = 2
"""From how many letters on accounts are looked for."""
ACCOUNT_SCORE = 0.1
"""Puts accounts behind everything that is found by its name."""

_ELSEWHERE = {
    "import.undo": "import",
    "accounts.find": "accounts",
    "report.filter": "accounts",
    "report.columns": "accounts",
    "report.export": "accounts",
    "import.vendor": "import",
    "targets.new": "targets",
    "targets.upload": "targets",
    "settings.log_in": "settings",
}
"""Commands that are offered everywhere: command to the page on which it is carried out."""
_IN_A_SHELL = (
    ("Back up the database", "partner-tui backup FILE", "backup copy save safe export"),
    ("Restore a backup", "partner-tui restore FILE", "restore recover backup bring back lost old copy"),
    ("Share the database", "partner-tui share FILE --group GROUP", "share team colleague two several group permission"),
)
"""What is done outside the application: title, command, and other words for it."""


class _Entry(NamedTuple):
    title: str
    help: str
    run: Callable[[], object]
    also: str = ""
    """Other words that people may type for it."""


class CommandProvider(Provider):
    """Offers what can be done on the screen below the palette, and what there is to go to."""

    @property
    def _partner(self) -> Partner:
        return partner_of(self.screen)

    async def discover(self) -> Hits:
        """Offer everything but accounts."""
        for entry in self._entries():
            yield DiscoveryHit(entry.title, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Offer what has the words that were typed, or their beginnings."""
        for entry in (*self._entries(), *self._elsewhere(), *self._lists()):
            fits = score(query, entry.title, entry.also, entry.help)
            if fits > 0:
                yield Hit(fits, _marked(entry.title, query), entry.run, text=entry.title, help=entry.help)
        for found in await self._accounts(query):
            yield self._account_hit(found)

    def _entries(self) -> Iterator[_Entry]:
        yield from self._commands()
        for report in REPORTS:
            yield _Entry(f"Run {report.title}", report.help, partial(self._run, report))
        for setting in SETTINGS:
            also = SETTING_WORDS.get(setting.key, "")
            yield _Entry(f"Setting: {setting.title}", setting.help, partial(self._set, setting.key), also)
        for theme, words in CHOICES.items():
            also = SETTING_WORDS["theme"]
            yield _Entry(f"Theme: {theme}", f"Colours: {words}.", partial(self._take_theme, theme), also)

    def _commands(self) -> Iterator[_Entry]:
        seen = set()
        for active in self.screen.active_bindings.values():
            command = find_command(active.binding.id or "")
            if (
                command is None
                or command.is_fixed
                or command.place in ("menu", "table")
                or command.id in seen
                or not active.enabled
            ):
                continue
            seen.add(command.id)
            run = partial(self.app.run_action, active.binding.action, active.node)
            title = f"{command.title}  ({self.app.get_key_display(active.binding)})"
            yield _Entry(title, command.help, run, SYNONYMS.get(command.id, ""))

    def _elsewhere(self) -> Iterator[_Entry]:
        """Yield what can be done on other pages, and where that is."""
        here = {active.binding.id for active in self.screen.active_bindings.values()}
        for name, page in _ELSEWHERE.items():
            command = find_command(name)
            if command is not None and name not in here:
                title = f"{command.title}  ({menu_page(page).title}: {self._partner.key_of(name)})"
                yield _Entry(title, command.help, partial(self._go_and_do, page, command), SYNONYMS.get(name, ""))
        for title, line, also in _IN_A_SHELL:
            said = f"In a shell: {line}"
            yield _Entry(title, said, partial(self._partner.toast, said), also)

    def _lists(self) -> Iterator[_Entry]:
        """Yield the lists that are there from the start."""
        for target in BUILT_IN:
            if not target.needs_size:
                yield _Entry(f"List: {target.name}", f"{target.help}.", partial(self._open_list, target), "targeted")

    async def _go_and_do(self, page: str, command: Command) -> None:
        await self._partner.open(page)
        name = command.action or command.id.partition(".")[2]
        shown = next((one for one in self.app.screen.query(Page) if one.display), None)
        if shown is None:  # a key that came meanwhile has opened a dialogue
            return
        shown.call_after_refresh(self.app.run_action, name, shown)

    def _open_list(self, target: TargetList) -> None:
        self._partner.show_report(ask(ListReport(target), self._partner.as_of))

    def _run(self, report: Report) -> None:
        run_a_report(self._partner, report=report)

    async def _set(self, key: str) -> None:
        from tui.pages.settings import SettingsPage

        await self._partner.open("settings")
        self.app.screen.query_one(SettingsPage).go_to(key)

    def _take_theme(self, theme: str) -> None:
        try:
            change_setting("theme", theme)
            self._partner.settings_changed()
        except Fault as fault:
            self._partner.show_fault(fault)

    # Accounts

    async def _accounts(self, query: str) -> list[Found]:
        """Look for accounts beside the screen; what is no longer wanted stops."""
        if len(query.strip()) < FEWEST_LETTERS:
            return []
        work = Work()
        try:
            return await asyncio.to_thread(self._look, query, work)
        finally:
            work.stop()

    def _look(self, query: str, work: Work) -> list[Found]:
        try:
            with read_faults(), self._partner.database.reading(work) as connection:
                return find_accounts(connection, query, MOST_ACCOUNTS, work.is_unwanted)
        except Fault:  # no accounts yet, or another letter was typed meanwhile
            return []

    def _account_hit(self, found: Found) -> Hit:
        name = found.company or found.username or found.account_id
        facts = "  ".join(filter(None, (found.account_id, found.username)))
        title = Content.assemble("Account: ", plain(name), "  ", plain(facts, "dim"))
        return Hit(
            ACCOUNT_SCORE, title, partial(self._show, found.pk), text=title.plain, help="Shows the account whole."
        )

    def _show(self, pk: int) -> None:
        from tui.dialogues.account import AccountScreen

        self.app.push_screen(AccountScreen(pk))


def _marked(title: str, query: str) -> Content:
    """Return a title with what was typed of it marked."""
    content = Content(title)
    for start, end in begun_words(query, title):
        content = content.stylize("bold underline", start, end)
    return content
