"""A person's own keys: used where they can be, refused in words where not."""

from __future__ import annotations

from string import punctuation

import pytest
from textual import keys

from core.database import Database
from core.errors import WrongUse
from core.paths import settings_file
from core.settings.setting_list import KEYS_EXAMPLE
from core.settings.settings import load_settings
from core.settings.settings_file import change_keys
from tests.tui.application import opened
from tui.commands.definitions import COMMANDS
from tui.commands.key_words import KEPT, key_name, shown_key
from tui.commands.keymap import look_through
from tui.dialogues.generate_report import GenerateReport
from tui.dialogues.key import KeyScreen
from tui.theme_names import CHOICES, THEMES, theme_named
from tui.themes import OWN

KEYS = sorted({key for command in COMMANDS for key in command.keys.split(",")} - KEPT)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_written_as_it_is_shown(key: str) -> None:
    shown = shown_key(key)
    assert key_name(key) == key
    if len(shown) == 1 and shown.isascii():
        assert key_name(shown) == key


@pytest.mark.parametrize("text", ["", "crtl+x", "ctrl+", "++", "f99", "ctrl+q", "tab", "two words", "ctrl+i"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        key_name(text)


@pytest.mark.parametrize("character", [*punctuation, *"aZ9äß"])
def test_keys_are_named_as_textual_names_them(character: str) -> None:
    assert key_name(character) == keys._character_to_key(character)
    assert shown_key(key_name(character)) == character


def test_keys_without_a_character_are_those_that_textual_knows() -> None:
    known = {key.value.rpartition("+")[2] for key in keys.Keys if not key.value.startswith(("<", "ctrl-", "ctrl+@"))}
    assert {key_name(f"f1+{key}"[3:]) for key in known if len(key) > 1 and key not in KEPT} <= known


def test_themes_named_are_those_that_have_colours() -> None:
    assert {theme.name for theme in OWN} == set(CHOICES)
    assert all(theme_named(name, None) in CHOICES for name in THEMES)


def test_keys_of_fields_and_lists_stay_as_they_are() -> None:
    assert "stay as they are" in str(look_through({"field.submit": "f5"}).faults["field.submit"])


def test_the_example_of_the_settings_file_can_be_used() -> None:
    assert not look_through(dict([KEYS_EXAMPLE])).faults


def test_clashes_and_unknown_commands_are_refused_and_the_rest_is_used() -> None:
    keymap = look_through({"report.export": "s", "report.sortt": "x", "runs.run_again": "w", "import.undo": "r"})
    assert keymap.keys == {"runs.run_again": "w"}
    assert "Sort (report.sort)" in str(keymap.faults["report.export"])
    assert "Did you mean report.sort" in str(keymap.faults["report.sortt"])
    assert "Run a Report" in str(keymap.faults["import.undo"])


def test_two_commands_change_their_keys_but_one_alone_cannot() -> None:
    swapped = {"report.sort": "f", "report.filter": "s"}
    assert look_through(swapped).keys == swapped
    faulty = look_through({"report.sort": "crtl+x", "report.filter": "s"})
    assert set(faulty.faults) == {"report.sort", "report.filter"}


async def test_own_key_works_and_is_shown(database: Database) -> None:
    change_keys("main.run_report", "R")
    async with opened(database) as session:
        assert "R Run a Report" in session.text()
        await session.press("r")
        assert not isinstance(session.app.screen, GenerateReport)
        await session.press("R")
        assert isinstance(session.app.screen, GenerateReport)


async def test_what_is_wrong_in_the_file_is_said_at_the_start(database: Database) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('theme = "nowhere"\n[keys]\nreport.sort = "q"\n')
    async with opened(database, (160, 50)) as session:
        await session.settle()
        assert "there is no theme 'nowhere'" in session.words()
        assert "Keys of report.sort: The key q is that of Quit" in session.words()


async def test_key_is_given_in_the_settings_page(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("6")
        session.app.screen.query_one("#keys").focus()
        await session.press("home", "enter")
        assert isinstance(session.app.screen, KeyScreen)
        await session.press("m")
        assert "The key m is that of Menu" in session.words()
        await session.press("R")
        assert load_settings().keys == {"main.run_report": "R"}
        assert "* R" in session.text()
        await session.press("enter", "backspace")
        assert load_settings().keys == {}
        await session.press("r")
        assert isinstance(session.app.screen, GenerateReport)
