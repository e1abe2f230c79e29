"""The floors, what each start loads, and what every module and dependency owes its reader."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Container, Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pexpect
import pytest

from tui.cli.main import COMMANDS as COMMAND_NAMES

ROOT = Path(__file__).parents[1]
FLOORS = ("db", "core", "exporters", "tui")
HEAVY = {"httpx2", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "reportlab", "sqlite_utils"}
"""Libraries that cost more than a start may: each is loaded where it is used."""

FILES = sorted(file for floor in FLOORS for file in (ROOT / floor).rglob("*.py"))

RECORDER = """
import sys
class Recorder:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        with open({log!r}, "a") as log:
            print(top, file=log)
        if top in {banned!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Recorder())
"""
"""Writes down what is imported, at the moment it is asked for, so that no way of ending loses it."""


def module_name(file: Path) -> str:
    """Return the name under which `file` is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def dependencies() -> list[str]:
    """Return the names of the libraries that running and developing the program needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    return sorted(re.split(r"[^\w.-]", line)[0] for line in wanted)


def recorded(log: Path, code: str, banned: Iterable[str] = ()) -> list[str]:
    """Return the command that runs `code`, writes the packages it imports to `log` and refuses the banned ones."""
    log.touch()
    return [sys.executable, "-c", RECORDER.format(log=str(log), banned=set(banned)) + code]


def imported_by(log: Path, code: str, banned: Iterable[str] = ()) -> set[str]:
    """Run `code` to its end and return the packages it imported, at any depth."""
    done = subprocess.run(recorded(log, code, banned), capture_output=True, text=True, cwd=log.parent, check=False)
    assert done.returncode == 0, done.stderr
    return set(log.read_text().split())


def command_line(*arguments: str) -> str:
    """Return the code that does what `partner-tui ARGUMENTS` does."""
    return f"import sys; sys.argv = {['partner-tui', *arguments]!r}; from tui.cli.main import main; sys.exit(main())"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "imports"


@pytest.fixture
def demo_accounts() -> None:
    """Make the demo's database beforehand: making it may load what opening it may not."""
    command = [sys.executable, "-c", command_line("--demo", "report", "all-accounts-summary", "--format", "csv")]
    subprocess.run(command, check=True, capture_output=True)


