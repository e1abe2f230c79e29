"""CONTRIBUTING keeps its word: in a copy of the code a field, a kind and a report are added as it says, and used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Run = Callable[..., str]


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Return a copy of the code."""
    copy = tmp_path / "code"
    for part in ("db", "core", "exporters", "tui", "scripts"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def run(code: Path) -> Run:
    """Run a module of the copy, and return what it prints."""
    environment = os.environ | {"PYTHONPATH": str(code)}

    def run_module(*words: str) -> str:
        command = [sys.executable, "-P", "-m", *words]
        done = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_module


def change(file: Path, before: str, after: str) -> None:
    """Put a text in place of another that stands in a file once."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{file.name}: {before!r} stands there {text.count(before)} times"
    file.write_text(text.replace(before, after), "utf-8")


def raise_version(code: Path) -> None:
    made = code / "db" / "new_database.py"
    version = int(made.read_text("utf-8").partition("\nSCHEMA_VERSION = ")[2].split()[0])
    change(made, f"\nSCHEMA_VERSION = {version}", f"\nSCHEMA_VERSION = {version + 1}")


def rows(run: Run, *words: str) -> list[dict[str, object]]:
    out = run("tui", "--db", "a.db", *words, "--as-of", "2026-03-04", "--format", "json")
    found: list[dict[str, object]] = json.loads(out)["rows"]
    return found


def add_field(code: Path) -> None:
    """Add a field of numbers and one of text, each by a line and a migration."""
    fields = code / "db" / "fields.py"
    change(
        fields,
        '    Field("status_word", ',
        '    Field("seats", "Seats", "number", ("users",)),\n'
        '    Field("region", "Region", "text"),\n'
        '    Field("status_word", ',
    )
    with (code / "db" / "schema.py").open("a") as schema:
        schema.write(
            "\n\n@migrations()\ndef seats(db: Database) -> None:\n"
            '    """Seats and region."""\n'
            '    for column in ("seats INTEGER", "region TEXT", "region_key TEXT"):\n'
            '        db.execute(f"ALTER TABLE accounts ADD COLUMN {column}")\n'
        )
    raise_version(code)


def test_a_field_is_added_by_a_line_and_a_migration(code: Path, run: Run) -> None:
    (code / "old.csv").write_text("Account ID,Company\na1,Before\n")
    run("tui", "--db", "a.db", "import", "old.csv")
    add_field(code)
    run("scripts.new_database")
    (code / "new.csv").write_text('Account ID,Users,Region\na1,"1,200",Łódź\na2,7,Ávila\n')
    for database in ("a.db", "new.db"):  # one of before, one made anew
        run("tui", "--db", database, "import", "new.csv")
    run("tui", "--db", "a.db", "lists", "new", "Large", "--where", "seats > 100 and region begins with Łó")
    (large,) = rows(run, "lists", "show", "Large")
    assert (large["account_id"], large["company"], large["seats"], large["region"]) == ("a1", "Before", 1200, "Łódź")
    run("tui", "--db", "a.db", "undo-import")


KIND = '''

class Stars(Number):
    """One to five stars."""

    name, help = "stars", "one to five stars"

    def show(self, value: Value) -> str:
        """Return the stars."""
        return "★" * value if isinstance(value, int) else ""

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return the stars."""
        return list(map(self.show, values))


STARS = Stars()
'''

REPORT = '''"""Stars: a report with a kind, a parameter and a chart of its own."""

from core.query.columns import Column
from core.query.kinds import NUMBER, STARS, TEXT
from core.query.look import Chart, ChartShape, Look
from core.query.parameters import CountParameter
from core.reports.report import Report, ReportColumn, rows_source


class StarsReport(Report):
    """Counts of accounts by stars."""

    id = "stars"
    title = "Stars"
    help = "How many accounts have so many stars."
    rules = ("Counts.",)
    columns = (
        ReportColumn("name", "Name", TEXT),
        ReportColumn("stars", "Stars", STARS),
        ReportColumn("accounts", "Accounts", NUMBER),
    )
    is_list = False
    parameters = (
        CountParameter(name="most", title="Most", help="So many.", metavar="N", least=1, greatest=5, unit="star"),
    )
    look = Look(
        rows_are="Stars", chart=Chart(ChartShape.COLUMNS, "By stars", "name", ("accounts",), "Accounts by stars.")
    )

    def source(self, connection, request):
        """Return the counts."""
        (number,) = connection.execute("SELECT count(*) FROM accounts").fetchone()
        most = request.given.get("most", 5)
        return rows_source(self.columns, [(f"{stars} stars", stars, number * stars) for stars in range(1, most + 1)])

    def notes(self, connection, request):
        """Say nothing."""
        return []
'''


def test_a_kind_and_a_report_with_a_chart_and_a_parameter_are_a_file_and_a_line_each(code: Path, run: Run) -> None:
    with (code / "core" / "query" / "kinds.py").open("a") as kinds:
        kinds.write(KIND)
    (code / "core" / "reports" / "stars.py").write_text(REPORT)
    catalogue = code / "core" / "reports" / "catalogue.py"
    imported = "from core.reports.what_changed import"
    change(catalogue, imported, f"from core.reports.stars import StarsReport\n{imported}")
    change(catalogue, "    WhatChanged(),\n", "    WhatChanged(),\n    StarsReport(),\n")
    (code / "a.csv").write_text("Account ID,Company\na1,One\n")
    run("tui", "--db", "a.db", "import", "a.csv")
    assert "--most" in run("tui", "report", "--help")
    assert "stars" in run("tui", "reports")
    assert rows(run, "report", "stars", "--most", "2") == [
        {"name": "1 stars", "stars": 1, "accounts": 1},
        {"name": "2 stars", "stars": 2, "accounts": 2},
    ]
    for ending in ("pdf", "html", "csv", "xlsx"):
        run("tui", "--db", "a.db", "report", "stars", "--output", f"stars.{ending}")
    page = (code / "stars.html").read_text("utf-8")
    assert "★★★★★" in page
    assert '<rect class="series-1"' in page
    assert (code / "stars.csv").read_text("utf-8").splitlines()[-1] == '"5 stars","5","5"'
    assert (code / "stars.pdf").read_bytes().startswith(b"%PDF")
