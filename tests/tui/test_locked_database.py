"""Another program writes for long: keys go on acting, the wait is said, Escape ends it, and nothing was changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.database import Database
from core.lists.lists import all_lists, delete_list, new_list
from core.mappings import mapping_names
from core.query.request import ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS
from core.schedules.schedules import Schedule, add_schedule, all_schedules
from core.views.saved_views import save_view, view_names
from core.views.view import ViewState
from tests.tui.application import AS_OF, Session, opened
from tui.dialogues.help import HelpScreen

pytestmark = pytest.mark.promise("P6")

WAITING = "another partner-tui is writing"
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
"""A process that holds the lock for writing until its input ends."""


@contextmanager
def held(database: Database) -> Iterator[Callable[[], None]]:
    """Hold the lock for writing in another process; yields what lets it go."""
    command = [sys.executable, "-c", HOLDER, str(database.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"

        def let_go() -> None:
            process.communicate()

        try:
            yield let_go
        finally:
            process.kill()


@pytest.fixture
def kept(database: Database, exports: Path) -> Database:
    """Return a database in which there is one of each thing that a person keeps."""
    path = database.path
    request = ask(ALL_ACCOUNTS, AS_OF, where=["status = Open"])
    new_list(path, "mine", request)
    new_list(path, "gone", request)
    delete_list(path, "gone")
    save_view(path, MY_ACCOUNTS, "wide", ViewState())
    add_schedule(path, Schedule("daily", "daily", ("report", "all-accounts-summary"), "/tmp/{date}.csv"))
    (exports / "a.csv").write_text("Account ID,Status\nN1,Open\n")
    return database


def state(database: Database) -> object:
    """Return what there is: lists, views, mappings, accounts."""
    with database.read() as connection:
        lists = [(one.key, one.name, one.given) for one in all_lists(connection)]
        accounts = connection.execute("SELECT count(*) FROM accounts").fetchone()
        notes = connection.execute("SELECT text FROM account_notes").fetchall()
        stars = connection.execute("SELECT username_fold FROM stars").fetchall()
        views = view_names(connection, MY_ACCOUNTS)
    connection.close()
    schedules = [schedule.name for schedule in all_schedules(database.path)]
    return lists, accounts, notes, stars, views, schedules, mapping_names(database.path)


COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "make a list": (("4",), ("n", *"status = Open", "enter", *"new", "enter")),
    "edit a list": (("4", "end"), ("f", *" and list_size > 1", "enter")),
    "copy a list": (("4", "end"), ("c", *"new", "enter")),
    "rename a list": (("4", "end"), ("t", *"new", "enter")),
    "delete a list": (("4", "end"), ("d",)),
    "bring a list back": (("4",), ("u",)),
    "make a list of rows": (("2", "space"), ("t", *"new", "enter")),
    "make a list of a filter": (("2",), ("t", *"new", "enter")),
    "save a view": (("2", "s"), ("v", "tab", *"new", "enter")),
    "delete a view": (("2",), ("v", "d")),
    "note an account": (("2", "enter"), ("n", *"called", "enter")),
    "star an account": (("2", "enter"), ("s",)),
    "make a schedule": (("7",), ("n", "tab", *"me@example.com", "enter")),
    "remove a schedule": (("7",), ("d", "tab", "enter")),
}
"""Keys to a place, and keys of a command that writes."""


async def until(session: Session, wanted: Callable[[], bool]) -> None:
    """Wait until something holds, as long as the test may take."""
    while not wanted():
        await session.pilot.pause(0.05)


async def strike(session: Session, *keys: str) -> None:
    """Press keys as `Session.press` does, without waiting for what is under way."""
    for key in keys:
        await session.pilot.press(
            {" ": "space", "=": "equals_sign", ">": "greater_than_sign", "_": "underscore"}.get(key, key)
        )


@pytest.mark.parametrize("name", COMMANDS)
async def test_command_waits_and_escape_ends_it(kept: Database, name: str) -> None:
    there, command = COMMANDS[name]
    async with opened(kept, (160, 50)) as session:
        await session.press(*there)
        before = state(kept)
        with held(kept):
            await strike(session, *command)
            await until(session, lambda: WAITING in session.words())
            await strike(session, "f1")
            await until(session, lambda: isinstance(session.app.screen, HelpScreen))
            await strike(session, "escape")
            await until(session, lambda: "was stopped: nothing was" in session.words())  # it is said in passing
            await session.settle()
            assert isinstance(session.app.screen, HelpScreen)
            assert WAITING not in session.words()
        assert state(kept) == before
        assert not session.app.crashed


@pytest.mark.parametrize("name", COMMANDS)
async def test_command_is_carried_out_once_the_lock_is_gone(kept: Database, name: str) -> None:
    there, command = COMMANDS[name]
    async with opened(kept, (160, 50)) as session:
        await session.press(*there)
        before = state(kept)
        with held(kept) as let_go:
            await strike(session, *command)
            await until(session, lambda: WAITING in session.words())
            let_go()
            await session.settle()
        assert state(kept) != before
        assert WAITING not in session.words()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("1",), "in the partnership"),
        (("2",), "row 1 of 5"),
        (("2", "enter"), "Created"),
        (("2", "l", "F"), "Values of"),
        (("2", "I"), "Different values"),
        (("2", "v"), "wide"),
        (("3",), "My reports"),
        (("4",), "mine 2"),
        (("r", "enter", "enter"), "as of"),
        (("2", "s", "1"), "in the partnership"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else "",
)
async def test_what_only_reads_does_not_wait(kept: Database, keys: tuple[str, ...], words: str) -> None:
    async with opened(kept, (160, 50)) as session:
        with held(kept):
            await session.press(*keys)
            assert words in session.words()


async def test_an_import_waits_and_escape_ends_it(kept: Database) -> None:
    async with opened(kept, (160, 50)) as session:
        await session.press("5", "enter", "ctrl+o")
        assert "Nothing is stored yet" in session.words()
        before = state(kept)
        with held(kept):
            await strike(session, "ctrl+o")
            await until(session, lambda: "Waiting: another partner-tui is writing" in session.words())
            await strike(session, "escape")
            await until(session, lambda: "The import was stopped: nothing was changed." in session.words())
            await session.settle()
        assert state(kept) == before


async def test_the_program_can_be_left_during_a_wait(kept: Database) -> None:
    before = state(kept)
    with held(kept):
        async with opened(kept, (160, 50)) as session:
            await session.press("4", "end")
            await strike(session, "d")
            await until(session, lambda: WAITING in session.words())
            await strike(session, "q")
        assert not session.app.crashed
        assert session.app.return_code == 0
    assert state(kept) == before
