"""The make targets: what a person meets first."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPORTS = ("all-accounts-summary", "cancels-and-move-outs", "managed-account-details-O", "new-account-bonus-tracker")


def make_venv_with(python: Path, says: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up with a stand-in for Python, whose answers the shell line `says` gives."""
    python.write_text(f"#!/bin/sh\n{says}\n")
    python.chmod(0o755)
    command = ["env", f"PYTHON={python}", str(ROOT / "scripts" / "make-venv")]
    return subprocess.run(command, capture_output=True, text=True, cwd=python.parent, check=False)


def test_missing_venv_is_named_with_its_package(tmp_path: Path) -> None:
    done = make_venv_with(tmp_path / "python", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt install python3-venv" in done.stderr


def test_missing_python_is_named_with_its_package(tmp_path: Path) -> None:
    done = make_venv_with(tmp_path / "python", "exit 127")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.11 or newer" in done.stderr


@pytest.mark.programs
def test_help_names_every_target() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets is not None
    done = subprocess.run(["make"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert [line.split()[1] for line in done.stdout.splitlines()] == targets[1].split()


@pytest.mark.programs
def test_run_without_a_terminal_writes_every_report_anew(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with blanks"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    (folder / ".venv").symlink_to(sys.prefix)

    for _ in range(2):
        command = ["make", "--silent", "--old-file=.venv/ready", "run"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=folder, check=True)
        written = sorted(
            str(folder / "reports" / f"{name}.{end}") for name in REPORTS for end in ("csv", "html", "pdf", "xlsx")
        )
        assert sorted(done.stdout.splitlines()) == written
        assert sorted(str(path) for path in (folder / "reports").iterdir()) == written
