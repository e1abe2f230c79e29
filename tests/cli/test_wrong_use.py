"""Wrong use is found before any database is looked for, said in one to three plain lines, and ends with 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import assert_refused, run, run_code

SUMMARY = ("report", "all-accounts-summary")
DETAILS = ("report", "managed-account-details")
OPEN = (*DETAILS, "--status", "O")
TRACKER = ("report", "new-account-bonus-tracker")

WRONG_USES: list[tuple[tuple[str | bytes, ...], str]] = [
    (("--nope",), "No such option '--nope'"),
    (("nope",), "No such command 'nope'"),
    (("--db",), "'--db' requires an argument"),
    (("--db", "", *SUMMARY), "'--db': it is empty"),
    (("--demo", "--db", "x.db", *SUMMARY), "exclude each other"),
    (("--demo", "--db", "x.db", "reports"), "exclude each other"),
    (("--demo", "--db", "x.db", "doctor"), "exclude each other"),
    (("report",), "Missing argument 'REPORT'"),
    (("report", "nope"), "There is no report 'nope'"),
    (("report", "\x1b[31mred"), "'␛[31mred'"),
    (DETAILS, "needs a status"),
    ((*DETAILS, "--status", "o"), "Did you mean O (Open)?"),
    ((*DETAILS, "--status", "X"), "O Open, T Trial, E Expired Trial, C Canceled"),
    ((*SUMMARY, "--status", "O"), "Leave --status out"),
    ((*TRACKER, "--never-sent"), "does not apply to"),
    ((*SUMMARY, "--where", "total > 1"), "Leave --where out"),
    ((*SUMMARY, "--sort", "total"), "Leave --sort out"),
    ((*OPEN, "--list-size", "10-5"), "Did you mean 5-10?"),
    ((*OPEN, "--list-size", "many"), "no list size"),
    ((*OPEN, "--where", "nope = 1"), "no column 'nope'"),
    ((*OPEN, "--where", "list_size >"), "a value is missing"),
    ((*OPEN, "--where", b"company = \xff"), "no UTF-8"),
    ((*OPEN, "--sort", "nope"), "no column 'nope'"),
    ((*OPEN, "--sort", "company:up"), "no direction"),
    ((*OPEN, "--sort", "company", "--sort", "Company:desc"), "named twice"),
    ((*OPEN, "--view", "x" * 81), "80 at most"),
    ((*OPEN, "--columns", "compani"), "Did you mean company?"),
    ((*OPEN, "--columns", "company,Company"), "named twice"),
    ((*OPEN, "--columns", ""), "'--columns': it is empty"),
    ((*SUMMARY, "--as-of", "2026-02-30"), "Write it as YYYY-MM-DD"),
    ((*SUMMARY, "--format", "doc"), "There is no format 'doc'"),
    ((*SUMMARY, "--output", ""), "'--output': it is empty"),
    ((*SUMMARY, "--output", "x"), "no ending"),
    ((*SUMMARY, "--output", "x.doc"), ".doc names no format"),
    ((*SUMMARY, "--output", "x.xls"), "x.xlsx"),
    ((*SUMMARY, "--output", "x.pdf", "--format", "csv"), "does not fit the ending .pdf"),
    ((*SUMMARY, "--output", "x.pdf", "--raw"), "for CSV alone"),
    ((*SUMMARY, "--format", "json", "--bom"), "for CSV alone"),
    ((*SUMMARY, "--output", "x.pdf", "--for-excel"), "for CSV alone"),
    ((*SUMMARY, "--format", "csv", "--raw", "--for-excel"), "exclude each other"),
    ((*SUMMARY, "--format", "csv", "--paper", "a4"), "--paper is for PDF, HTML and XLS alone"),
    ((*SUMMARY, "--paper", "a4", "--output", "-"), "--paper is for PDF, HTML and XLS alone"),
    ((*SUMMARY, "--output", "x.pdf", "--paper", "legal"), "letter, a4"),
    ((*SUMMARY, "--output", "x.pdfe"), ".pdfe names no format"),
    ((*SUMMARY, "--force"), "none is written"),
    ((*SUMMARY, "--force", "--output", "-"), "none is written"),
    (("lists", "show", "No list", "--force"), "none is written"),
    (("lists", "export", "No list", "--for", "web", "--output", "-", "--force"), "none is written"),
    (("lists", "copy", "No list", "a/b"), "looks like a path"),
    (("import",), "Missing argument 'FILE...'"),
    (("import", "x.csv", "--set", "status"), "--set 'status' cannot be read"),
    (("import", "x.csv", "--set", "nope=1"), "no field 'nope'"),
    (("import", "x.csv", "--set", "status=O", "--set", "Status=T"), "'status' twice"),
    (("import", "x.csv", "--map", "Who=nope"), "no field 'nope'"),
    (("import", "x.csv", "--map", "Who=email", "--map", "who=company"), "'who' twice"),
    (("import", "x.csv", "--save-map", "a\x1b[2Jb"), "control characters"),
    (("import", "x.csv", "--date-order", "dym"), "'mdy', 'dmy', 'ymd'"),
    (("completion", "tcsh"), "'bash', 'zsh', 'fish'"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_USES)
def test_wrong_use(arguments: tuple[str | bytes, ...], words: str, tmp_path: Path) -> None:
    assert_refused(run(*arguments, cwd=tmp_path), 2, words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [SUMMARY, (*SUMMARY, "--output", "x.csv"), ("runs",), ("undo-import",), ("mappings", "list")]
)
def test_no_database(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run("--db", "none.db", *arguments, cwd=tmp_path)
    assert_refused(done, 3, "none.db", "partner-tui import FILE", "--demo")
    assert list(tmp_path.iterdir()) == []


def test_no_accounts(own: Path) -> None:
    assert run("--db", own, "undo-import").code == 0
    assert_refused(run("--db", own, *SUMMARY), 3, "no accounts yet")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "an empty file"), (b"Account ID\na1\n", "not a database"), (b"SQLite format 3\0" + b"x" * 99, "damaged")],
)
def test_no_database_of_ours(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert_refused(run("--db", path, *SUMMARY), 1, words, str(path))
    assert path.read_bytes() == content


def test_fault_of_our_own_says_no_value() -> None:
    done = run_code(
        "import sys, core.clock\n"
        "def broken(text): raise ValueError('secret ' + text)\n"
        "core.clock.parse_day = broken\n"
        "sys.argv = ['partner-tui', 'report', 'all-accounts-summary', '--as-of', 'secret-name']\n"
        "from tui.cli.main import main; main()\n"
    )
    assert_refused(done, 70, "ValueError")
    assert "secret" not in done.err
