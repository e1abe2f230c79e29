"""Fixtures for the tests of the application."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from core.database import Database
from core.query import reader
from tests.tui.application import fill
from tests.tui.painting import _painted_when_looked_at, every_frame
from tests.tui.quiet import quiet

__all__ = ["_painted_when_looked_at", "every_frame"]

SCREENS = str(Path(__file__).parents[2] / "tui")


def _is_on_loop() -> bool:
    """Return whether the application calls from the thread of an event loop, rather than a test."""
    if asyncio._get_running_loop() is None:
        return False
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith(SCREENS):
            return True
        frame = frame.f_back
    return False


@pytest.fixture(autouse=True)
def _no_database_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which the application uses a connection on its event loop: another program may hold it."""
    used: list[str] = []

    def watched(name: str) -> Callable[..., Any]:
        usual = getattr(sqlite3.Connection, name)

        def use(connection: sqlite3.Connection, *arguments: Any, **others: Any) -> Any:
            if _is_on_loop():
                used.append(f"{name}{arguments[:1]}")
            return usual(connection, *arguments, **others)

        return use

    names = ("execute", "executemany", "executescript", "commit", "rollback", "backup", "close")
    watching = type("Watching", (sqlite3.Connection,), {name: watched(name) for name in names})
    usual_connect = sqlite3.connect

    def connect(*arguments: Any, **others: Any) -> sqlite3.Connection:
        if _is_on_loop():
            used.append(f"connect{arguments[:1]}")
        return usual_connect(*arguments, **{"factory": watching, **others})

    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr(reader, "MOMENT", 60.0)  # however busy the machine is, keys right behind find their rows
    yield
    assert used == []


@pytest.fixture(autouse=True)
def _no_waiting_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot go on as soon as nothing is left to do."""

    async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
        await quiet(at_most=max_sleep)

    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)


_usual_parse = Stylesheet._parse_rules
_parsed: dict[Hashable, list[RuleSet]] = {}


@pytest.fixture(autouse=True)
def _styles_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each style sheet once for many tests, as one application does for its screens: it took half of a start."""

    def parse(sheet: Stylesheet, css: str, *where: Any, **others: Any) -> list[RuleSet]:
        key = (css, where, *others.items(), *sheet._variables.items())
        if key not in _parsed:
            _parsed[key] = _usual_parse(sheet, css, *where, **others)
        return _parsed[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return a database of a handful of accounts."""
    path = tmp_path / "partner.db"
    fill(path)
    return Database(path)


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the application be started in a folder of its own."""
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
