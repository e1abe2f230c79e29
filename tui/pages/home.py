"""Home: the accounts at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.home import DUE_WITHIN_DAYS, HomeData, due_request, gather, left_request
from core.query.columns import Row
from core.query.drill_down import request_behind
from core.query.query import age_notes
from core.text.vocabulary import count_of
from tui.background import start
from tui.bars import sparkline
from tui.pages.page import Page
from tui.safe_text import plain, plain_lines
from tui.widgets.lines import Links
from tui.widgets.menu import Menu
from tui.widgets.tile import HEAD, Tile

if TYPE_CHECKING:
    from exporters.schedule_health import Finding

NAME_WIDTH = 26
ALL = "all"
SCHEDULES = 3
"""Lines on schedules."""


class HomePage(Page):
    """Tiles for the statuses; the bonuses due soon; who left; how fresh all of it is."""

    name_in_menu = "home"

    @dataclass
    class Gathered(Message):
        """The figures are there."""

        data: HomeData

    @dataclass
    class Looked(Message):
        """How the schedules do is known."""

        findings: list[Finding]

    def __init__(self) -> None:
        super().__init__()
        self._data_version = -1

    def compose(self) -> ComposeResult:
        """Lay out the places."""
        yield Static("Home", id="home-title", classes="page-title")
        yield Static(id="home-schedules", classes="page-title")
        with VerticalScroll(can_focus=False):
            yield Static(HEAD, id="tiles-head", classes="dim", markup=False)
            yield Horizontal(id="tiles")
            with Horizontal(id="lists"):
                with Vertical(classes="list"):
                    yield Static(id="due-title", classes="heading")
                    yield Links(id="due")
                with Vertical(classes="list"):
                    yield Static(id="left-title", classes="heading")
                    yield Links(id="left")

    async def come_forward(self) -> None:
        """Begin in the menu: there is nothing to do here that the menu does not lead to."""
        self.screen.query_one(Menu).focus()
        path = self.partner.database.path
        start(self, "schedules", lambda _: _health(path), self.Looked)
        if self._data_version != self.partner.data_version:
            self._data_version = self.partner.data_version
            database, as_of = self.partner.database, self.partner.as_of
            start(self, "home", lambda work: gather(database, as_of, work), self.Gathered)

    def on_failed(self) -> None:
        """Look again the next time; the application says what went wrong."""
        self._data_version = -1

    def on_home_page_looked(self, event: Looked) -> None:
        """Say how the schedules do, what is wrong first; nothing where there are none."""
        lines = [f"! {finding.words}" for finding in event.findings if finding.is_wrong]
        lines += [finding.words for finding in event.findings if not finding.is_wrong]
        said = self.query_one("#home-schedules", Static)
        said.display = bool(lines)
        more = [f"and {len(lines) - SCHEDULES} more"] if len(lines) > SCHEDULES else []
        said.update(plain_lines("\n".join([*lines[:SCHEDULES], *more])))

    async def on_home_page_gathered(self, event: Gathered) -> None:
        """Show the figures."""
        data = event.data
        last = data.freshness
        fresh = [f"{last.file}, of {last.dated}, imported {last.imported_at:%Y-%m-%d %H:%M}"] if last else []
        self.query_one("#home-title", Static).update(
            Content.assemble(
                (f"{count_of(data.total, 'account')} in the partnership", "bold"),
                (f"   as of {self.partner.as_of}", "dim"),
                "\n",
                plain_lines("\n".join([*fresh, *age_notes(last, self.partner.as_of)])).stylize("dim"),
            )
        )
        tiles = self.query_one("#tiles", Horizontal)
        await tiles.remove_children()
        most = max((row[3] for row in data.counts), default=0)
        await tiles.mount(*(Tile(*row, most) for row in data.counts))
        due = f"Bonuses due within {DUE_WITHIN_DAYS} days · {data.due_count:,} in the tracker"
        self._fill("due", due, data.due_count, data.due)
        left = f"Left in the last 90 days · {count_of(data.left_count, 'event')}"
        self._fill("left", left, data.left_count, data.left, sparkline(data.left_by_week))

    def _fill(self, name: str, title: str, count: int, lines: list[tuple[int, Row]], course: str = "") -> None:
        self.query_one(f"#{name}-title", Static).update(
            Content.assemble(title, (f"   {course}", "not bold $text-muted"))
        )
        options = self.query_one(f"#{name}", Links)
        options.clear_options()
        options.add_options(Option(_line(values), id=str(pk)) for pk, values in _once(lines))
        if count > len(lines):
            options.add_option(Option(f"all {count:,} …", id=ALL))
        if not count:
            options.add_option(Option("none", disabled=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show one account, or the whole list."""
        from tui.dialogues.account import AccountScreen

        if event.option.id == ALL:
            request = due_request if event.option_list.id == "due" else left_request
            self.partner.show_report(request(self.partner.as_of))
        elif event.option.id:
            self.app.push_screen(AccountScreen(int(event.option.id)))

    def on_tile_opened(self, event: Tile.Opened) -> None:
        """Show the accounts of a status."""
        self.partner.show_report(request_behind(event.status, "total", self.partner.as_of))


def _health(database: Path) -> list[Finding]:
    from exporters.schedule_health import schedule_health  # the first paint need not wait for it

    return schedule_health(database)


def _once(lines: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return the lines without the second of an account: an account may have left twice."""
    return list({pk: (pk, values) for pk, values in reversed(lines)}.values())[::-1]


def _line(values: Row) -> Content:
    name, first, second = values
    said = f"{first:<8}  {second}" if isinstance(second, str) else f"{first}  in {count_of(int(second or 0), 'day')}"
    return Content.assemble(plain(name).truncate(NAME_WIDTH, ellipsis=True, pad=True), "  ", plain(said, "dim"))
