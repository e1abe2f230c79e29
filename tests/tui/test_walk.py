"""A walk through all there is: every node of the menu, key, palette entry and dialogue, at both sizes.

None is dead, and none crashes. What each does in detail, the tests of its place say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.widgets.tree import TreeNode

from core.database import Database
from tests.tui.application import SIZES, Session, opened
from tui.app import PartnerApp
from tui.commands.definitions import COMMANDS, PLACES
from tui.main_screen import MainScreen
from tui.palette import CommandProvider
from tui.widgets.menu import Menu

WAYS: dict[str, tuple[str, ...]] = {
    "main": (),
    "menu": (),
    "home": ("tab",),
    "accounts": ("2",),
    "table": ("2",),
    "report": ("2",),
    "runs": ("r", "enter", "enter", "3"),
    "targets": ("4",),
    "import": ("5", "escape", "tab", "tab"),
    "schedules": ("7",),
    "schedule": ("7", "n"),
    "settings": ("6",),
    "vendor_upload": ("4", "U"),
    "generate": ("r",),
    "export": ("2", "x", "e"),
    "account": ("2", "enter"),
    "facets": ("2", "l", "l", "F"),
    "columns": ("2", "C"),
    "views": ("2", "v"),
    "modal": ("2", "i"),
}
"""How to get to each place from Home by keys alone."""
LEAVING = {"main.quit", "main.draw_anew"}
"""Commands that end the program, or that change nothing to see."""
WITHOUT_EFFECT = ("Quit", "Draw anew", "Home")
"""Entries of the palette that end the program, or lead to what is shown already."""
IN_PAIRS = pytest.mark.parametrize(
    "part", [len(SIZES), pytest.param(1, marks=pytest.mark.sweep)], ids=["in pairs", "all"]
)
"""By default every place is met in each size, and every key and entry in one; in a sweep all are in each."""
pytestmark = pytest.mark.usefixtures("exports")


def nodes(node: TreeNode[str]) -> list[str]:
    return [str(node.label), *(label for child in node.children for label in nodes(child))]


async def home(session: Session) -> None:
    """Leave every dialogue, and go to the menu on Home."""
    while not isinstance(session.app.screen, MainScreen):
        session.app.pop_screen()
        await session.pilot.pause()
    await session.app.main.open("home")
    session.app.main.query_one(Menu).focus()
    await session.settle()


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_every_node_of_the_menu_opens_its_page(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        menu = session.app.main.query_one(Menu)
        labels = nodes(menu.root)
        for line, label in enumerate(labels):
            menu.display = True
            menu.focus()
            menu.cursor_line = line
            await session.press("enter")
            page = session.app.main.page
            assert page is not None, label
            assert page.display, label
            assert page.size.height > size[1] // 2, label
        assert not session.app.crashed


@IN_PAIRS
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("place", WAYS)
async def test_every_key_of_a_place_works(database: Database, size: tuple[int, int], place: str, part: int) -> None:
    async with opened(database, size) as session:
        await session.press(*WAYS[place])
        where = state(session.app)
        keys = offered(session, place)
        assert keys, f"no key of {place} works after {WAYS[place]}"
        for key in keys[SIZES.index(size) % part :: part]:
            await session.pilot.press(key)
            if state(session.app) != where:
                await home(session)
                await session.press(*WAYS[place])
                where = state(session.app)
        await session.settle()


def offered(session: Session, place: str) -> list[str]:
    """Return the first key of each command of a place that is offered just now: "next hit" needs a search."""
    active = session.app.screen.active_bindings
    firsts = [(command.id, command.keys.split(",")[0]) for command in COMMANDS if command.place == place]
    return [
        key
        for name, key in firsts
        if name not in LEAVING and key in active and active[key].enabled and active[key].binding.id == name
    ]


def state(app: PartnerApp) -> tuple[object, ...]:
    """Return where the keys go: the screen, its page, and the focused widget."""
    return type(app.screen), app.main.page, app.focused


def test_every_place_is_walked() -> None:
    needing_a_file_or_credentials = {"delivery", "upload", "login", "vendor_accounts"}
    in_fields_and_lists = {place for place, here in PLACES.items() if not here.beside} - {"main", "modal"}
    assert set(WAYS) | needing_a_file_or_credentials | in_fields_and_lists == set(PLACES)


@IN_PAIRS
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_every_entry_of_the_palette_does_something(database: Database, size: tuple[int, int], part: int) -> None:
    async with opened(database, size) as session:
        for title, run in entries(session)[SIZES.index(size) % part :: part]:
            if title.startswith(WITHOUT_EFFECT) or title == f"Theme: {session.app.theme}":
                continue
            before = session.app.theme, session.text()
            result = run()
            if isinstance(result, Awaitable):
                await result
            await session.settle()
            assert (session.app.theme, session.text()) != before, title
            await home(session)


async def test_palette_offers_every_command_of_the_page(database: Database) -> None:
    async with opened(database) as session:
        for place in ("report", "targets", "import", "accounts"):
            await home(session)
            await session.press(*WAYS[place])
            titles = " ".join(title for title, _ in entries(session))
            for command in COMMANDS:
                if command.place == place and command.keys.split(",")[0] in offered(session, place):
                    assert f"{command.title}  (" in titles, command.id


def entries(session: Session) -> list[tuple[str, Callable[[], object]]]:
    """Return what the palette offers."""
    return [(entry.title, entry.run) for entry in CommandProvider(session.app.screen)._entries()]
