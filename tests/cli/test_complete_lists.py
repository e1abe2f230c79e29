"""Complete lists on the command line: who is gone, half a file, several files, days that will not do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Done, assert_refused, run

HEAD = "Account ID,Username,Account Type,Status\n"


def write(folder: Path, name: str, *accounts: int, kind: str = "managed") -> None:
    """Write a list of accounts known by numbers."""
    (folder / name).write_text(HEAD + "".join(f"a{n},user{n},{kind},Open\n" for n in accounts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "first-2026-03-02.csv", *range(60))
    assert import_(tmp_path, "first-2026-03-02.csv", "--dated", "name").code == 0
    return tmp_path


def import_(folder: Path, *arguments: str) -> Done:
    return run("--db", "a.db", "import", *arguments, cwd=folder)


def test_who_is_gone_is_said_counted_and_in_the_report(folder: Path) -> None:
    write(folder, "second.csv", *range(2, 60))
    look = import_(folder, "second.csv", "--dated", "2026-03-09", "--complete", "managed", "--dry-run", "--json")
    done = import_(folder, "second.csv", "--dated", "2026-03-09", "--complete", "managed", "--json")
    assert json.loads(look.out) == json.loads(done.out)
    (file,) = json.loads(done.out)["files"]
    assert (file["gone"], file["dated"], file["complete"]) == (2, "2026-03-09", "managed")
    assert file["gone_accounts"][0] == {"account_id": "a0", "username": "user0", "company": None}
    report = run(
        "--db", "a.db", "report", "cancels-and-move-outs", "--as-of", "2026-03-10", "--format", "json", cwd=folder
    )
    rows = json.loads(report.out)["rows"]
    assert [(row["account_id"], row["event"], row["event_on"]) for row in rows] == [
        ("a0", "Gone", "2026-03-09"),
        ("a1", "Gone", "2026-03-09"),
    ]
    assert file["notes"] == []
    back = json.loads(import_(folder, "first-2026-03-02.csv", "--json").out)["files"][0]
    assert (back["changed"], back["returned"], back["gone"]) == (2, 2, 0)


def test_a_strict_complete_list_may_lack_accounts_and_another_may_not(folder: Path) -> None:
    write(folder, "second.csv", *range(2, 60))
    partial = import_(folder, "second.csv", "--strict", "--dry-run")
    assert partial.code == 1
    assert "2 known accounts are not in this file. Only --complete ends them." in partial.err
    complete = import_(folder, "second.csv", "--strict", "--complete", "managed")
    assert complete.code == 0, complete.err
    assert "not in this file" not in complete.err


def test_half_a_file_is_refused_unless_it_is_said_to_be_true(folder: Path) -> None:
    write(folder, "half.csv", *range(30))
    done = import_(folder, "half.csv", "--complete", "all")
    assert done.code == 1
    assert "half.csv lacks 30 of the 60 accounts" in done.err
    assert import_(folder, "half.csv", "--complete", "all", "--accept-gone").code == 0


def test_several_files_are_one_list(folder: Path) -> None:
    write(folder, "open.csv", *range(30))
    write(folder, "trial.csv", *range(30, 58))
    files = json.loads(import_(folder, "open.csv", "trial.csv", "--complete", "managed", "--json").out)["files"]
    assert [file["gone"] for file in files] == [0, 2]


def test_files_of_one_list_with_different_days_are_noted_once(folder: Path) -> None:
    write(folder, "open-2026-03-09.csv", *range(30))
    write(folder, "trial-2026-03-11.csv", *range(30, 58))
    said = "tell of 2026-03-09 to 2026-03-11: who is in none of them is gone from 2026-03-11"
    both = ("trial-2026-03-11.csv", "open-2026-03-09.csv", "--dated", "name", "--complete", "all")
    look, done = import_(folder, *both, "--dry-run"), import_(folder, *both)
    assert look.err.count(said) == done.err.count(said) == 1
    assert "2 accounts are gone" in done.err
    history = run("--db", "a.db", "imports", cwd=folder).out
    assert history.decode().count(said) == 1


def test_what_is_no_list_is_refused_among_the_files_of_one(folder: Path) -> None:
    write(folder, "open.csv", *range(58))
    (folder / "summary.csv").write_text("Status,Managed,Referred\nOpen,60,0\n")
    for files in (("summary.csv", "open.csv"), ("open.csv", "summary.csv")):
        look = import_(folder, *files, "--complete", "all", "--dry-run")
        assert look.code == 1
        assert "summary.csv is an All Accounts Summary, no list" in look.err
        assert "stays imported" not in look.err
    done = import_(folder, "open.csv", "summary.csv", "--complete", "all")
    assert done.code == 1
    assert "The file before it stays imported; who is gone is known only once all" in done.err
    assert import_(folder, "summary.csv", "--complete", "all").code == 0, "by itself it is compared"
    again = import_(folder, "open.csv", "--complete", "all", "--json")
    assert [file["gone"] for file in json.loads(again.out)["files"]] == [2]


def test_files_of_one_day_or_of_no_complete_list_are_not_noted(folder: Path) -> None:
    write(folder, "open-2026-03-09.csv", *range(30))
    write(folder, "trial-2026-03-09.csv", *range(30, 60))
    write(folder, "trial-2026-03-10.csv", *range(30, 60))
    one_day = import_(folder, "open-2026-03-09.csv", "trial-2026-03-09.csv", "--dated", "name", "--complete", "all")
    no_list = import_(folder, "open-2026-03-09.csv", "trial-2026-03-10.csv", "--dated", "name")
    assert (one_day.code, no_list.code) == (0, 0)
    assert "tell of" not in one_day.err + no_list.err


def test_days_that_will_not_do_are_refused(folder: Path) -> None:
    write(folder, "list.csv", 1)
    write(folder, "list-2026-02-02.csv", 1)
    assert_refused(import_(folder, "list.csv", "--dated", "9999-01-01"), 1, "still to come")
    assert_refused(import_(folder, "list.csv", "--dated", "name"), 1, "no day in it")
    assert_refused(import_(folder, "list-2026-02-02.csv", "--dated", "name"), 1, "2026-02-02", "2026-03-02")
    assert_refused(import_(folder, "list.csv", "--dated", "soon"), 2, "no day")
    assert_refused(import_(folder, "list.csv", "--accept-gone"), 2, "--complete")
