"""stdout is data, stderr is talk, whatever either is connected to."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Done, assert_refused, run, shell, start

AS_OF = ("--as-of", "2026-03-04")
SUMMARY = ("report", "all-accounts-summary", *AS_OF)
DETAILS = ("report", "managed-account-details", "--status", "O", *AS_OF)


def rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


def test_pipe_gets_csv_and_nothing_else(database: Path) -> None:
    done = run("--db", database, *SUMMARY)
    assert done.code == 0
    assert [row["Status"] for row in rows(done)] == ["Open", "Trial", "Expired Trial", "Canceled", "Other", "Total"]
    assert done.err.startswith("All Accounts Summary as of 2026-03-04")
    assert "Note: " in done.err
    assert "\x1b" not in done.err
    assert "\r" not in done.err


def test_json_has_the_shape_of_the_contract(database: Path) -> None:
    options = ("--where", "list_size >= 1", "--sort", "list_size:desc", "--columns", "company,List Size,last_login_on")
    report = json.loads(run("--db", database, *DETAILS, *options, "--format", "json").out)
    assert list(report) == [
        "report", "title", "as_of", "parameters", "columns", "rows", "row_count", "notes", "data",
    ]  # fmt: skip
    assert report["report"] == "managed-account-details"
    assert report["as_of"] == "2026-03-04"
    assert report["parameters"] == {
        "status": "O",
        "where": ["list_size >= 1"],
        "sort": ["list_size:desc"],
        "columns": ["company", "list_size", "last_login_on"],
    }
    assert report["columns"][1] == {"key": "list_size", "title": "List Size"}
    assert report["row_count"] == len(report["rows"]) > 0
    sizes = [row["list_size"] for row in report["rows"]]
    assert sizes == sorted(sizes, reverse=True)
    assert {type(row["last_login_on"]) for row in report["rows"]} == {str, type(None)}
    assert set(report["data"]) == {"file", "dated", "imported_at"}
    assert all(isinstance(note, str) for note in report["notes"])


def test_json_of_the_summary_includes_its_total(database: Path) -> None:
    report = json.loads(run("--db", database, *SUMMARY, "--format", "json").out)
    *parts, total = report["rows"]
    assert total["status"] == "Total"
    assert total["total"] == sum(row["total"] for row in parts)


def test_no_rows_is_no_failure(database: Path) -> None:
    done = run("--db", database, *DETAILS, "--list-size", "999999999-")
    assert (done.code, rows(done)) == (0, [])


def test_condition_sort_and_columns_act_on_the_rows(database: Path) -> None:
    options = ("--where", "list_size is not empty", "--where", "company ~ 'a'", "--sort", "Company:desc")
    done = run("--db", database, *DETAILS, *options, "--columns", "List Size,COMPANY")
    found = rows(done)
    assert found
    assert list(found[0]) == ["List Size", "Company"]
    assert all(row["List Size"] and "a" in row["Company"].casefold() for row in found)


def test_reader_that_goes_ends_it_quietly(database: Path) -> None:
    child = start("--db", database, *DETAILS, "--as-of", "2026-03-04")
    assert child.stdout is not None
    child.stdout.read(10)
    child.stdout.close()
    assert child.wait() == 0


@pytest.mark.parametrize("command", ["report managed-account-details --status O", "reports", "--help"])
def test_head(command: str, database: Path) -> None:
    done = shell(f'"$@" --db "$DB" {command} | head -1; exit ${{PIPESTATUS[0]}}', DB=str(database))
    assert done.code == 0
    assert done.text.count("\n") == 1
    assert "Broken" not in done.err
    assert "Exception" not in done.err


@pytest.mark.parametrize(
    ("command", "redirection"),
    [
        ("report all-accounts-summary", ">&-"),
        ("report all-accounts-summary --format json", ">/dev/full"),
        ("report all-accounts-summary --format xls", ">/dev/full"),
        ("runs", ">&-"),
        ("--version", ">/dev/full"),
    ],
)
def test_stdout_that_cannot_be_written(command: str, redirection: str, database: Path) -> None:
    done = shell(f'"$@" --db "$DB" {command} {redirection}', DB=str(database))
    assert_refused(done, 1, "The output could not be written")


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&-"])
def test_report_needs_neither_stderr_nor_stdin(redirection: str, database: Path) -> None:
    done = shell(f'"$@" --db "$DB" report all-accounts-summary {redirection}', DB=str(database))
    assert done.code == 0
    assert rows(done)[-1]["Status"] == "Total"


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    ],
)
def test_files_are_utf_8_under_any_locale(variables: dict[str, str | None], hostile: Path, tmp_path: Path) -> None:
    report = ("--db", hostile, "report", "managed-account-details", "--status", "O", "--columns", "company")
    done = run(*report, variables=variables)
    assert done.code == 0, done.err
    assert "Zoë’s Café" in done.text
    written = run(*report, "--output", "ä.csv", variables=variables, cwd=tmp_path)
    assert written.out == bytes(tmp_path / "ä.csv") + b"\n"
    assert (tmp_path / "ä.csv").read_bytes() == done.out
    for command in ("runs", "doctor"):
        done = run("--db", hostile, command, variables=variables)
        assert done.code == 0, done.err


def test_talk_may_go_where_nobody_listens(database: Path) -> None:
    done = shell('"$@" --db "$DB" report all-accounts-summary 2>&1 >"$OUT" | true', DB=str(database), OUT="/dev/null")
    assert (done.code, done.err) == (0, "")


def test_reports_lists_ids_parameters_and_columns(database: Path) -> None:
    reports = json.loads(run("reports", "--json").out)
    assert [report["id"] for report in reports] == [
        "all-accounts-summary", "managed-account-details", "new-account-bonus-tracker", "cancels-and-move-outs",
        "what-changed", "growth-by-month", "bonus-forecast", "accounts-at-risk",
    ]  # fmt: skip
    text = run("reports").text
    for report in reports:
        assert report["id"] in text
        header = run(
            "--db", database, "report", report["id"], *(["--status", "O"] if "status" in report["parameters"] else [])
        )
        titles = next(csv.reader(io.StringIO(header.text)))
        assert [c["title"] for c in report["columns"] if c["title"] in titles] == titles


def test_completion_scripts_are_understood_by_bash() -> None:
    script = run("completion", "bash")
    assert script.code == 0
    assert subprocess.run(["bash", "-n"], input=script.out, check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "expected"), [("partner-tui un", "undo-import"), ("partner-tui report new", "new-account-bonus-tracker")]
)
def test_completion_knows_commands_and_reports(words: str, expected: str) -> None:
    done = run(
        variables={
            "_PARTNER_TUI_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
    )
    assert expected in done.text
