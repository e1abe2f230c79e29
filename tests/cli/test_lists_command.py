"""`partner-tui lists`: what is on stdout, what is said, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Done, assert_refused, run

AS_OF = ("--as-of", "2026-03-04")


@pytest.fixture
def folder(database: Path, tmp_path: Path) -> Path:
    """Return a folder with a database of its own: these commands change it."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(tmp_path / "a.db")) as target:
        source.backup(target)
    shutil.copymode(database, tmp_path / "a.db")
    return tmp_path


def lists(folder: Path, *arguments: str) -> Done:
    return run("--db", "a.db", "lists", *arguments, cwd=folder)


def known(folder: Path) -> dict[str, dict[str, object]]:
    done = lists(folder, "list", "--json", *AS_OF)
    assert done.code == 0
    return {line["name"]: line for line in json.loads(done.out)}


def test_lists_are_made_changed_and_brought_back(folder: Path) -> None:
    built_in = known(folder)
    assert [line["id"] for line in built_in.values()] == [
        "no-list", "list-of-a-size", "never-logged-in", "never-sent", "expired-trials", "idle-60-days", "bonus-due-14",
        "bonus-due", "bonus-at-risk", "left",
    ]  # fmt: skip
    assert built_in["List of a certain size"]["count"] is None
    done = lists(folder, "new", "Big", "--where", "list_size >= 500")
    assert (done.code, done.out) == (0, b"")
    assert "List Size is at least 500" in done.err
    assert lists(folder, "edit", "big", "--from", "managed-account-details", "--status", "O", "--no-list").code == 0
    assert known(folder)["Big"]["sentence"] == "In Managed Account Details: Open, no list"
    assert lists(folder, "copy", "list-of-a-size", "Middle", "--list-size", "500-2500").code == 0
    assert lists(folder, "rename", "middle", "Between").code == 0
    assert lists(folder, "delete", "between").code == 0
    assert lists(folder, "undelete").code == 0
    assert list(known(folder))[10:] == ["Between", "Big"]
    for name in ("Between", "never-sent", "left"):
        shown = lists(folder, "show", name, *AS_OF, "--columns", "email", "--sort", "company")
        rows = list(csv.reader(io.StringIO(shown.text)))
        counts = {line["id"] or line["name"]: line["count"] for line in known(folder).values()}
        assert (rows[0], len(rows) - 1) == (["Email"], counts[name])
    text = lists(folder, "list", *AS_OF)
    assert text.code == 0
    assert f"Never logged in  {built_in['Never logged in']['count']:,} accounts" in text.text


def test_an_export_says_what_is_left_out_and_remembers_whom_it_names(folder: Path) -> None:
    look = lists(folder, "export", "never-sent", "--for", "api", "--dry-run", *AS_OF)
    assert (look.code, look.out) == (0, b"")
    assert "Nothing is written" in look.err
    assert "consent" in look.err
    done = lists(folder, "export", "never-sent", "--for", "web", "--output", ".", "--left-out", "left.csv", *AS_OF)
    assert done.code == 0
    assert done.last_line == str(folder / "list-never-sent-a-campaign-web-2026-03-04.csv")
    contacts = Path(done.last_line).read_text(encoding="utf-8").splitlines()
    left_out = (folder / "left.csv").read_text(encoding="utf-8").splitlines()
    last = known(folder)["Never sent a campaign"]
    assert last["last_export"]["contacts"] == len(contacts) - 1  # type: ignore[index]
    assert last["last_export"]["left_out"] == len(left_out) - 1  # type: ignore[index]
    assert len(contacts) + len(left_out) - 2 == last["count"]
    again = lists(folder, "export", "never-sent", "--for", "api", "--new-since-last", "--output", "-", *AS_OF)
    assert again.out == b"email,first_name,last_name,company_name,phone\r\n"
    assert f"{len(contacts) - 1:,} exported from this list before" in again.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "x"], "needs a filter"),
        (["new", "x", "--where", "list_sizes = 3"], "⟨here⟩list_sizes"),
        (["new", "x", "--from", "all-accounts-summary"], "names none"),
        (["new", "a/b", "--where", "status = Open"], "looks like a path"),
        (["new", "No List", "--where", "status = Open"], "built-in"),
        (["delete", "left"], "stays as it is"),
        (["show", "nevr sent"], "There is no list"),
        (["show", "list-of-a-size"], "needs a size"),
        (["show", "left", "--list-size", "5"], "takes no size"),
        (["export", "left", "--for", "web"], "--dry-run"),
        (["export", "left", "--for", "mail", "--dry-run"], "no upload 'mail'"),
        (["export", "left", "--for", "web", "--output", "x.xlsx"], "x.csv"),
        (["export", "left", "--for", "web", "--output", "x.csv", "--left-out", "x.csv"], "one file"),
        (["undelete", "x"], "was deleted"),
    ],
)
def test_wrong_use(folder: Path, arguments: list[str], words: str) -> None:
    assert_refused(lists(folder, *arguments), 2, words)


def test_without_a_database(tmp_path: Path) -> None:
    for arguments in (["list"], ["show", "left"], ["new", "x", "--where", "status = Open"], ["delete", "x"]):
        assert_refused(lists(tmp_path, *arguments), 3, "no database")
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_cannot_be_read_leaves_the_others_alone(folder: Path) -> None:
    lists(folder, "new", "broken", "--where", "status = Open")
    with closing(sqlite3.connect(folder / "a.db")) as connection:
        connection.execute("UPDATE lists SET given = replace(given, 'status', 'shoe_size')")
        connection.commit()
    done = lists(folder, "list", *AS_OF)
    assert done.code == 0
    assert "“broken” cannot be read" in done.err
    assert "Left in the last 90 days  " in done.text
    assert_refused(lists(folder, "show", "broken"), 1, "“broken”")


def test_an_existing_file_is_left_as_it_is(folder: Path) -> None:
    (folder / "x.csv").write_text("old")
    assert_refused(lists(folder, "export", "never-sent", "--for", "web", "--output", "x.csv"), 1, "exists already")
    assert (folder / "x.csv").read_text() == "old"


def test_what_a_list_is_shown_as_stands_in_my_reports(folder: Path) -> None:
    assert lists(folder, "show", "No list", *AS_OF, "--output", "no.csv").code == 0
    done = run("--db", "a.db", "runs", "--json", cwd=folder)
    assert [(one["report"], one["outcome"], one["path"]) for one in json.loads(done.out)] == [
        ("list-no-list", "done", str(folder / "no.csv"))
    ]


def test_lists_ask_by_fields_of_one_s_own_too_also_where_one_is_called_as_a_column_of_ours(tmp_path: Path) -> None:
    rows = "Account ID,Username,Company,Wages,Last Note\n1,ann,Ann,10,x\n2,bob,Bob,3,\n"
    (tmp_path / "own.csv").write_text(rows, encoding="utf-8")
    kept = ("--keep", "Wages", "--keep", "Last Note")
    assert run("--db", "a.db", "import", "own.csv", *kept, cwd=tmp_path).code == 0
    for name, condition in (("Rich", "wages > 5"), ("Noted", "last_note is empty and own_last_note = x")):
        done = lists(tmp_path, "new", name, "--where", condition)
        assert done.code == 0, done.err
        shown = lists(tmp_path, "show", name, "--columns", "company,wages", "--where", "wages > 1")
        assert list(csv.reader(io.StringIO(shown.text))) == [["Company", "Wages"], ["Ann", "10"]]
        assert known(tmp_path)[name]["count"] == 1
