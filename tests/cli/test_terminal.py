"""On a terminal: a table, harmless text, and the application only where it can be shown."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import HOSTILE
from tests.cli.running import PATIENCE, PROGRAM, environment

pytestmark = pytest.mark.promise("P1")

DETAILS = ("report", "managed-account-details", "--status", "O")


def on_terminal(*arguments: str | Path, columns: int = 100, **variables: str) -> tuple[int, str]:
    """Run the program to its end on a terminal; return its code and all that the terminal was sent."""
    command, *before = PROGRAM
    child = pexpect.spawn(
        command,
        [*before, *map(str, arguments)],
        env=environment(**{"TERM": "xterm-256color", **variables}),
        dimensions=(30, columns),
        timeout=PATIENCE,
        encoding="utf-8",
    )
    sent = str(child.read())
    child.close()
    return child.exitstatus, sent


def test_report_is_a_table_that_fits(database: Path) -> None:
    code, sent = on_terminal("--db", database, *DETAILS, columns=70)
    assert code == 0
    titles, rule, *_ = lines = sent.splitlines()
    assert titles.split() == ["Account", "ID", *titles.split()[2:]]
    assert set(rule) == {"─", " "}
    assert all(len(line) <= 70 for line in lines if not line.startswith(("Managed Account Details", "Note: ")))
    assert "columns fit here: choose some with --columns" in sent


def test_format_that_is_no_text_is_refused(database: Path) -> None:
    for format_ in ("pdf", "xls"):
        code, sent = on_terminal("--db", database, *DETAILS, "--format", format_)
        assert code == 2
        assert "cannot be shown on a terminal" in sent
        assert "--output FILE" in sent


@pytest.mark.parametrize("format_", [None, "csv", "json", "html"])
def test_hostile_name_never_acts(format_: str | None, hostile: Path) -> None:
    code, sent = on_terminal("--db", hostile, *DETAILS, *(["--format", format_] if format_ else []))
    assert code == 0
    assert "Zoë’s" in sent
    assert not any(character in sent for character in "\x1b\x07\x9b\u202e")


def test_hostile_argument_never_acts(database: Path) -> None:
    for arguments in (("report", HOSTILE), (HOSTILE,), (*DETAILS, "--where", HOSTILE), (*DETAILS, "--format", HOSTILE)):
        code, sent = on_terminal("--db", database, *arguments)
        assert code == 2
        assert not any(character in sent for character in "\x1b\x07\x9b\u202e")


def test_path_is_shown_harmless(database: Path, tmp_path: Path) -> None:
    code, sent = on_terminal("--db", database, *DETAILS, "--output", tmp_path / "a\x1b[31m.csv")
    assert code == 0
    assert sent.splitlines()[-1].endswith("a␛[31m.csv")


@pytest.mark.parametrize("term", ["dumb", ""])
def test_application_is_not_shown_on_a_terminal_that_cannot(term: str, database: Path) -> None:
    code, sent = on_terminal("--db", database, TERM=term)
    assert code == 2
    assert "partner-tui report --help" in sent
    assert "\x1b" not in sent


def test_progress_is_shown_on_a_terminal_only_and_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("Account ID,Company\n" + "".join(f"a{n},Company {n}\n" for n in range(150_000)))
    code, sent = on_terminal("--db", tmp_path / "a.db", "import", file)
    assert code == 0
    assert "rows read …" in sent
    assert sent.rpartition("\r\x1b[K")[2].startswith("many.csv: 150,000 rows read: 150,000 new")
