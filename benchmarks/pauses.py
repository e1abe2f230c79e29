"""How long the screen stands still: the longest pause between two beats of the event loop while a person works."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.data import Accounts
from benchmarks.finding import Finding
from benchmarks.plan import Plan
from core.database import Database
from tui.app import PartnerApp

BEAT = 0.005
BUDGET = 0.2
"""Seconds."""
KEYS: dict[str, tuple[str, ...]] = {
    "My accounts opened": ("2",),
    "its end": ("end",),
    "sorted": ("s",),
    "filtered": ("f", *"list_size > 500", "enter"),
    "searched": ("slash", *"ann", "enter"),
    "all selected": ("escape", "asterisk"),
    "a list made of all": ("t", *"all of them", "enter"),
    "lists counted": ("4",),
    "the list deleted": ("end", "d"),
    "Home": ("1",),
}
"""Keys that a person presses, one after the other."""
LOCKED = {"a list made while another program writes": ("2", "t", *"another", "enter")}
HELD = 2.0
"""Seconds for which the other program holds the database."""


def pauses(plan: Plan) -> Iterator[Finding]:
    """Measure in a process of its own, on a copy of the accounts."""
    accounts = Accounts(plan.opened)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(accounts.database, folder))
        command = [sys.executable, "-m", "benchmarks.pauses", str(copy)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    longest = max(found, key=found.__getitem__)
    words = ", ".join(f"{name} {1e3 * seconds:.0f}" for name, seconds in found.items())
    yield Finding(
        f"the loop's longest pause, {accounts.count:,} accounts ({longest})",
        f"ms: {words}",
        "",
        found[longest],
        "s",
        BUDGET,
    )


class Beats:
    """Beats on the event loop, and notes the longest pause between two."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        """Beat until cancelled."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            self.longest, last = max(self.longest, now - last - BEAT), now


async def measure(path: Path) -> dict[str, float]:
    """Return the longest pause in seconds while each thing was done."""
    found: dict[str, float] = {}
    app = PartnerApp(Database(path))
    async with app.run_test(size=(160, 50)) as pilot:

        async def press(name: str, keys: tuple[str, ...]) -> None:
            beats = Beats()
            beating = asyncio.create_task(beats.beat())
            for key in keys:
                await pilot.press(key)
            await app.workers.wait_for_complete()
            beating.cancel()
            found[name] = beats.longest

        for name, keys in KEYS.items():
            await press(name, keys)
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            asyncio.get_running_loop().call_later(HELD, other.execute, "ROLLBACK")
            for name, keys in LOCKED.items():
                await press(name, keys)
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1])))))
