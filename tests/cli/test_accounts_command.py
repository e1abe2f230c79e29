"""All accounts as a table, one whole with its timeline, notes and stars of one's own, and what was imported."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.settings.settings_file import change_setting
from tests.cli.running import Done, assert_refused, run

FIRST = (
    "Account ID,Username,Company,Email,Status,List Size\na1,ann,Acme,ann@example.com,Open,10\na2,bob,Bolt,,Trial,5\n"
)
SECOND = "Account ID,Username,Company,Email,Status,List Size\na1,ann,Acme,ann@example.com,Canceled,1200\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list-2026-03-02.csv").write_text(FIRST)
    (tmp_path / "list-2026-03-09.csv").write_text(SECOND)
    done = ours(tmp_path, "import", "list-2026-03-09.csv", "list-2026-03-02.csv", "--dated", "name")
    assert done.code == 0, done.err
    return tmp_path


def ours(folder: Path, *arguments: str) -> Done:
    return run("--db", "a.db", *arguments, cwd=folder)


def rows(folder: Path, *arguments: str) -> list[dict[str, object]]:
    done = ours(folder, "accounts", *arguments, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)["rows"]


def test_files_go_in_by_their_days(folder: Path) -> None:
    found = json.loads(ours(folder, "imports", "--json").out)
    assert [(one["file"], one["dated"], one["changed"]) for one in found] == [
        ("list-2026-03-09.csv", "2026-03-09", 1),
        ("list-2026-03-02.csv", "2026-03-02", 0),
    ]
    assert all(one["by"] for one in found)
    assert b"of 2026-03-09  list-2026-03-09.csv" in ours(folder, "imports").out


def test_all_accounts_are_a_table(folder: Path) -> None:
    assert [row["account_id"] for row in rows(folder)] == ["a1", "a2"]
    assert [row["account_id"] for row in rows(folder, "--where", "status = Trial")] == ["a2"]
    assert [row["list_size"] for row in rows(folder, "--known-on", "2026-03-05")] == [10, 5]
    assert_refused(ours(folder, "accounts", "--where", "nothing = 1"), 2, "no column")
    assert_refused(ours(folder, "accounts", "--known-on", "2026-03-01"), 3, "Nothing was known on 2026-03-01")


def test_one_account_has_a_timeline(folder: Path) -> None:
    ours(folder, "accounts", "note", "a1", "called:  wants a discount")
    shown = json.loads(ours(folder, "accounts", "show", "ANN", "--json").out)
    assert shown["fields"]["list_size"] == 1200
    told = [(entry["day"], entry["kind"], entry["text"]) for entry in shown["timeline"]]
    assert told[0][1:] == ("noted", "called: wants a discount")
    assert told[1:] == [
        ("2026-03-09", "learnt", "List Size: 10 → 1,200"),
        ("2026-03-09", "learnt", "Status: Open → Canceled"),
        ("2026-03-02", "learnt", "Came with this import"),
    ]
    assert "List Size: 10 → 1,200  (list-2026-03-09.csv)" in ours(folder, "accounts", "show", "a1").out.decode()
    assert_refused(ours(folder, "accounts", "show", "zed"), 2, "There is no account 'zed'")


def test_days_are_written_as_the_person_writes_them_but_for_programs(folder: Path) -> None:
    change_setting("date_style", "mm/dd/yyyy")
    (folder / "late.csv").write_text("Account ID,Last Login\na1,2026-03-08\n")
    ours(folder, "import", "late.csv", "--dated", "2026-03-10")
    told = ours(folder, "accounts", "show", "a1").out.decode()
    assert "Last Login              03/08/2026\n" in told
    assert "03/10/2026  learnt    Last Login: – → 03/08/2026  (late.csv)" in told
    entry = json.loads(ours(folder, "accounts", "show", "a1", "--json").out)["timeline"][0]
    assert (entry["day"], entry["text"], entry["field"]) == (
        "2026-03-10",
        "Last Login: – → 2026-03-08",
        "last_login_on",
    )


def test_an_export_of_a_list_stands_in_the_timeline(folder: Path) -> None:
    where = ("--where", "company = Acme")
    assert ours(folder, "lists", "new", "Acme only", *where).code == 0
    assert ours(folder, "lists", "export", "Acme only", "--for", "web", "--output", "out.csv").code == 0
    shown = json.loads(ours(folder, "accounts", "show", "a1", "--json").out)
    assert [entry["text"] for entry in shown["timeline"] if entry["kind"] == "exported"] == [
        "In an export of the list “Acme only”"
    ]


def test_notes_and_stars_outlive_an_undo_and_are_filtered_by(folder: Path) -> None:
    assert ours(folder, "accounts", "star", "a2").code == 0
    assert ours(folder, "accounts", "note", "bob", "Übergabe").code == 0
    for _ in range(2):
        assert ours(folder, "undo-import").code == 0
    ours(folder, "import", "list-2026-03-02.csv", "--dated", "name")
    for condition in ("starred = yes", "last_note contains ÜBER"):
        assert [row["account_id"] for row in rows(folder, "--where", condition)] == ["a2"]
    assert ours(folder, "accounts", "unstar", "a2").code == 0
    assert rows(folder, "--where", "starred = yes") == []
    assert_refused(ours(folder, "accounts", "note", "a2", " "), 2)


def test_another_persons_import_is_not_taken_back_without_asking(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "a.db")) as connection:
        connection.execute("UPDATE imports SET by = 'zoe' WHERE id = 2")
        connection.commit()
    assert_refused(ours(folder, "undo-import"), 2, "list-2026-03-09.csv, was made by zoe")
    assert ours(folder, "undo-import", "--yes").code == 0
    found = json.loads(ours(folder, "imports", "--json").out)
    assert found[0]["undone_at"]
    assert found[0]["undone_by"]


def test_fields_of_ones_own_that_are_not_there_are_named(folder: Path) -> None:
    assert json.loads(ours(folder, "fields", "list", "--json").out) == []
    assert_refused(ours(folder, "fields", "rename", "region", "Area"), 2, "no field of yours 'region'")
    assert_refused(ours(folder, "fields", "drop", "region"), 2, "Add --yes")
