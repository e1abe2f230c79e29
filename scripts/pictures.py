"""Makes the pictures in docs/ anew: the program's own screens, on demo accounts of a fixed day.

Run by `make pictures`.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from datetime import date
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from textual.pilot import Pilot

from core.database import Database
from core.demo.demo import make_demo
from tui.app import PartnerApp

DOCS = Path(__file__).parents[1] / "docs"
_DAY = date(2026, 3, 4)
_SIZE = (140, 30)
_CELL = 12.2
"""Width of a cell in Rich's pictures."""

_TRACKER = ("r", "down", "down", "tab", "f2")
PICTURES = {
    "report": (*_TRACKER, "down", "down"),
    "pictures/home": ("1",),
    "pictures/generate-report": ("r", "down"),
    "pictures/filter": (*_TRACKER, "f", *"nab_status = pending and days_to_go < 30", "enter", *["right"] * 8),
    "pictures/account": (*_TRACKER, "down", "enter"),
    "pictures/lists": ("4",),
}
"""Name to the keys that lead there."""


async def _settle(pilot: Pilot[None]) -> None:
    """Wait until the screen shows what the last key asked for."""
    for _ in range(3):  # what is done behind the screen may begin more of it
        await pilot.pause(0.2)
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _photograph(database: Database, name: str, keys: tuple[str, ...]) -> None:
    app = PartnerApp(database, _DAY)
    async with app.run_test(size=_SIZE) as pilot:
        await _settle(pilot)
        for key in keys:
            await pilot.press(key)
            await _settle(pilot)
        (DOCS / f"{name}.svg").write_text(_aligned(app.export_screenshot(title="partner-tui", simplify=True)), "utf-8")


def _aligned(svg: str) -> str:
    """Return a picture whose texts are as long as their cells: Rich counts letters, and some take two cells."""
    return re.sub(
        r'textLength="[^"]*"([^>]*)>([^<]*)',
        lambda text: f'textLength="{cell_len(unescape(text[2])) * _CELL:g}"{text[1]}>{text[2]}',
        svg,
    )


def _made_at_noon(database: Database) -> None:
    """Let the accounts be of a fixed moment too, so that a picture changes only when the screen does."""
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute("UPDATE imports SET imported_at = ?", [f"{_DAY}T12:00:00+00:00"])


def main() -> None:
    """Make every picture, each by a program that starts afresh."""
    os.environ["COLORTERM"] = "truecolor"  # as on the terminals that most have, whatever this one is
    os.environ.pop("NO_COLOR", None)
    for name, keys in PICTURES.items():
        with TemporaryDirectory() as folder:
            for place in ("CONFIG", "DATA", "STATE"):  # nothing of the person's shows
                os.environ[f"XDG_{place}_HOME"] = folder
            database = Database(Path(folder) / "demo.db", is_demo=True)
            make_demo(database.path, _DAY)
            _made_at_noon(database)
            asyncio.run(_photograph(database, name, keys))


if __name__ == "__main__":
    main()
