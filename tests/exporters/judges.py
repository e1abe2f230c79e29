"""The judges of files that other people made: each says what it finds wrong, and nothing if all is well."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

JUDGES = Path(__file__).parents[1] / "judges"
_CHECKER = JUDGES / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_VALIDATOR = JUDGES / "node_modules" / ".bin" / "ooxml-validator"
_PYTHON = JUDGES / ".venv" / "bin"


def said(*command: str | Path) -> str:
    """Return what a program that must end well says."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def by_html_checker(pages: Sequence[Path]) -> str:
    """Return what the Nu HTML checker finds wrong with pages and their styles."""
    command: list[str | Path] = ["java", "-jar", _CHECKER, "--format", "gnu", "--also-check-css", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr or ("" if done.returncode == 0 else done.stdout)


def by_axe(pages: Sequence[Path]) -> list[str]:
    """Return what axe finds wrong in the light and the dark dress, and what pages do that they should not."""
    return list(json.loads(said("node", JUDGES / "page.mjs", *pages)))


def by_pa11y(pages: Sequence[Path]) -> list[str]:
    """Return what pa11y finds wrong."""
    return list(json.loads(said("node", JUDGES / "pa11y.mjs", *pages)))


def by_ooxml_validator(workbook: Path) -> list[object]:
    """Return what the validator of the Open XML SDK finds wrong with a workbook."""
    done = subprocess.run([_VALIDATOR, workbook], capture_output=True, text=True, check=False)
    return list(json.loads(done.stdout)["errors"])


def by_csvclean(file: Path) -> str:
    """Return what csvclean finds wrong with a CSV file; a column may well be empty."""
    done = subprocess.run(
        [_PYTHON / "csvclean", "--length-mismatch", file], capture_output=True, text=True, check=False
    )
    return done.stderr if done.returncode else ""


def by_frictionless(file: Path) -> list[object]:
    """Return what frictionless finds wrong with a CSV file; it takes no absolute paths."""
    command: list[str | Path] = [_PYTHON / "frictionless", "validate", "--json", file.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=file.parent)
    report: dict[str, list[Any]] = json.loads(done.stdout)
    return [error for task in report["tasks"] for error in task["errors"]] + report["errors"]


def by_libreoffice(file: Path, kind: str, ending: str, *options: str) -> Path:
    """Return a file's first sheet, or the whole, as LibreOffice makes it; it ends with 0 also where it fails."""
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    said("soffice", "--headless", profile, *options, "--convert-to", kind, "--outdir", file.parent / "out", file)
    return file.parent / "out" / f"{file.stem}.{ending}"
