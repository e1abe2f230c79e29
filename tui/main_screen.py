"""The main screen: the menu at the left, the chosen page at the right, the keys below."""

from __future__ import annotations

import asyncio
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.commands.menu_pages import WELCOME, menu_page
from tui.pages.page import Page
from tui.partner import partner_of
from tui.widgets.key_bar import KeyBar
from tui.widgets.menu import Menu

if TYPE_CHECKING:
    from core.query.request import Request

SMALLEST = (60, 16)
"""Columns and rows below which nothing useful can be shown."""
ROOM_FOR_BOTH = 120
"""Columns from which on a table and the menu stand side by side."""


class MainScreen(Screen[None]):
    """Holds one page at a time. Pages of the menu are kept; a report's page goes when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self._kept: dict[str, Page] = {}
        self._before: str = "home"
        self._trail: list[Page] = []
        """Reports from which others were opened: each is gone back to as it was left."""
        self._focus_before: Widget | None = None
        """What had the focus when the window became too small."""
        self._showing = asyncio.Lock()
        """Pages are mounted one after the other, however quickly keys come."""
        self._menu_wanted: bool | None = None

    def compose(self) -> ComposeResult:
        """Lay out the menu, the place for pages, and the keys."""
        yield Static(id="known-on", markup=False)
        with Horizontal(id="body"):
            yield Menu()
            yield Container(id="pages")
        columns, rows = SMALLEST
        yield Static(f"This window is too small.\n{columns} columns by {rows} rows are needed.", id="too-small")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the menu, then show Home: the first paint need not wait for it."""
        self.query_one(Menu).focus()
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        if self.page is None:  # a key may have been quicker
            await self.open("home")

    def say_known_on(self, day: date | None) -> None:
        """Say above every page that it shows what was known on a day; nothing for now."""
        line = self.query_one("#known-on", Static)
        line.display = day is not None
        key = partner_of(self).key_of("main.known_on")
        line.update(f"As known on {day}, not as known now ({key} changes that)")

    async def open(self, name: str) -> None:
        """Show a page of the menu."""
        has_accounts = await partner_of(self).look()
        if name == "home" and not has_accounts:
            name = "welcome"
        if name not in self._kept:
            module, _, cls = (WELCOME if name == "welcome" else menu_page(name).page).partition(":")
            self._kept[name] = getattr(import_module(module), cls).made_for(partner_of(self))
        self._before = name
        await self._show(self._kept[name])
        await self._forget_trail()

    def show_report(self, request: Request) -> None:
        """Show a report's page, as soon as what is under way is done."""
        from tui.pages.report import ReportPage

        self.call_next(self._show_report, ReportPage(request))

    async def _show_report(self, page: Page) -> None:
        await partner_of(self).look()
        if self.page is not None and self.page not in self._kept.values():
            self._trail.append(self.page)
        await self._show(page)

    async def back(self) -> None:
        """Leave a report's page for the page before it; on a page of the menu, go to the menu."""
        if self.page in self._kept.values():
            self._menu_wanted = True
            self._arrange()
            self.query_one(Menu).focus()
        elif self._trail:
            await self._show(self._trail.pop())
        else:
            await self.open(self._before)

    async def _forget_trail(self) -> None:
        while self._trail:
            await self._trail.pop().remove()

    async def _show(self, page: Page) -> None:
        async with self._showing:
            await self._swap(page)

    async def _swap(self, page: Page) -> None:
        old, self.page = self.page, page
        if page is not old:
            if old is not None:
                await self._put_away(old)
            if not page.is_attached:
                await self.query_one("#pages", Container).mount(page)
            page.display = True
        self._menu_wanted = None
        self._arrange()
        self.query_one(Menu).show_page(page.name_in_menu)
        if page.is_attached:  # it is not where the program has ended meanwhile
            with partner_of(self).showing_faults():
                await page.come_forward()

    async def _put_away(self, page: Page) -> None:
        self.set_focus(None)  # else Textual looks for another place, later, and takes the focus from the new page
        if page in self._kept.values() or page in self._trail:
            page.display = False
        else:
            await page.remove()

    # Room

    def on_resize(self) -> None:
        """Hide what there is no room for."""
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.app.size
        is_too_small = width < SMALLEST[0] or height < SMALLEST[1]
        if is_too_small and not self.has_class("-too-small"):
            self._focus_before = self.focused
        elif not is_too_small and self.has_class("-too-small"):
            self.call_after_refresh(self._focus_again)
        self.set_class(is_too_small, "-too-small")
        self.set_class(width < ROOM_FOR_BOTH, "-narrow")
        menu = self.query_one(Menu)
        fits = width >= ROOM_FOR_BOTH or not (self.page and self.page.is_wide)
        menu.display = fits if self._menu_wanted is None else self._menu_wanted

    def _focus_again(self) -> None:
        """Give the focus back that hiding everything has taken."""
        if self.focused is None:
            (self._focus_before or self.query_one(Menu)).focus()

    # Commands

    def leave_page(self) -> None:
        """Go to the menu."""
        self._menu_wanted = True
        self._arrange()
        self.query_one(Menu).focus()

    def action_quit(self) -> None:
        """End the program; where something would be lost, ask first."""
        lost = [page.unfinished for page in self._kept.values() if page.unfinished]
        if not lost:
            self.app.exit()
            return
        from tui.dialogues.question import QuestionScreen

        def answered(answer: str | None) -> None:
            if answer == "quit":
                self.app.exit()

        answers = {"stay": "Stay", "quit": "Quit"}
        self.app.push_screen(QuestionScreen("Quit?", "\n".join(lost), answers, "quit"), answered)

    async def action_toggle_menu(self) -> None:
        """Show the menu and go there, or hide it."""
        menu = self.query_one(Menu)
        self._menu_wanted = not menu.display
        self._arrange()
        if menu.display:
            menu.focus()
        elif self.page is not None:
            await self.page.come_forward()

    async def action_go(self, name: str) -> None:
        """Open a page of the menu."""
        await self.open(name)

    def action_run_report(self) -> None:
        """Open Generate Report."""
        from tui.export_flow import run_a_report

        run_a_report(partner_of(self))

    async def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Open the page that was chosen in the menu."""
        await self.open(event.page)
