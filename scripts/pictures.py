"""Makes the pictures in docs/ anew: the program's own screens, on demo accounts of a fixed day.

Run by `make pictures`.
"""

from __future__ import annotations

import asyncio
import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from core.database import Database
from core.demo import make_demo
from tui.app import PartnerApp

DOCS = Path(__file__).parents[1] / "docs"
_DAY = date(2026, 3, 4)
_SIZE = (140, 30)

PICTURES = {
    "report": ("r", "down", "down", "tab", "f2", "down", "down"),
    "pictures/home": ("1",),
    "pictures/generate-report": ("r", "down"),
    "pictures/filter": ("r", "down", "down", "tab", "f2", "f", *"days_to_go", "space", "<", "space", *"30", "enter"),
    "pictures/account": ("r", "down", "down", "tab", "f2", "down", "enter"),
    "pictures/lists": ("4",),
}
"""Name to the keys that lead there."""


async def _photograph(database: Database, name: str, keys: tuple[str, ...]) -> None:
    app = PartnerApp(database, _DAY)
    async with app.run_test(size=_SIZE) as pilot:
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause(0.2)
        (DOCS / f"{name}.svg").write_text(app.export_screenshot(title="partner-tui", simplify=True), "utf-8")


def main() -> None:
    """Make every picture."""
    with TemporaryDirectory() as folder:
        for place in ("CONFIG", "DATA", "STATE"):  # nothing of the person's shows
            os.environ[f"XDG_{place}_HOME"] = folder
        database = Database(Path(folder) / "demo.db", is_demo=True)
        make_demo(database.path, _DAY)
        for name, keys in PICTURES.items():
            asyncio.run(_photograph(database, name, keys))


if __name__ == "__main__":
    main()
