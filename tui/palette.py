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
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.settings.setting_list import SETTINGS
from core.settings.settings_file import change_setting
from core.work import Work
from tui.commands.definitions import find_command
from tui.export_flow import run_a_report
from tui.partner import Partner, partner_of
from tui.safe_text import plain
from tui.theme_names import CHOICES

MOST_ACCOUNTS = 8
"""Accounts offered at once."""
FEWEST_LETTERS = 2
"""From how many letters on accounts are looked for."""
ACCOUNT_SCORE = 0.1
"""Puts accounts behind everything that is found by its name."""


class _Entry(NamedTuple):
    title: str
    help: str
    run: Callable[[], object]


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
        """Offer what matches."""
        matcher = self.matcher(query)
        for entry in self._entries():
            score = matcher.match(entry.title)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)
        for found in await self._accounts(query):
            yield self._account_hit(found)

    def _entries(self) -> Iterator[_Entry]:
        yield from self._commands()
        for report in REPORTS:
            yield _Entry(f"Run {report.title}", report.help, partial(self._run, report))
        for setting in SETTINGS:
            yield _Entry(f"Setting: {setting.title}", setting.help, partial(self._set, setting.key))
        for theme, words in CHOICES.items():
            yield _Entry(f"Theme: {theme}", f"Colours: {words}.", partial(self._take_theme, theme))

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
            yield _Entry(f"{command.title}  ({self.app.get_key_display(active.binding)})", command.help, run)

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