def test_arrows_between_the_floors_only_go_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def imports_of(file: Path, modules: Container[str]) -> set[str]:
    """Return the modules of ours that a file imports: also in functions, and for type checking alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in modules else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name in modules} - {module_name(file)}


def test_no_files_import_each_other_in_a_circle() -> None:
    modules = {module_name(file): file for file in FILES}
    waiting = {name: imports_of(file, modules) for name, file in modules.items()}
    while ready := [name for name, needed in waiting.items() if not needed & waiting.keys()]:
        for name in ready:
            del waiting[name]
    in_circles = {name: needed & waiting.keys() for name, needed in waiting.items()}
    assert not in_circles, "these files wait for each other, or for others that do"


@pytest.mark.parametrize("floor", ["db", "core", "exporters"])
def test_floor_works_without_textual(floor: str, log: Path) -> None:
    modules = [module_name(file) for file in FILES if file.is_relative_to(ROOT / floor)]
    code = f"from importlib import import_module\nfor module in {modules!r}: import_module(module)"
    assert "textual" not in imported_by(log, code, banned=["textual"])


@pytest.mark.parametrize("code", ["import tui.cli.main", command_line("--version"), command_line("report", "--help")])
def test_command_line_starts_light(code: str, log: Path) -> None:
    assert imported_by(log, code) & (HEAVY | {"textual"}) == set()


@pytest.mark.usefixtures("demo_accounts")
@pytest.mark.parametrize("report", ["all-accounts-summary", "new-account-bonus-tracker"])
def test_csv_report_loads_nothing_heavy(report: str, log: Path) -> None:
    code = command_line("--demo", "report", report, "--format", "csv")
    assert imported_by(log, code) & (HEAVY | {"textual"}) == set()


COMMANDS_AS_USED: dict[str, tuple[str, ...]] = {
    "import": ("import", "accounts.csv", "--dry-run"),
    "report": ("report", "cancels-and-move-outs"),
    "reports": ("reports",),
    "runs": ("runs",),
    "lists": ("lists", "list"),
    "mappings": ("mappings", "list"),
    "undo-import": ("undo-import", "--help"),
    "backup": ("backup", "copy.db"),
    "doctor": ("doctor",),
    "completion": ("completion", "bash"),
}
"""What is run of each command; of others, their help."""


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_no_command_needs_textual(command: str, log: Path) -> None:
    (log.parent / "accounts.csv").write_text("Account ID,Status\nA1,Open\n")
    arguments = COMMANDS_AS_USED.get(command, (command, "--help"))
    imported_by(log, command_line("--demo", *arguments), banned=["textual"])


def test_import_loads_nothing_of_http(log: Path) -> None:
    file = log.with_name("accounts.csv")
    file.write_text("Account ID,Company\na1,Acme\n")
    code = command_line("--db", str(log.with_name("a.db")), "import", str(file))
    assert imported_by(log, code) & {"httpx2", "httpcore2", "textual"} == set()


def test_one_module_alone_knows_the_http_library() -> None:
    knowing = [
        module_name(file) for file in FILES if re.search(r"^\s*(import|from) httpx2", file.read_text(), re.MULTILINE)
    ]
    assert knowing == ["core.vendor.transport"]


@pytest.mark.parametrize("file_format", ["html", "pdf", "xls", "json"])
def test_reports_are_made_without_textual(file_format: str, log: Path) -> None:
    output = log.with_name(f"out.{file_format.replace('xls', 'xlsx')}")
    code = command_line("--demo", "report", "cancels-and-move-outs", "--format", file_format, "--output", str(output))
    imported_by(log, code, banned=["textual"])
    assert output.stat().st_size > 0


@pytest.mark.usefixtures("demo_accounts")
def test_application_shows_its_first_screen_without_anything_heavy(log: Path) -> None:
    command, *arguments = recorded(log, command_line("--demo"))
    environment = os.environ | {"TERM": "xterm-256color"}
    child = pexpect.spawn(command, arguments, env=environment, dimensions=(24, 80), timeout=60)
    try:
        child.expect_exact("MY ORGANIZATION")
    finally:
        child.close(force=True)
    imported = set(log.read_text().split())
    assert "textual" in imported
    assert imported & HEAVY == set()


def test_first_screen_is_made_without_what_only_later_ones_need() -> None:
    later = ("core.reports", "core.importing", "core.conditions", "exporters", "tui.dialogues", "tui.pages.report")
    code = f"import sys, tui.app; print([name for name in sys.modules if name.startswith({later!r})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text("utf-8")))


@pytest.mark.parametrize("file", [file for file in FILES if file.name == "__init__.py"], ids=module_name)
def test_package_file_holds_no_code(file: Path) -> None:
    statements = ast.parse(file.read_text("utf-8")).body
    assert len(statements) == 1, "more than the docstring"


def test_every_dependency_has_its_reason() -> None:
    reasons = re.findall(r"^\| `([\w.-]+)` \|", (ROOT / "docs" / "libraries.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(reasons) == dependencies()


_MODULES = {"fonttools": "fontTools"}
"""Libraries that are imported under another name, but for dashes."""


def importers_of(library: str) -> set[str]:
    """Return the files that import a library, anywhere in them."""
    module = _MODULES.get(library, library.replace("-", "_"))
    return {file for file, packages in _packages_of_files().items() if module in packages}


@cache
def _packages_of_files() -> dict[str, set[str]]:
    """Return the packages that each file imports."""
    return {file.relative_to(ROOT).as_posix(): {name.partition(".")[0] for name in imported(file)} for file in FILES}


def test_every_library_is_imported_where_its_page_says_and_nowhere_else() -> None:
    page = (ROOT / "docs" / "libraries.md").read_text("utf-8").partition("## To develop")[0]
    lines = re.findall(r"^\| `([\w.-]+)` \| .* \| (.*) \|$", page, re.MULTILINE)
    assert len(lines) > 10
    for library, said in lines:
        places, importers = re.findall(r"`([\w./]+)`", said), importers_of(library)
        assert all(any(file.startswith(place) for place in places) for file in importers), f"{library}: {importers}"
        assert all(any(file.startswith(place) for file in importers) for place in places), f"{library}: {places}"


def test_lock_file_pins_every_dependency_and_names_no_place() -> None:
    _, *pins = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    assert set(dependencies()) <= {pin.partition("==")[0].lower() for pin in pins}


def imported(file: Path) -> set[str]:
    """Return what a module imports, also in functions and for type checking alone."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_no_two_files_of_the_screens_know_each_other() -> None:
    known = {
        module_name(file): file for file in FILES if file.name != "__init__.py" and file.is_relative_to(ROOT / "tui")
    }
    order = TopologicalSorter({name: imported(file) & known.keys() for name, file in known.items()})
    order.prepare()  # raises CycleError, which names the files
