"""Texts name the keys that there are: none is written into them, so that none lies once it is given away."""

from __future__ import annotations

import ast
import re
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest

from core.database import Database
from core.settings.settings_file import change_keys
from tests.tui.application import SIZES, Session, opened
from tests.tui.test_hint_words import texts
from tui.commands.definitions import COMMANDS
from tui.commands.keymap import look_through

ROOT = Path(__file__).parents[2]
NAMES_A_KEY = re.compile(
    r"\b[Pp]ress(es)? (?!the new)[^\s{X]"
    r"|\((?:[a-zA-WYZ0-9?]|esc|enter|tab|ctrl\+\w|f\d)\)"
    r"|\bctrl\+\w"
    r"|(?:^|[ :;(“])(?:[a-zA-WYZ0-9?]|esc|enter|tab)"
    r" (?:brings|takes|opens|shows|stops|ends|writes|runs|copies|looks|saves|goes)\b"
    r"|: [a-z]\.$"
    r"|\besc\b|\bEnter\b|\bEscape\b|\bTab\b"
)
NO_KEYS = (
    "VALUES (?)",
    "lower(?)",
    "Such as s, S, ?, f5 or ctrl+t.",
    "such as ';', or the word tab",
    "(?:activate|click",
    "ctrl+shift+",
)
"""Texts that only look as if: SQL, patterns, and examples of how keys are written."""


def files() -> list[Path]:
    found = [file for floor in ("core", "db", "exporters", "tui") for file in sorted((ROOT / floor).rglob("*.py"))]
    return [file for file in found if "cli" not in file.parts and file.name != "key_words.py"]


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_text_has_a_key_written_into_it(file: Path) -> None:
    keys = {key for command in COMMANDS for key in (command.keys, *command.keys.split(","))}
    actions = {command.action for command in COMMANDS}
    said = [text for text in texts(ast.parse(file.read_text("utf-8"))) if text not in keys | actions]
    wrong = [text for text in said if NAMES_A_KEY.search(text) and not any(known in text for known in NO_KEYS)]
    assert wrong == []


REBOUND = [command for command in COMMANDS if not command.is_fixed]
HELD_TOO = ("hyper", "meta", "super", "ctrl+shift", "ctrl+alt", "ctrl+meta", "ctrl+hyper")
OTHERS = ("+".join(parts) for parts in product(HELD_TOO, ascii_lowercase))
KEYS = {command.id: key for command, key in zip(REBOUND, islice(OTHERS, len(REBOUND)), strict=True)}
"""Another key for every command that can have one."""

PLACES = {
    "home": (),
    "accounts": ("main.go_accounts",),
    "filtered away": ("main.go_accounts", "report.filter", *"list_size > 99999", "enter"),
    "a column hidden": ("main.go_accounts", "table.hide_column"),
    "search": ("main.go_accounts", "report.search"),
    "column": ("main.go_accounts", "report.go_to_column"),
    "columns": ("main.go_accounts", "report.columns"),
    "views": ("main.go_accounts", "report.views"),
    "a list made": ("main.go_accounts", "report.make_list", *"new", "enter"),
    "runs": ("main.go_reports",),
    "targets": ("main.go_targets",),
    "a list deleted": ("main.go_targets", "targets.new", *"status = Open", "enter", *"new", "enter", "targets.delete"),
    "a built-in list": ("main.go_targets", "targets.copy"),
    "import": ("main.go_import",),
    "an import looked at": ("main.go_import", "down", "enter"),
    "settings": ("main.go_settings",),
    "a key": ("main.go_settings", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"),
    "help": ("main.help",),
    "generate": ("main.run_report",),
    "quit": ("ctrl+c",),
}
"""Commands to what names keys."""


@pytest.fixture(autouse=True)
def _rebound(exports: Path) -> None:
    (exports / "a.csv").write_text("Account ID,Status\nN1,Open\n")
    assert look_through(KEYS).faults == {}


def old_keys() -> re.Pattern[str]:
    """Return what finds the usual key of a command where a text would name it."""
    usual = {word for command in REBOUND for word in command.key_words.split(", ")}
    fixed = {word for command in COMMANDS if command.is_fixed for word in command.key_words.split(", ")}
    of_lists = {"pageup", "pagedown", "home", "end"}
    long = [re.escape(word) for word in usual - fixed - of_lists if len(word) > 1]
    short = [re.escape(word) for word in usual - fixed if len(word) == 1]
    return re.compile(
        rf"(?<![\w+])(?:{'|'.join(long)})(?![\w+])"
        rf"|\((?:{'|'.join(short)})\)|[Pp]ress (?:{'|'.join(short)})\b"
        rf"|(?<!\S)(?:{'|'.join(short)}) (?:brings|takes|opens|shows|runs|writes|looks|and [a-zA-Z] go)\b"
    )


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("place", PLACES)
async def test_no_screen_names_a_key_that_was_given_away(database: Database, place: str, size: tuple[int, int]) -> None:
    for command, key in KEYS.items():
        change_keys(command, key)
    async with opened(database, size) as session:
        await session.press(*(KEYS.get(key, key) for key in PLACES[place]))
        assert old_keys().findall(without_names(session)) == []
        assert not session.app.crashed


def without_names(session: Session) -> str:
    """Return what is on the screen, without what is named like a key: the page Home, and the like."""
    return re.sub(r"\b(Home|home|Delete|delete|End|end|space|Up|Down|up|down|right|left|enter)\b", "", session.words())


async def test_texts_name_the_new_keys(database: Database) -> None:
    for command, key in KEYS.items():
        change_keys(command, key)
    async with opened(database, (160, 50)) as session:
        await session.press(KEYS["main.go_targets"])
        said = session.words()
        assert f"{KEYS['targets.open']} looks at a list, {KEYS['targets.upload']} uploads it" in said
        assert f"{KEYS['targets.export']} writes its file" in said
        await session.press(KEYS["main.go_accounts"], KEYS["report.search"])
        assert f"{KEYS['report.next_hit']} and {KEYS['report.previous_hit']} go on and back" in session.words()
