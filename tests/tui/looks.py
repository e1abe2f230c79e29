"""A walk over all screens, and what each looks like: which texts stand in which style."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path
from textwrap import shorten

from rich.segment import Segment

from core.database import Database
from tests.tui.application import Session, opened
from tests.tui.painting import strips

SIZE = (80, 24)
SCREENS = {
    "home, a tile": ["tab"],
    "my accounts, searched and selected": ["2", "slash", *"ac", "enter", "space"],
    "account": ["enter"],
    "values of a column": ["escape", "l", "l", "F"],
    "statistics": ["escape", "I"],
    "columns": ["escape", "C"],
    "views": ["escape", "v"],
    "filter at fault": ["escape", "f", "x"],
    "toast": ["escape", "y"],
    "help": ["question_mark"],
    "export of a selection": ["escape", "e"],
    "export": ["escape", "x", "e"],
    "make a list": ["escape", "t"],
    "generate report": ["escape", "r", "down", "enter", "o"],
    "report": ["backspace", "O", "enter"],
    "notes": ["i"],
    "my reports": ["escape", "3"],
    "targeted lists": ["4"],
    "export for upload": ["e"],
    "import": ["escape", "5"],
    "import, what the file is": ["enter"],
    "import, a heading": ["end", "up", "up", "up", "up", "up", "up", "enter"],
    "import, what will change": ["escape", "ctrl+o"],
    "settings": ["6", "tab"],
    "settings, a key": ["tab", "tab", "tab", "enter"],
    "palette": ["escape", "ctrl+p", *"ac"],
    "help page": ["escape", "1", "end", "enter"],
}
"""Keys from each screen to the next."""
FILE = "Account ID,Shop,Status,List Size\nA9,Corner,Frozen,12\nA8,Hill,Open,many\n"


async def walk(database: Database, theme: str, folder: Path) -> AsyncIterator[tuple[str, Session]]:
    """Yield each screen's name and the session that shows it, in a theme; in `folder`, the working one, is a file."""
    (folder / "accounts.csv").write_text(FILE)
    async with opened(database, SIZE) as session:
        session.app.theme = theme
        for name, keys in SCREENS.items():
            session.app.clear_notifications()
            await session.press(*keys)
            await session.pilot.pause(0.2 if "palette" in name else 0)
            yield name, session
    async with opened(Database(Path("none.db")), SIZE) as session:
        session.app.theme = theme
        await session.settle()
        yield "welcome", session


def segments(session: Session) -> list[Segment]:
    """Return what is on the screen, dim text in the colour that it gets."""
    return [segment for strip in strips(session.app) for segment in strip if segment.style]


def look(shown: list[Segment]) -> str:
    """Return each style with what is written in it, once: what changes its colour or mark moves to another line."""
    texts: dict[str, dict[str, None]] = {}
    for style, run in groupby(shown, lambda segment: str(segment.style)):
        if words := " ".join(_steady("".join(segment.text for segment in run)).split()):
            texts.setdefault(style, {})[words] = None
    return "\n".join(f"{style}: {shorten(' | '.join(words), 160)}" for style, words in sorted(texts.items()))


def _steady(text: str) -> str:
    """Return a text without what differs from run to run: paths, moments and days, of which one is today."""
    return re.sub(r"\S*/\S*|\d{4}-\d\d-\d\d( \d\d:\d\d)?", "…", text)
