"""Makes docs/promises.md: what is promised against whom, and the tests that show it, from the marks in the tests.

Run by `make docs`; a test fails when the page is not current.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "promises.md"

PROMISES = {
    "P1": (
        "Imported text is never executed",
        "Whatever a file, a database or the vendor holds is text and stays text: no code, formula, script, markup,"
        " action or escape sequence, on a terminal, on the command line, in HTML, CSV, XLS, PDF, JSON, mail, units and"
        " crontab lines.",
    ),
    "P2": (
        "An import is one transaction and accounts for every row",
        "It is in whole or not at all, whoever works beside it, and read = new + changed + same + rejected. "
        "It can be taken back.",
    ),
    "P3": (
        "An export is the whole file or no change",
        "An older file is never half overwritten, and several files appear together or not at all. What a killed run"
        " left goes at the next start.",
    ),
    "P4": ("No value is altered silently", "It is kept as it came, or counted and named."),
    "P5": (
        "What is private stays private",
        "Databases and exports are 0600 in folders 0700, unless you share them; secrets and customers’ data are in no"
        " log, argument or crash report, and no temporary file stays.",
    ),
    "P6": (
        "Any fault ends in words",
        "What is wrong, what is now true, what to do next; a restored terminal and a status that is not zero. No file, "
        "database or key ends the program otherwise.",
    ),
}
"""By name: its title, and what it means."""

WHO = (
    ("A file from a client", "acts when it is opened or shown, or exhausts the machine", "P1, P2, P4, P6",
     "A workbook or page may take 512 MB and 20 seconds; it is read in a process of its own."),
    ("A database from a colleague", "holds anything anywhere, or is damaged", "P1, P6",
     "It is opened as it is: what it claims of accounts is believed, as that of any list is."),
    ("A neighbour on the server", "reads what is written, or plants a link", "P3, P5",
     "Who has your login or root can read and change all of it."),
    ("The vendor’s answers", "hold customers’ text, are cut, come late or twice", "P1, P3, P4",
     "Whoever can pose as the vendor’s server with a valid certificate."),
    ("A dropped line, a kill, a power cut", "comes at any moment", "P2, P3, P6",
     "A disk that says that it has written what it has not."),
    ("A full disk, a broken one", "fails any call of the system", "P3, P6", "Files that the disk itself loses later."),
    ("The person at the keys", "presses anything", "P6", "Deleting the database by other means; `backup` is for that."),
)  # fmt: skip
"""Who might harm, how, what is promised against it, and what is not defended."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Tests of one file that show a promise."""

    file: str
    says: str
    """The first line of the file's docstring."""
    tests: tuple[str, ...]
    sweeps: int
    """How many of them are sweeps."""


def shown() -> dict[str, list[Shown]]:
    """Return by promise the tests that are marked with it."""
    found: dict[str, list[Shown]] = {name: [] for name in PROMISES}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        of_file = [mark for node in tree.body if _is_pytestmark(node) for mark in _marks(node)]
        tests = [node for node in tree.body if _is_test(node)]
        for promise in PROMISES:
            marked = [test for test in tests if promise in of_file or promise in _marks(test)]
            if marked:
                is_sweep = "sweep" in of_file
                sweeps = [test for test in marked if is_sweep or "sweep" in _marks(test)]
                says = re.sub(r" \([^()]*\)\.$", ".", (ast.get_docstring(tree) or "").splitlines()[0])
                names = tuple(test.name for test in marked)  # type: ignore[attr-defined]
                found[promise].append(Shown(str(path.relative_to(ROOT)), says, names, len(sweeps)))
    return found


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")


def _marks(node: ast.stmt) -> list[str]:
    """Return the marks that stand in an assignment or in a test's decorators; of `promise` its arguments."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else [node]
    return [mark for decorator in decorators for mark in _in(decorator)]


def _in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.promise":
            yield from (str(ast.literal_eval(argument)) for argument in node.args)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "pytest.mark" and node.attr == "sweep":
            yield "sweep"


def page() -> str:
    """Return the page, as Markdown."""
    lines = [
        "<!-- made by make docs from the marks in tests/ and scripts/promises.py -->",
        "# What partner-tui promises, against whom, and how it is shown",
        "",
        "For whoever answers for the machine and the customers’ data. Assumed are a sound kernel, a disk that keeps",
        "what it confirms, and that root and your own login are yours.",
        "",
        "## Who might harm",
        "",
        "| who or what | how | promised | not defended |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in WHO),
        "",
        "Not defended at all: a keylogger, a terminal whose own parser has faults, other programs of yours.",
    ]
    for name, files in shown().items():
        title, means = PROMISES[name]
        tests = sum(len(one.tests) for one in files)
        sweeps = sum(one.sweeps for one in files)
        lines += ["", f"## {name}: {title}", "", means, ""]
        lines += [f"Shown by {tests} tests in {len(files)} files, {sweeps} of them sweeps:", ""]
        lines += ["| tests | of them sweeps | file | what it shows |", "|---|---|---|---|"]
        lines += [f"| {len(one.tests)} | {one.sweeps or ''} | `{one.file}` | {one.says} |" for one in files]
    lines += [
        "",
        "## Sweeps",
        "",
        "A sweep tries much of a kind with a seed: hostile texts in every column through each way out and on a real",
        "terminal, kills at random moments, system calls that fail, changed files, random keys, two processes on one",
        "database. `make test-all` runs them for a moment with one seed, `make fuzz` for long with another each day;",
        "both end with what was tried and has held. What a sweep finds is mended and gets a test of its own.",
    ]
    return "\n".join(lines) + "\n"
