"""A database with hostile names, and the application on it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from core.database import Database
from db.connection import connect_writing
from db.transaction import transaction
from tests.tui.painting import strips
from tests.tui.quiet import TYPED_AHEAD, quiet, threads_at_work
from tui.app import PartnerApp

AS_OF = date(2026, 3, 4)
MARKUP = "[@click=app.bell]x[/] & [/b] Ltd"
ESCAPES = "Evil \x1b]0;PWNED\x07 \x9b31m \u202egpj.exe"
SIZES = [(80, 24), (160, 50)]
PATIENCE = 60.0
"""Seconds after which what is under way hangs."""

_COLUMNS = (
    "account_id, username, company, first_name, last_name, email, relationship, status, plan_type, list_size,"
    " created_on, initial_upgrade_on, last_login_on, cancelled_on, cancel_reason, added_by"
)
_ROWS = [
    ("A1", "acme", "Acme", "Ann", "Lee", "acme@example.com", "managed", "O", "Lite", 120, "2025-01-02", "2025-12-20",
     "2026-03-01", None, None),
    ("A2", "markup", MARKUP, "[b]Bo", "[/]", "bo@example.com", "managed", "O", "[red]Core", 0, "2025-01-03",
     "2025-12-15", None, None, None),
    ("A3", "escapes", ESCAPES, "E\x1b[2J", "Vil", "e@example.com", "referred", "T", None, None, "2026-02-20", None,
     None, None, None),
    ("A4", "gone", "Zoë’s Café", "Zoë", "Łuk", "z@example.com", "managed", "C", "Standard", 4500, "2024-01-01",
     "2025-11-30", "2026-01-01", "2026-02-14", "[link=x]Cost Too High"),
    ("A5", "late", "株式会社サンプル", None, None, None, "referred", "E", None, 7, None, None, None, None, None),
]  # fmt: skip


def fill(path: Path, more: int = 0) -> None:
    """Write the accounts, and `more` plain ones, to a database."""
    plain = [
        (f"B{n:05}", f"user{n}", f"Company {n:05}", None, None, None, "managed", "O", "Lite", n, None, None, None, None,
         None)
        for n in range(more)
    ]  # fmt: skip
    connection = connect_writing(path)
    with transaction(connection):
        rows = [(*row, 1, row[2], row[1]) for row in [*_ROWS, *plain]]
        connection.executemany(
            f"INSERT INTO accounts ({_COLUMNS}, company_key, username_fold)"
            f" VALUES ({', '.join('?' * 16)}, fold_key(?), ?)",
            rows,
        )
        connection.execute(
            "INSERT INTO imports (file, dated, imported_at, read, new, changed, same, returned, rejected)"
            " VALUES ('[b]accounts.csv', '2026-03-04', '2026-03-04T09:30:00+00:00', 5, 5, 0, 0, 0, 0)"
        )
    connection.close()


class Session:
    """The application under a pilot."""

    def __init__(self, app: PartnerApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that follows from them is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into the focused field, as fast as a terminal sends what was pasted."""
        for char in text:
            self.app.post_message(events.Key(char, char))
        await self.settle()

    async def settle(self) -> None:
        """Wait until no worker is running and every message was handled."""
        await self.pilot.pause()
        await quiet(TYPED_AHEAD, PATIENCE, self._is_at_work)

    def _is_at_work(self) -> bool:
        return threads_at_work() or any(not worker.is_finished for worker in self.app.workers)

    def text(self) -> str:
        """Return what is on the screen, line by line: what lies under a dialogue too."""
        return "\n".join(strip.text.rstrip() for strip in strips(self.app))

    def words(self) -> str:
        """Return the same as running text, without borders and line ends."""
        return " ".join(re.sub("[│▏▕┃▌▐]", " ", self.text()).split())


@asynccontextmanager
async def opened(database: Database, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Session]:
    """Yield the application, started and at rest."""
    app = PartnerApp(database, AS_OF)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        session = Session(app, pilot)
        await session.settle()
        yield session


def runs_of(database: Database) -> list[tuple[str, str, str]]:
    """Return (report, format, outcome) of every run recorded, oldest first."""
    with sqlite3.connect(database.path) as connection:
        return connection.execute("SELECT report, format, outcome FROM runs ORDER BY id").fetchall()
