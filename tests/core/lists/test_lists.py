"""A person's own lists: made, edited, copied, renamed, deleted and brought back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from core.errors import NoAccounts, Step, WorkFailed, WrongUse
from core.history import undo_last
from core.lists.built_in import BUILT_IN
from core.lists.counts import counted
from core.lists.lists import (
    all_lists,
    copy_list,
    delete_list,
    edit_list,
    find_list,
    new_list,
    new_selection,
    rename_list,
    undelete_list,
)
from core.lists.members import ListReport
from core.lists.target_list import source_named
from core.query.query import run_report
from core.query.request import ask

DAY = date(2026, 3, 4)
ALL = source_named("all-accounts")


@pytest.fixture
def database(database_of):
    return database_of(
        {"status": "O", "relationship": "managed", "list_size": 0, "company": "Acme"},
        {"status": "O", "relationship": "managed", "list_size": 700, "nab_status": "Eligible"},
        {"status": "T", "relationship": "referred", "cancelled_on": "2026-03-01", "moved_out_on": "2026-02-01"},
        {"account_id": None, "username": "Zoë", "status": "E"},
    )


def made(database, name, where):
    return new_list(database.path, name, ask(ALL, DAY, where=[where]))


def own(database):
    with closing(database.read()) as connection:
        return {line.target.name: line for line in counted(connection, all_lists(connection)[len(BUILT_IN) :], DAY)}


def members(database, target):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(ListReport(target), DAY, columns=["account_id", "username"]))
        return sorted(account or user for account, user in result.rows())


def test_a_list_goes_its_way(database):
    made(database, "  Big ones ", "list_size >= 500")
    assert {name: line.count for name, line in own(database).items()} == {"Big ones": 1}
    edit_list(database.path, "BIG ONES", ask(ALL, DAY, where=["status = O"], sort=["company"]))
    assert own(database)["Big ones"].sentence == "Status is “Open”"
    rename_list(database.path, "big ones", "Open")
    with closing(database.read()) as connection:
        copy_list(database.path, find_list(connection, "open"), "Ouvert")
        copy_list(database.path, find_list(connection, "no-list"), "Nothing yet")
    assert {name: line.count for name, line in own(database).items()} == {"Nothing yet": 1, "Open": 2, "Ouvert": 2}
    delete_list(database.path, "Open")
    assert list(own(database)) == ["Nothing yet", "Ouvert"]
    assert undelete_list(database.path).name == "Open"
    assert list(own(database)) == ["Nothing yet", "Open", "Ouvert"]


@pytest.mark.parametrize(
    ("report", "asked", "expected"),
    [
        ("managed-account-details", {"status": "O", "no_list": True}, ["a001"]),
        ("cancels-and-move-outs", {}, ["a003"]),
        ("cancels-and-move-outs", {"where": ["event = Move-out and days_ago > 20"]}, ["a003"]),
        ("cancels-and-move-outs", {"where": ["event = Cancel and days_ago > 20"]}, []),
        ("my-accounts", {"where": ["nab_status = eligible"]}, ["a002"]),
        ("all-accounts", {"where": ["stated = eligible"]}, ["a002"]),
        ("new-account-bonus-tracker", {}, []),
    ],
)
def test_a_filter_on_any_table_becomes_a_list_of_its_accounts(database, report, asked, expected):
    target = new_list(database.path, "made", ask(source_named(report), DAY, **asked))
    assert members(database, target) == expected
    assert own(database)["made"].count == len(expected)


def test_counts_are_not_lists(database):
    with pytest.raises(WrongUse, match="names none"):
        source_named("all-accounts-summary")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "needs a name"),
        (" \t", "needs a name"),
        ("x" * 81, "81 characters"),
        ("a/b", "like a path"),
        ("..", "like a path"),
        ("~me", "like a path"),
        ("C:\\lists", "like a path"),
        ("--where", "like a path"),
        ("a\x1b[31m", "control characters"),
        ("NO LIST", "built-in"),
        ("never-sent", "built-in"),
        ("TAKEN", "“taken” already"),
    ],
)
def test_names_that_will_not_do(database, name, words):
    made(database, "taken", "status = O")
    made(database, "other", "status = O")
    for attempt in (
        lambda: made(database, name, "status = O"),
        lambda: new_selection(database.path, name, [1]),
        lambda: rename_list(database.path, "other", name),
    ):
        with pytest.raises(WrongUse, match=words):
            attempt()
    assert list(own(database)) == ["other", "taken"]


def test_names_differ_in_more_than_case_in_every_script(database):
    made(database, "ŁÓDŹ", "status = O")
    with pytest.raises(WrongUse, match="already"):
        made(database, "łódź", "status = O")
    rename_list(database.path, "łódź", "Łódź")
    assert list(own(database)) == ["Łódź"]


def test_built_in_lists_stay(database):
    for attempt in (
        lambda: delete_list(database.path, "No list"),
        lambda: rename_list(database.path, "never-sent", "x"),
        lambda: edit_list(database.path, "LEFT", ask(ALL, DAY, where=["status = O"])),
    ):
        with pytest.raises(WrongUse, match="stays as it is"):
            attempt()


def test_an_unknown_name_is_told_from_a_near_one(database):
    with closing(database.read()) as connection, pytest.raises(WrongUse, match="Did you mean “Never logged in”"):
        find_list(connection, "never loggd in")
    with pytest.raises(WrongUse, match="was deleted"):
        undelete_list(database.path, "x")


def test_a_deleted_name_may_be_used_again(database):
    made(database, "one", "status = O")
    delete_list(database.path, "one")
    made(database, "ONE", "status = T")
    with pytest.raises(WrongUse, match="already"):
        undelete_list(database.path, "one")
    assert undelete_list(database.path, "one", "old").name == "old"
    assert {name: line.count for name, line in own(database).items()} == {"old": 2, "ONE": 1}


def test_a_list_that_cannot_be_read_leaves_the_others_alone(database):
    made(database, "good", "status = O")
    broken = made(database, "broken", "status = O")
    with closing(sqlite3.connect(database.path)) as connection:
        given = json.dumps({"report": "all-accounts", "where": ["shoe_size > 40"]})
        connection.execute("UPDATE lists SET given = ? WHERE id = ?", [given, broken.key])
        connection.commit()
    lines = own(database)
    assert (lines["good"].count, lines["broken"].count) == (2, None)
    assert "“broken”" in str(lines["broken"].fault)
    assert "⟨here⟩shoe_size" in str(lines["broken"].fault)
    with pytest.raises(WorkFailed, match="cannot be read") as raised:
        members(database, lines["broken"].target)
    assert raised.value.hints[-1] == Step.EDIT_LIST(list="broken")


def test_a_selection_holds_thousands_and_survives_that_accounts_come_anew(database_of):
    database = database_of(*({"company": str(number)} for number in range(5_000)))
    target = new_selection(database.path, "picked", range(1, 4_001))
    assert own(database)["picked"].count == 4_000
    with closing(database.read()) as connection:
        copy = copy_list(database.path, target, "copied")
        assert find_list(connection, "copied").sentence(DAY) == "Accounts picked one by one"
    assert len(members(database, copy)) == 4_000


def test_a_selection_knows_accounts_by_what_tells_them_apart(database):
    target = new_selection(database.path, "picked", [2, 4, 99])
    assert members(database, target) == ["Zoë", "a002"]
    undo_last(database.path)
    assert own(database)["picked"].count == 0
    with closing(sqlite3.connect(database.path)) as connection:  # other accounts get the numbers
        connection.executemany("INSERT INTO accounts (pk, account_id) VALUES (?, ?)", [(2, "b1"), (4, "a002")])
        connection.commit()
    assert members(database, target) == ["a002"]


def test_no_database_is_made_for_a_list(tmp_path):
    with pytest.raises(NoAccounts):
        new_list(tmp_path / "none.db", "x", ask(ALL, DAY, where=["status = O"]))
    assert list(tmp_path.iterdir()) == []
