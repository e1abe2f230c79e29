"""The wheel: what is in it, and that it works installed, away from the checkout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("db", "core", "exporters", "tui")
NOT_SHIPPED = ("benchmarks", "docs", "tests")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what is here: a build leaves folders behind, and takes up those that the build before it left."""
    copy = tmp_path_factory.mktemp("wheel") / "source"
    leave = shutil.ignore_patterns("__pycache__", "node_modules")
    for folder in FLOORS + NOT_SHIPPED:
        shutil.copytree(ROOT / folder, copy / folder, ignore=leave)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(source.parent)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True)
    return next(source.parent.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Install the wheel into a new environment, which borrows the libraries of this one; return its programs."""
    environment = wheel.parent / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    programs = environment / "bin"
    target = ["--python", str(programs / "python")]
    options = ["--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", *target, "install", *options, str(wheel)], check=True)
    [packages] = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def test_wheel_holds_the_floors_with_their_data_and_nothing_else(source: Path, wheel: Path) -> None:
    files = (file for floor in FLOORS for file in (source / floor).rglob("*"))
    wanted = {str(file.relative_to(source)) for file in files if file.is_file()}
    assert {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name} == wanted


def test_installed_program_runs_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    def run(program: str, *arguments: str) -> str:
        command = [str(installed / program), *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=tmp_path).stdout.decode()

    assert str(installed.parent) in run("python", "-c", "import tui.cli.main; print(tui.cli.main.__file__)")
    assert "0.1.0" in run("partner-tui", "--version")
    assert json.loads(run("partner-tui", "--demo", "report", "all-accounts-summary", "--format", "json"))["rows"]


@pytest.mark.parametrize("ending", ["csv", "html", "pdf", "xlsx"])
def test_installed_program_writes_every_format(installed: Path, tmp_path: Path, ending: str) -> None:
    program = str(installed / "partner-tui")
    arguments = ["--demo", "report", "all-accounts-summary", "--output", f"summary.{ending}"]
    subprocess.run([program, *arguments], check=True, cwd=tmp_path)
    assert (tmp_path / f"summary.{ending}").stat().st_size > 0
