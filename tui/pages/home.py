"""Home: the accounts at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.errors import Say
from core.home import DUE_WITHIN_DAYS, HomeData, due_request, gather, has_schedules, left_request
from core.home_insight import (
    ARRIVALS,
    DEPARTURES,
    USE,
    Insight,
    calls_request,
    changes_request,
    forecast_request,
    gather_insight,
    growth_request,
)
from core.past.net_changes import CHANGES
from core.query.columns import Row
from core.query.drill_down import request_behind
from core.query.query import age_notes
from core.query.request import Request
from core.reports.catalogue import find_report
from core.text.date_style import in_style, shown_day
from core.text.signs import sign_of
from core.text.vocabulary import count_of
from tui.background import start
from tui.bars import sparkline
from tui.pages.page import Page
from tui.safe_text import plain, plain_lines
from tui.widgets.lines import Links
from tui.widgets.menu import Menu
from tui.widgets.tile import HEAD, Tile

if TYPE_CHECKING:
    from core.database import Database
    from core.work import Work
    from exporters.schedule_health import Finding

_SAID = {
    "Trial Expired": ("trial expired", "trials expired"),
    "Status": ("other status", "other statuses"),
    "Account Type": ("account type", "account types"),
    "Plan Type": ("plan", "plans"),
    "List Grew": ("list grew", "lists grew"),
    "List Shrank": ("list shrank", "lists shrank"),
    "First Login": ("first login", "first logins"),
    "First Campaign": ("first campaign", "first campaigns"),
    "Contact": ("contact detail", "contact details"),
}
"""Kinds of change behind their number, where the kind itself does not read well."""
NAME_WIDTH = 40
"""Cells that a company's name takes at most."""
NARROW_CALLS = 2
"""Accounts to call that are named where there is little room."""
USUAL_LINES = 8
"""Lines of each list where the window is not higher than most."""
USUAL_HEIGHT = 40
"""Lines of the page that `USUAL_LINES` in each list fill, with all that is said beside them."""
NARROW_HEIGHT = 22
"""The same for `NARROW_CALLS`."""
BESIDE_LISTS = 3
"""Cells of the page that no list has: the scrollbar, and the space to the right of a list."""
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

    @dataclass
    class Understood(Message):
        """What costs more is there, too."""

        insight: Insight

    def __init__(self) -> None:
        super().__init__()
        self._data_version = -1
        self._data: HomeData | None = None
        self._insight: Insight | None = None
        self._targets: dict[str, Request] = {}
        """What the lines open that are no accounts, by their ids."""

    def compose(self) -> ComposeResult:
        """Lay out the places."""
        yield Static("Home", id="home-title", classes="page-title")
        yield Static(id="home-schedules", classes="page-title")
        with VerticalScroll(can_focus=False):
            yield Static(HEAD, id="tiles-head", classes="dim", markup=False)
            yield Horizontal(id="tiles")
            with Horizontal(id="lists"):
                with Vertical(classes="list"):
                    for name in ("changed", "course", "due"):
                        yield Static(id=f"{name}-title", classes="heading")
                        yield Links(id=name)
                with Vertical(classes="list"):
                    for name in ("calls", "left"):
                        yield Static(id=f"{name}-title", classes="heading")
                        yield Links(id=name)

    async def come_forward(self) -> None:
        """Begin in the menu: there is nothing to do here that the menu does not lead to."""
        self.screen.query_one(Menu).focus()
        database, as_of = self.partner.database, self.partner.as_of
        start(self, "schedules", lambda work: _health(database, work, self.partner.hint_words), self.Looked)
        if self._data_version != self.partner.data_version:
            self._data_version = self.partner.data_version
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
        """Show the figures, and have those found that take longer."""
        data, kept = event.data, self._insight
        database, as_of = self.partner.database, self.partner.as_of
        start(self, "insight", lambda work: gather_insight(database, as_of, kept, work), self.Understood)
        last = data.freshness
        when = f", imported {last.imported_at:%Y-%m-%d %H:%M}" if last and not self._is_narrow else ""
        fresh = [f"{last.file}, of {last.dated}{when}"] if last else []
        self.query_one("#home-title", Static).update(
            Content.assemble(
                (f"{count_of(data.total, 'account')} in the partnership", "bold"),
                (f"   as of {shown_day(str(self.partner.as_of))}", "dim"),
                "\n",
                plain_lines(in_style("\n".join([*fresh, *age_notes(last, self.partner.as_of)]))).stylize("dim"),
            )
        )
        tiles = self.query_one("#tiles", Horizontal)
        await tiles.remove_children()
        most = max((row[3] for row in data.counts), default=0)
        await tiles.mount(*(Tile(*row, most) for row in data.counts))
        self._data = data
        self._show_deltas()
        self._show_lists()

    def on_home_page_understood(self, event: Understood) -> None:
        """Show what changed, who pays, and whom to call."""
        self._insight = event.insight
        self._show_deltas()
        self._show_lists()

    def on_resize(self) -> None:
        """Show as many lines as there is room for."""
        self._show_lists()

    def _show_deltas(self) -> None:
        if self._insight is not None and self._insight.since:
            for tile in self.query(Tile):
                tile.delta = self._insight.deltas.get(tile.status)

    @property
    def _is_narrow(self) -> bool:
        return self.screen.has_class("-narrow")

    def _show_lists(self) -> None:
        """Fill the lists with what is known so far."""
        data, insight = self._data, self._insight
        self._targets = {}
        if insight is not None:
            self._show_insight(insight)
        if data is None:
            return
        self.query_one("#due").display = not self._is_narrow
        self.query_one("#due-title").display = not self._is_narrow
        width = self._width
        lines = [(str(pk), _line(values, width)) for pk, values in _once(data.due)][: self._room("due")]
        if data.due_count > len(lines):
            lines.append(self._leads(f"all {data.due_count:,} …", due_request(self.partner.as_of)))
        lines = lines or [self._leads("none", due_request(self.partner.as_of))]
        self._fill("due", f"Bonuses due within {DUE_WITHIN_DAYS} days · {data.due_count:,}", lines)
        reasons = insight.reasons if insight is not None else []
        unknown = "no reason is known" if insight is not None else "…"
        said = " · ".join(f"{reason} {number:,}" for reason, number in reasons) or unknown
        left = left_request(self.partner.as_of)
        lines = [self._leads(said if data.left_count else "none", left)]
        if not self._is_narrow:
            shown = _once(data.left)[: self._room("left")]
            lines += [(str(pk), _line(values, width)) for pk, values in shown]
            if data.left_count > len(shown):
                lines.append(self._leads(f"all {data.left_count:,} …", left))
        self._fill("left", f"Left in the last 90 days · {data.left_count:,}   {sparkline(data.left_by_week)}", lines)

    def _show_insight(self, insight: Insight) -> None:
        as_of = self.partner.as_of
        if insight.since is None:
            said = "One list only" if insight.lists < 2 else "Lists of one day"
            said = f"{said}: the next tells what changed"
            self._fill("changed", "Since the list before", [self._leads(said, changes_request(as_of))])
        else:
            groups = (ARRIVALS, DEPARTURES, USE) if self._is_narrow else tuple((word,) for word in CHANGES)
            lines = [
                self._leads(self._changes(insight, words), changes_request(as_of, words))
                for words in groups
                if any(word in insight.changes for word in words)
            ]
            lines = lines or [self._leads("nothing changed", changes_request(as_of))]
            self._fill("changed", self._between(insight.since), lines)
        figures = [number for _, number in insight.months]
        course = f"{figures[0]:,} {sparkline([number - min(figures) + 1 for number in figures])} {figures[-1]:,}"
        paying = f"Paying   {course}  {insight.net:+,} this month"
        if insight.since is None:
            paying = f"Paying   {figures[-1]:,}; who had left before is not known"
        lines = [
            self._leads(paying, growth_request(as_of)),
            self._leads(self._bonuses(insight), forecast_request(as_of)),
        ]
        self.query_one("#course-title").display = not self._is_narrow
        self._fill("course", f"The last {len(figures)} months, and the next", lines)
        shown = insight.calls[: self._room("calls")]
        calls = [(str(pk), _call(values, self._width)) for pk, values in shown]
        if insight.call_count > len(shown):
            calls.append(self._leads(f"all {insight.call_count:,} …", calls_request(as_of)))
        title = f"Call first · {count_of(insight.call_count, 'account')} at risk"
        self._fill("calls", title, calls or [self._leads("nobody is at risk", calls_request(as_of))])

    def _bonuses(self, insight: Insight) -> str:
        """Return what bonuses are to come; of what is expected only its worth where there is little room."""
        expected = "too few to forecast" if insight.expected is None else f"{insight.expected:,.1f} expected"
        if insight.amount is not None:
            money = f"{expected} · {insight.amount:,} {self.partner.settings.bonus_currency}".rstrip()
            expected = f"worth {insight.amount:,}" if self._is_narrow else money
        return f"Bonuses  {insight.due:,} due · {insight.at_risk:,} at risk · {expected}"

    def _between(self, since: date) -> str:
        """Return which lists the changes lie between: the last one is named too where it is old."""
        last, as_of = self._data.freshness if self._data else None, self.partner.as_of
        if last is None or not age_notes(last, as_of):
            return f"Since the list of {shown_day(str(since))}"
        return f"From the list of {shown_day(str(since))} to the last"

    @staticmethod
    def _changes(insight: Insight, words: tuple[str, ...]) -> str:
        found = [(word, insight.changes[word]) for word in words if word in insight.changes]
        signs = {word: sign.sign for word, _ in found if (sign := sign_of("change", word))}
        said = ((word, count_of(number, *_SAID.get(word, (word.lower(), word.lower())))) for word, number in found)
        return "  ".join(f"{signs.get(word, '·')} {words}" for word, words in said)

    def _leads(self, text: str, request: Request) -> tuple[str, Content]:
        """Return a line that opens a report."""
        key = f"to-{len(self._targets)}"
        self._targets[key] = request
        return key, plain(text)

    @property
    def _width(self) -> int:
        """The cells that a line of a list may take: the lists stand side by side, unless the screen is narrow."""
        lists = 1 if self._is_narrow else 2
        return max(20, (self.size.width - 1) // lists - BESIDE_LISTS)

    def _room(self, name: str) -> int:
        """Return the accounts that a list may name: more where the window is high."""
        if self._is_narrow:
            return max(1, NARROW_CALLS + self.size.height - NARROW_HEIGHT)  # less below what is known on a day
        spare = max(0, self.size.height - USUAL_HEIGHT)
        return USUAL_LINES + (spare if name == "due" else spare // 2)

    def _fill(self, name: str, title: str, lines: list[tuple[str, Content]]) -> None:
        self.query_one(f"#{name}-title", Static).update(plain(title))
        links = self.query_one(f"#{name}", Links)
        place = links.highlighted
        width = self._width
        links.clear_options()
        links.add_options(Option(content.truncate(width, ellipsis=True), id=key) for key, content in lines)
        if place is not None:
            links.highlighted = min(place, links.option_count - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show one account, or what is behind a line."""
        from tui.dialogues.account import AccountScreen

        key = event.option.id or ""
        if key in self._targets:
            self.partner.show_report(self._targets[key])
        elif key:
            self.app.push_screen(AccountScreen(int(key)))

    def on_tile_opened(self, event: Tile.Opened) -> None:
        """Show the accounts of a status."""
        behind = request_behind(find_report("all-accounts-summary"), event.status, "total", self.partner.as_of)
        if behind is not None:
            self.partner.show_report(behind)


def _health(database: Database, work: Work, say: Say) -> list[Finding]:
    if not has_schedules(database, work):
        return []
    from exporters.schedule_health import schedule_health  # the figures need not wait for it

    return schedule_health(database.path, say)


def _once(lines: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return the lines without the second of an account: an account may have left twice."""
    return list({pk: (pk, values) for pk, values in reversed(lines)}.values())[::-1]


def _line(values: Row, width: int) -> Content:
    name, first, second = values
    said = f"{first:<8}  {second}" if isinstance(second, str) else f"{first}  in {count_of(int(second or 0), 'day')}"
    said = in_style(said)
    room = max(10, min(NAME_WIDTH, width - len(said) - 2))
    return Content.assemble(plain(name).truncate(room, ellipsis=True, pad=True), "  ", plain(said, "dim"))


def _call(values: Row, width: int) -> Content:
    name, risk, why = values
    sign = sign_of("risk", risk if isinstance(risk, int) else None)
    return Content.assemble(
        plain(name).truncate(min(NAME_WIDTH, width // 3 + 2), ellipsis=True, pad=True),
        f"  {sign.sign if sign else ''} {risk}  ",
        plain(why, "dim"),
    )
