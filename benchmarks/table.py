"""A report open as a table: first rows, another order or filter of all rows, windows anywhere, memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

from benchmarks.data import Accounts, request
from benchmarks.finding import Finding
from benchmarks.measure import OURS
from benchmarks.plan import Plan
from benchmarks.terminal import Program, Size
from core.database import Database
from core.query.ordered_rows import View, all_rows

SCREENFUL = 50
FIRST_ROWS = 200
"""As a report's page asks for."""
WINDOWS = 300
SORTS = ("contact", "email", "list_size", "last_login_on:desc")
FILTERS = ("list_size > 500", "company ~ cafe", "contact ~ an and campaigns_sent is not empty")
OPEN, ORDER, WINDOW, MEMORY = 0.15, 0.9, 10.0, 100.0
"""The budgets: seconds, seconds, milliseconds, MB."""

Answer = TypeVar("Answer")


def table(plan: Plan) -> Iterator[Finding]:
    """Measure the table of a report, in a process of its own, and the application's memory with the table open."""
    accounts = Accounts(plan.opened)
    title = f"table of {accounts.count:,} rows:"
    command = [sys.executable, "-m", "benchmarks.table", str(accounts.database)]
    took = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    orders = {name: seconds for name, seconds in took.items() if name.startswith(("sort", "filter"))}
    slowest = max(orders, key=orders.__getitem__)
    fastest = min(orders, key=orders.__getitem__)
    yield _seconds(f"{title} open, first rows", took["open"], OPEN)
    yield _seconds(f"{title} all in the report's order", took["all"], ORDER)
    yield _seconds(f"{title} the slowest of {len(orders)} sorts and filters ({slowest})", orders[slowest], ORDER)
    yield _seconds(f"{title} the fastest of them ({fastest})", orders[fastest], ORDER)
    worst, usual = took["worst window"] * 1e3, took["usual window"] * 1e3
    words = f"{usual:.2g} ms CPU; the worst of {WINDOWS} jumps {worst:.2g} ms"
    yield Finding(f"{title} a window anywhere", words, "", worst, "ms", WINDOW)
    memory = _memory(accounts) / 1e6
    yield Finding(f"{title} memory of the application", f"{memory:.0f} MB", "", memory, "MB", MEMORY)


def _seconds(what: str, seconds: float, budget: float) -> Finding:
    return Finding(what, f"{seconds:.3g} s CPU", "", seconds, "s", budget)


def _memory(accounts: Accounts) -> int:
    """Return the memory of the application once My accounts is open, in order, and was read to its end."""
    with Program([OURS, "--db", str(accounts.database)], Size(160, 50)) as program:
        program.settle()
        for key in ("2", "end"):
            program.press(key)
            program.settle()
        return program.memory()


def _took(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Return the seconds of CPU that work took, and its answer."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def _open(database: Database) -> View:
    view = View(database.read(), request())
    view.show(view.first_rows(FIRST_ROWS))
    view.rows(0, SCREENFUL)
    return view


def measure(path: Path) -> dict[str, float]:
    """Return the seconds of CPU of each thing that a table has done for it."""
    database = Database(path)
    took: dict[str, float] = {}
    took["open"], view = _took(partial(_open, database))
    took["all"], order = _took(partial(all_rows, database, request(), bool))
    for column in SORTS:
        asked = request(sort=(column,))
        took[f"sort {column}"], order = _took(partial(all_rows, database, asked, bool))
    for condition in FILTERS:
        asked = request(where=(condition,))
        took[f"filter {condition}"], _ = _took(partial(all_rows, database, asked, bool))
    view.show(order)
    places = Random(1).choices(range(max(1, len(order) - SCREENFUL)), k=WINDOWS)
    windows = sorted(_took(partial(view.rows, place, place + SCREENFUL))[0] for place in places)
    took["usual window"], took["worst window"] = windows[len(windows) // 2], windows[-1]
    return took


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
