"""Keys that people try, wherever they are: the focus stays in sight, and nothing is stored, deleted or left unasked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from textual.widgets import Button

from core.database import Database
from tests.tui.application import Session, opened
from tests.tui.test_walk import WAYS, home
from tui.dialogues.ask_text import AskTextScreen
from tui.dialogues.question import QuestionScreen
from tui.main_screen import MainScreen
from tui.odd_keys import LATIN_ONLY, go_from_button
from tui.widgets.field import Field
from tui.widgets.menu import Menu

TRIED = ("up", "down", "left", "right", "tab", "shift+tab", "space", *"123456", "enter", "escape")
STATES = {
    **{" ".join(keys): keys for keys in WAYS.values()},
    "settings": ("6", "tab", "tab"),
    "filter": ("2", "f"),
    "new list": ("4", "n"),
    "upload": ("4", "e"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}
SIZES = [(60, 16), (80, 24), (120, 40), (250, 70)]
WRITING = {" ".join(WAYS["export"]), " ".join(WAYS["generate"]), "upload"}
"""Dialogues that ask whether a file is to be written: there Enter answers."""
KEPT = ("accounts", "imports", "changes", "lists", "status_words", "account_notes", "stars", "schedules")


def stored(database: Database) -> list[object]:
    """Return all that a person would miss."""
    with sqlite3.connect(database.path) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in KEPT if table in there]


def files(folder: Path) -> list[Path]:
    """Return what is in a folder."""
    return sorted(folder.iterdir())


def check(session: Session, what: str) -> None:
    """Check that the application runs on, and that a person sees where the keys go."""
    app = session.app
    assert app.is_running, what
    if not app.screen.focus_chain:
        return
    assert app.focused is not None, what
    seen = app.focused.region.intersection(app.screen.region)
    assert seen.area > 0, f"{what}: {app.focused} is at {app.focused.region}"


@pytest.mark.parametrize("part", [len(SIZES), pytest.param(1, marks=pytest.mark.sweep)], ids=["in pairs", "all"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_tried_keys_do_no_harm(database: Database, exports: Path, size: tuple[int, int], part: int) -> None:
    """By default each state meets each size, each state each key, and each size each key; in a sweep all meet all."""
    before = stored(database)
    async with opened(database, size) as session:
        for turn, (name, way) in enumerate(STATES.items(), start=SIZES.index(size)):
            await home(session)
            await session.press(*way)
            written = files(exports)
            for key in TRIED[turn % part :: part]:
                await session.press(key)
                check(session, f"{name}, then {key}")
            assert stored(database) == before, name
            assert name in WRITING or files(exports) == written, name


async def test_arrows_go_from_button_to_button_and_out_of_fields(database: Database) -> None:
    async with opened(database) as session:
        session.app.push_screen(QuestionScreen("Sure?", "Really", {"keep": "Keep", "undo": "Undo", "other": "Other"}))
        await session.settle()
        for key, wanted in (("right", "undo"), ("right", "other"), ("right", "other"), ("left", "undo")):
            await session.press(key)
            assert isinstance(session.app.focused, Button)
            assert session.app.focused.id == wanted
        session.app.pop_screen()
        session.app.push_screen(AskTextScreen("Title", "Name"))
        await session.settle()
        await session.press("down")
        assert isinstance(session.app.focused, Button)
        assert "tab Next" in session.text()
        await session.press("up")
        assert isinstance(session.app.focused, Field)


@pytest.mark.parametrize("arrow", ["up", "down", "left", "right"])
async def test_an_arrow_on_a_button_that_is_just_hidden_does_nothing(database: Database, arrow: str) -> None:
    async with opened(database) as session:
        await session.press("3")
        button = session.app.main.query_one("#run", Button)
        assert session.app.focused is button
        assert button.parent is not None
        button.parent.styles.display = "none"
        go_from_button(button, arrow)
        await session.settle()
        assert session.app.is_running


async def test_escape_leaves_a_field_of_the_settings(database: Database) -> None:
    async with opened(database) as session:
        await session.press("6", "tab", "5", "escape")
        assert isinstance(session.app.focused, Menu)


async def test_escape_goes_back_to_the_report_that_led_here(database: Database) -> None:
    async with opened(database) as session:
        await session.press("r", "f2", "right", "enter")
        assert "row 1 of 2" in session.text()
        await session.press("escape")
        assert "All Accounts Summary" in session.text()
        await session.press("escape")
        assert "in the partnership" in session.text()


async def test_the_program_asks_before_it_forgets_a_file_that_was_looked_at(database: Database, exports: Path) -> None:
    (exports / "new.csv").write_text("Account ID,Company\nA9,Corner\n")
    async with opened(database) as session:
        await session.press("5", "enter")
        await session.press("q")
        assert isinstance(session.app.screen, QuestionScreen)
        assert "nothing of it is stored yet" in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, MainScreen)
        assert session.app.is_running


@pytest.mark.parametrize("letter", "йкДλש")
async def test_letters_of_another_layout_are_told_of(database: Database, letter: str) -> None:
    async with opened(database) as session:
        await session.press(letter, letter)
        assert session.words().count(LATIN_ONLY[:20]) == 1
        await session.press("2", "w", letter)
        assert isinstance(session.app.focused, Field)
        assert session.app.focused.value == letter


async def test_focus_comes_back_when_the_window_grows_again(database: Database) -> None:
    async with opened(database) as session:
        await session.press("4")
        before = session.app.focused
        await session.pilot.resize_terminal(40, 10)
        await session.settle()
        await session.pilot.resize_terminal(80, 24)
        await session.settle()
        assert session.app.focused is before
