"""Reports over a year of weekly lists: what the log of changes costs to read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.data import AS_OF
from benchmarks.finding import Finding
from benchmarks.plan import Plan
from benchmarks.year import year
from core.database import Database
from core.home_insight import gather_insight
from core.kept_figures import NAME
from core.query.query import Query, run_report
from core.query.request import ask
from core.remembered import file_of
from core.reports.catalogue import find_report
from core.views.session import FIRST_ROWS
from core.work import Work

WEEK, YEAR, GROWTH, FORECAST, KNOWN, HOME = 1.0, 5.0, 3.0, 1.5, 5.0, 1.0
"""The budgets, in seconds."""


def insight(plan: Plan) -> Iterator[Finding]:
    """Measure each report in a process of its own, until its rows, totals and notes are there."""
    path = year(plan.opened)
    took = json.loads(
        subprocess.run(
            [sys.executable, "-m", "benchmarks.insight", str(path)], check=True, capture_output=True, text=True
        ).stdout
    )
    title = f"a year of weekly lists, {plan.opened:,} accounts:"
    for what, budget in (
        ("What Changed, the last week", WEEK),
        ("What Changed, the year", YEAR),
        ("Growth by Month", GROWTH),
        ("Bonus Forecast", FORECAST),
        ("Accounts at Risk, rows in order", None),
        ("known on a day half a year ago, first rows", KNOWN),
        ("Home's figures, after an import or on a new day", HOME),
        ("Home's figures, kept", HOME),
    ):
        cpu, wall = took[what]
        yield Finding(f"{title} {what}", f"{cpu:.3g} s CPU, {wall:.3g} s", "", cpu, "s", budget)
    share = took["log"]
    yield Finding(f"{title} the log beside the accounts", f"{share:.2g} × the accounts", "", share, "×", 1.0)


def _run(database: Database, report: str, **asked: str) -> None:
    with closing(database.read()) as connection:
        result = run_report(connection, ask(find_report(report), AS_OF, **asked))  # type: ignore[arg-type]
        for _ in result.blocks():
            pass


def _known_on(database: Database, day: date) -> None:
    """Read the first rows of Details as known on a day, which are built from the log first."""
    with closing(database.read()) as connection:
        asked = ask(find_report("managed-account-details"), day, status="O", known_on=day)
        query = Query(connection, asked)
        query.rows_of(query.row_ids(FIRST_ROWS))


def measure(path: Path) -> dict[str, object]:
    """Return the seconds, of CPU and by the clock, that each takes."""
    database = Database(path)
    with closing(database.read()) as connection:
        first = date.fromisoformat(connection.execute("SELECT min(dated) FROM imports").fetchone()[0])
        sizes = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall())
    file_of(NAME).unlink(missing_ok=True)
    home = partial(gather_insight, database, AS_OF, None, Work())
    works: dict[str, Callable[[], object]] = {
        "What Changed, the last week": partial(_run, database, "what-changed"),
        "What Changed, the year": partial(_run, database, "what-changed", since=str(first)),
        "Growth by Month": partial(_run, database, "growth-by-month"),
        "Bonus Forecast": partial(_run, database, "bonus-forecast"),
        "Accounts at Risk, rows in order": partial(_run, database, "accounts-at-risk"),
        "known on a day half a year ago, first rows": partial(_known_on, database, AS_OF - timedelta(182)),
        "Home's figures, after an import or on a new day": home,
        "Home's figures, kept": home,
    }
    took: dict[str, object] = {}
    for what, work in works.items():
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        took[what] = (time.process_time() - cpu, time.perf_counter() - wall)
    log = sum(size for name, size in sizes.items() if name.startswith("changes"))
    return took | {"log": log / sum(size for name, size in sizes.items() if name.startswith("accounts"))}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
