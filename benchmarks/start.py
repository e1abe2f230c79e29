"""From the command to the first screen."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.data import Accounts
from benchmarks.finding import Finding, not_measured, of_pair
from benchmarks.measure import OURS, Cost, by_turns
from benchmarks.plan import Plan
from benchmarks.terminal import Program, Size
from benchmarks.visidata import visidata

SIZE = Size(160, 50)
BARE_APP = str(Path(__file__).parent / "peers" / "bare_app.py")
TIMES = 7


def start(plan: Plan) -> Iterator[Finding]:
    """Measure until the menu is shown, until Home's figures are, and the peers."""
    accounts = Accounts(plan.opened)
    ours = [OURS, "--db", str(accounts.database)]
    times = 1 if plan.quick else TIMES
    what = f"start, {accounts.count:,} accounts:"

    def menu() -> Cost:
        return _until(ours, "ORGANIZATION")

    bare = by_turns(menu, lambda: _until([sys.executable, BARE_APP], "Ready"), times)
    yield of_pair(f"{what} first screen", bare, "a bare Textual app", budget=1.35)
    figures = by_turns(lambda: _until(ours, "partnership"), lambda: _until([sys.executable, BARE_APP], "Ready"), times)
    yield of_pair(f"{what} figures of Home", figures, "a bare Textual app", budget=2.0)
    program = visidata()
    if program is None:
        yield not_measured(f"{what} first screen", "", "VisiData could not be installed")
        return
    with accounts.csv.open(encoding="utf-8", newline="") as file:
        first_id = list(csv.reader(line for line, _ in zip(file, range(2), strict=False)))[1][0]
    peer = by_turns(menu, lambda: _until([program, str(accounts.csv)], first_id), times)
    yield of_pair(f"{what} first screen", peer, "VisiData, first rows of the CSV")


def _until(command: Sequence[str], word: str) -> Cost:
    with Program(command, SIZE) as program:
        return program.until_shown(word)
