"""A CSV file taken in: read, checked, parsed, matched with known accounts, indexed."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from benchmarks.data import Accounts
from benchmarks.finding import Finding, cost_words, not_measured, of_pair
from benchmarks.measure import OURS, Cost, by_turns, run
from benchmarks.plan import Plan

BUDGETS = {1_000_000: 4.0}


def import_csv(plan: Plan) -> Iterator[Finding]:
    """Measure a first import beside `sqlite3 .import` into bare text columns."""
    for rows in plan.sizes:
        accounts = Accounts(rows)
        yield _one_size(accounts, plan.times(rows))
        yield _dirty(accounts, plan.times(rows))


def _dirty(accounts: Accounts, times: int) -> Finding:
    """Measure a first import of a file as a careless program writes it beside that of the clean one."""
    with tempfile.TemporaryDirectory() as folder:

        def taking(file: Path) -> Cost:
            return run([OURS, "--db", str(_new(Path(folder) / "ours.db")), "import", str(file)])

        pair = by_turns(lambda: taking(accounts.dirty_csv), lambda: taking(accounts.csv), times)
        return of_pair(f"import of a dirty file, {accounts.count:,} rows", pair, "the clean file")


def _one_size(accounts: Accounts, times: int) -> Finding:
    what, file = f"import, {accounts.count:,} rows", accounts.csv
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> Cost:
            return run([OURS, "--db", str(_new(Path(folder) / "ours.db")), "import", str(file)])

        if which("sqlite3") is None:
            return not_measured(what, cost_words(ours()), "sqlite3 is not installed")
        columns = ", ".join(f'"{heading}" TEXT' for heading in _headings(file))

        def peer() -> Cost:
            database = _new(Path(folder) / "peer.db")
            return run(
                [
                    "sqlite3",
                    str(database),
                    f"CREATE TABLE accounts ({columns})",
                    f".import --csv --skip 1 '{file}' accounts",
                ]
            )

        return of_pair(what, by_turns(ours, peer, times), "sqlite3 .import", BUDGETS.get(accounts.count))


def _headings(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


def _new(database: Path) -> Path:
    """Return the path with nothing there."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    return database
