"""The main job by keys alone, in a real terminal: import a file, run each report, write each format, quit."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo_file import write_demo_csv
from tests.e2e.tmux import Tmux

pytestmark = pytest.mark.programs

PROGRAM = str(Path(sys.executable).with_name("partner-tui"))
ACCOUNTS = 300
REPORTS = ["All Accounts Summary", "Managed Account Details", "New Account Bonus Tracker", "Cancels and Move-Outs"]
FORMATS = {"PDF": (".pdf", b"%PDF-"), "HTML": (".html", b"<!DOCTYPE"), "CSV": (".csv", b'"'), "XLS": (".xlsx", b"PK")}


@pytest.fixture
def terminal(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Tmux]:
    write_demo_csv(tmp_path / "accounts.csv", datetime.now(UTC).date(), ACCOUNTS)
    columns, lines = request.param
    terminal = Tmux(tmp_path, [PROGRAM], columns=columns, lines=lines)
    yield terminal
    terminal.close()


@pytest.mark.parametrize("terminal", [(80, 24), (160, 50)], indirect=True, ids=["80x24", "160x50"])
def test_main_job_by_keys_alone(terminal: Tmux, tmp_path: Path) -> None:
    terminal.wait_for("There are no accounts yet", "Import a file")
    import_accounts(terminal)
    for report in REPORTS:
        view(terminal, report)
    for word, (ending, magic) in FORMATS.items():
        path = export(terminal, word, tmp_path, ending)
        assert path.read_bytes().startswith(magic)
        assert path.stat().st_mode & 0o777 == 0o600
    terminal.press("q")
    terminal.wait_for("ENDED 0")
    assert same_as_command_line(tmp_path / "managed-account-details-T.csv")


def import_accounts(terminal: Tmux) -> None:
    terminal.press("Enter")
    terminal.wait_for("1 of 4")
    terminal.type("accounts.csv")
    terminal.press("Enter")
    terminal.wait_for("2 of 4", f"{ACCOUNTS} rows")
    terminal.press("C-o")
    terminal.wait_for("3 of 4", f"{ACCOUNTS} new")
    terminal.press("C-o")
    terminal.wait_for("4 of 4", "Accounts")


def choose(terminal: Tmux, report: str) -> None:
    """Open Generate Report with this report chosen, of the trials where it takes a status."""
    terminal.wait_for("r Run a Report")
    terminal.press("r")
    terminal.wait_for("Select a Report")
    terminal.press("Home")
    for _ in range(REPORTS.index(report)):
        terminal.press("Down")
    terminal.wait_for(f"● {report}")
    if report == "Managed Account Details":
        terminal.wait_for("E Expired Trial")
        terminal.press("Tab", "C-u", "T")
    if report != "All Accounts Summary":
        terminal.wait_for(" rows  ")


def view(terminal: Tmux, report: str) -> None:
    choose(terminal, report)
    terminal.press("F2")
    terminal.wait_for("row 1 of", "esc Back")
    terminal.press("Escape")
    terminal.wait_for("Run a Report", without="esc Back")


def export(terminal: Tmux, word: str, folder: Path, ending: str) -> Path:
    """View the trials and export what is shown."""
    choose(terminal, "Managed Account Details")
    terminal.press("F2")
    terminal.wait_for("row 1 of", "esc Back")
    terminal.press("e")
    terminal.wait_for("Export what is shown")
    terminal.press("Home")
    terminal.wait_for("● PDF")
    for before in list(FORMATS)[1 : list(FORMATS).index(word) + 1]:
        terminal.press("Right")
        terminal.wait_for(f"● {before}")
    terminal.wait_for(f"● {word}")
    path = folder / f"managed-account-details-T{ending}"
    terminal.press("Tab", "C-u")
    terminal.type(path.name)
    terminal.press("C-g")
    terminal.wait_for("The file is written")
    terminal.press("Escape")
    terminal.wait_for("esc Back", without="The file is written")
    terminal.press("Escape")
    terminal.wait_for("Run a Report", without="esc Back")
    return path


def same_as_command_line(path: Path) -> bool:
    """Whether the command line gives the rows that the application wrote."""
    command = [PROGRAM, "report", "managed-account-details", "--status", "T", "--format", "json"]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    with path.open(newline="", encoding="utf-8") as file:
        ids = [row["Account ID"] for row in csv.DictReader(file)]
    return ids == [row["account_id"] for row in said["rows"]]
