"""The command palette: finds commands, pages and reports, and shows their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from core.reports.catalogue import REPORTS
from core.reports.report import Report
from tui.commands import find_command


class _Entry(NamedTuple):
    title: str
    help: str
    run: Callable[[], object]


class CommandProvider(Provider):
    """Offers what can be done on the screen below the palette."""

    async def discover(self) -> Hits:
        """Offer everything."""
        for entry in self._entries():
            yield DiscoveryHit(entry.title, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for entry in self._entries():
            score = matcher.match(entry.title)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)

    def _entries(self) -> Iterator[_Entry]:
        seen = set()
        for active in self.screen.active_bindings.values():
            command = find_command(active.binding.id or "")
            if command is None or command.place == "table" or command.id in seen or not active.enabled:
                continue
            seen.add(command.id)
            run = partial(self.app.run_action, active.binding.action, active.node)
            yield _Entry(f"{command.title}  ({self.app.get_key_display(active.binding)})", command.help, run)
        yield from map(self._report_entry, REPORTS)

    def _report_entry(self, report: Report) -> _Entry:
        return _Entry(f"Run {report.title}", report.help, partial(self._run, report))

    def _run(self, report: Report) -> None:
        from tui.app import PartnerApp
        from tui.screens.generate_report import GenerateReport

        cast(PartnerApp, self.app).push_screen(GenerateReport(report=report))
