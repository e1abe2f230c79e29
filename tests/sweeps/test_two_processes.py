"""Two processes at work on one database: neither loses or mixes anything (promise P2)."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM
from tests.effort import Effort
from tests.hostile.database import is_sound
from tests.sweeps.work import DETAILS, TASKS, Bench

pytestmark = [pytest.mark.sweep, pytest.mark.promise("P2")]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("two"))


def works(number: int, folder: Path) -> list[tuple[str, ...]]:
    """Return what the process of a number may do."""
    file = folder / f"of-{number}.csv"
    rows = [f"p{number}-{row},Company {row},Open,Managed" for row in range(50)]
    file.write_text("\n".join(["Account ID,Company,Status,Account Type", f"a1,By {number},Open,Managed", *rows]) + "\n")
    return [
        ("import", str(file)),
        ("undo-import", "--yes"),
        (*DETAILS, "--output", f"of-{number}.out.csv", "--force"),
        ("lists", "new", f"list {number}", "--where", "status = Open"),
        ("lists", "delete", f"list {number}"),
        ("backup", f"of-{number}.db", "--force"),
        ("accounts", "note", "a1", f"Note of {number}"),
        ("runs",),
    ]


def test_two_at_once(bench: Bench, effort: Effort) -> None:
    bench.reset(TASKS["import"])
    for _ in effort.rounds(6, "pairs of commands at once on one database"):
        pair = [effort.chance.choice(works(number, bench.folder)) for number in (1, 2)]
        children = [
            subprocess.Popen(
                [*PROGRAM, "--db", "a.db", *words],
                cwd=bench.folder,
                env=bench.variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for words in pair
        ]
        for child, words in zip(children, pair, strict=True):
            _, said = child.communicate()
            assert child.returncode in (0, 1, 2), (pair, words, said)
        with closing(sqlite3.connect(bench.folder / "a.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            for number in (1, 2):
                (rows,) = connection.execute(
                    "SELECT count(*) FROM accounts WHERE account_id GLOB ?", [f"p{number}-*"]
                ).fetchone()
                assert rows in (0, 50), f"{pair}: {rows} of the 50 rows of one file"
        for number in (1, 2):
            copy = bench.folder / f"of-{number}.db"
            assert not copy.exists() or is_sound(copy)
