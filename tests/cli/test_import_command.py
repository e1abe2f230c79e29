"""`partner-tui import` and `undo-import`: what is taken in, what is said, and what stays as it was."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Done, assert_refused, run

GOOD = "Account ID,Company,Status,Account Type\na1,Acme,Open,Managed\na2,Bolt,Weird,\n"
PARTLY = "Account ID,Status,Created\na3,Open,13/45/2020\na4,Trial,2020-01-01,extra\na5,Trial,2020-01-01\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "partly.csv").write_text(PARTLY)
    (tmp_path / "empty.csv").write_text("")
    return tmp_path


def import_(folder: Path, *arguments: str) -> Done:
    return run("--db", "a.db", "import", *arguments, cwd=folder)


def accounts(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "a.db")) as connection:
        return [account for (account,) in connection.execute("SELECT account_id FROM accounts ORDER BY 1")]


def test_files_go_in_and_what_is_left_out_is_said(folder: Path) -> None:
    done = import_(folder, "good.csv", "partly.csv", "--json")
    assert done.code == 0
    good, partly = json.loads(done.out)["files"]
    assert list(good) == [
        "file", "read", "new", "changed", "same", "returned", "gone", "passed_over", "dated", "complete", "rejected",
        "gone_accounts", "notes", "unmatched_headings", "unknown_words",
    ]  # fmt: skip
    assert (good["file"], good["read"], good["new"]) == ("good.csv", 2, 2)
    assert "Weird" in json.dumps(good["unknown_words"])
    assert partly["new"] == 1
    assert [set(row) for row in partly["rejected"]] == [{"row", "column", "value", "reason"}] * 2
    assert partly["rejected"][0] | {"reason": ""} == {
        "row": 2,
        "column": "Created",
        "value": "13/45/2020",
        "reason": "",
    }
    assert "row 2, Created '13/45/2020'" in done.err
    assert accounts(folder) == ["a1", "a2", "a5"]
    assert (folder / "a.db").stat().st_mode & 0o777 == 0o600


def test_dry_run_writes_nothing_at_all(folder: Path) -> None:
    done = import_(folder, "good.csv", "--dry-run")
    assert done.code == 0
    assert "Nothing is written" in done.err
    assert not (folder / "a.db").exists()


@pytest.mark.usefixtures("own")
def test_strict_takes_nothing_of_a_file_with_a_rejected_row(folder: Path) -> None:
    done = import_(folder, "partly.csv", "--strict", "--json")
    assert done.code == 1
    assert done.err.splitlines()[-2].startswith("2 of 3 rows of partly.csv were rejected; nothing was changed.")
    assert len(json.loads(done.out)["files"][0]["rejected"]) == 2
    assert accounts(folder) == ["a1", "a2"]


def test_files_before_the_bad_one_stay(folder: Path) -> None:
    done = import_(folder, "good.csv", "empty.csv", "partly.csv")
    assert done.code == 1
    assert "empty.csv is empty: it has no rows. The file before it stays imported." in done.err
    assert accounts(folder) == ["a1", "a2"]


@pytest.mark.usefixtures("own")
def test_wrong_use_of_a_later_file_is_a_failure_as_files_are_in(folder: Path) -> None:
    assert import_(folder, "partly.csv", "good.csv", "--set", "company=x").code == 1
    assert accounts(folder) == ["a1", "a2", "a5"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Account ID\n", "no rows below its headings"),
        (bytes(range(256)) * 9, "Save it as CSV UTF-8"),
        (b"x,y\n1,2\n", '--map "Heading=account_id"'),
        (b"Email,Account ID,Email\nx,1,y\n", "These headings clash"),
        (b"Account ID,Created\na1,never ever\n", "Every row of wrong.csv was rejected; nothing was changed."),
    ],
)
@pytest.mark.usefixtures("own")
def test_file_at_fault_changes_nothing(content: bytes, words: str, folder: Path) -> None:
    (folder / "wrong.csv").write_bytes(content)
    done = import_(folder, "wrong.csv")
    assert done.code == 1
    assert words in done.err
    assert accounts(folder) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("name", "words"), [("none.csv", "No such file"), ("folder", "is a folder"), ("pipe", "is empty")]
)
def test_no_file_to_read(name: str, words: str, folder: Path) -> None:
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    assert_refused(import_(folder, name), 1, name, words)
    assert not (folder / "a.db").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--set", "nope=1"), "There is no field 'nope'"),
        (("--set", "company=x"), "the file has it"),
        (("--map", "Nope=company"), "'Nope'"),
        (("--map", "Company=nope"), "There is no field 'nope'"),
        (("--use-map", "nope"), "--save-map NAME"),
        (("--sheet", "x"), "no sheets"),
    ],
)
def test_options_that_do_not_fit_the_file(options: tuple[str, ...], words: str, folder: Path) -> None:
    assert_refused(import_(folder, "good.csv", *options), 2, words)
    assert not (folder / "a.db").exists()


@pytest.mark.usefixtures("own")
def test_mapping_is_kept_and_used_again(folder: Path) -> None:
    (folder / "other.csv").write_text("Key,Firm\nb1,Cog\n")
    assert import_(folder, "other.csv", "--map", "Key=account_id", "--map", "Firm=company", "--save-map", "m").code == 0
    (folder / "other.csv").write_text("Key,Firm\nb2,Dog\n")
    assert import_(folder, "other.csv", "--use-map", "m", "--set", "status=O").code == 0
    assert accounts(folder) == ["a1", "a2", "b1", "b2"]
    listed = run("--db", "a.db", "mappings", "list", cwd=folder)
    assert listed.text == "m\n  --map Key=account_id --map Firm=company\n"
    assert run("--db", "a.db", "mappings", "delete", "m", cwd=folder).code == 0
    assert_refused(import_(folder, "other.csv", "--use-map", "m"), 2, "no saved mapping 'm'")


@pytest.mark.usefixtures("own")
def test_undo_takes_back_the_last_import_and_then_the_one_before(folder: Path) -> None:
    assert import_(folder, "partly.csv").code == 0
    undo = run("--db", "a.db", "undo-import", cwd=folder)
    assert "partly.csv" in undo.text
    assert "1 new account removed, 0 changed accounts as before." in undo.text
    assert accounts(folder) == ["a1", "a2"]
    assert run("--db", "a.db", "undo-import", cwd=folder).code == 0
    assert accounts(folder) == []
    assert_refused(run("--db", "a.db", "undo-import", cwd=folder), 1, "no import")


@pytest.mark.usefixtures("own")
def test_file_name_of_any_bytes(folder: Path) -> None:
    name = os.fsdecode(b"m\xe9l.csv")
    (folder / name).write_text(GOOD)
    done = import_(folder, name, "--json")
    assert done.code == 0
    assert json.loads(done.out)["files"][0]["read"] == 2
    assert run("--db", "a.db", "report", "all-accounts-summary", cwd=folder).code == 0
