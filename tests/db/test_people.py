"""Who did what: runs, exports of lists and views know the login name."""

import os
import sqlite3
from contextlib import closing

import pytest

from core.runs import record_start, runs
from db import people, views
from tests.db.imports import open_new


@pytest.fixture
def database(tmp_path):
    open_new(tmp_path).close()
    return tmp_path / "accounts.db"


def be(monkeypatch, name):
    monkeypatch.setattr(views, "login_name", lambda: name)


def test_whoever_came_by_sudo_is_told_of(monkeypatch):
    assert people.sudo_user() is None
    monkeypatch.setenv("SUDO_USER", "ann")
    monkeypatch.setattr(people, "login_name", lambda: "root")
    assert people.sudo_user() == "ann"
    assert people.by_words("root", "ann") == "root (ann by sudo)"
    assert people.is_another("root", None)
    assert not people.is_another("root", "ann")
    monkeypatch.setenv("SUDO_USER", "root")
    assert people.sudo_user() is None


def test_a_run_keeps_who_ran_it_and_for_which_schedule(database, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "ann")
    record_start(database, "x", parameters={}, as_of="2026-03-04", file_format="csv", path=None, schedule="mondays")
    (run,) = runs(database)
    assert (run.by, run.sudo_by, run.schedule) == (people.login_name(), "ann", "mondays")


def test_a_run_on_another_host_is_running_for_a_day_and_then_interrupted(database):
    for moment in ("2020-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"):
        record_start(database, "x", parameters={}, as_of="2026-03-04", file_format="csv", path=None)
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(
                "UPDATE runs SET host = 'elsewhere', pid = 999999999, started_at = ?"
                " WHERE id = (SELECT max(id) FROM runs)",
                [moment],
            )
    assert [run.outcome for run in runs(database)] == ["running", "interrupted"]


def test_views_are_each_persons_own(database, monkeypatch):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO views (report, name_fold, name, state) VALUES ('r', 'old', 'Old', '{\"a\": 0}')"
        )
        be(monkeypatch, "ann")
        views.save(connection, "r", "Mine", {"a": 1})
        be(monkeypatch, "ben")
        assert views.names(connection, "r") == ["Old"]
        views.save(connection, "r", "MINE", {"a": 2})
        views.save(connection, "r", "OLD", {"a": 3})
        assert views.load(connection, "r", "mine") == {"a": 2}
        assert views.names(connection, "r") == ["MINE", "OLD"]
        be(monkeypatch, "ann")
        assert views.load(connection, "r", "mine") == {"a": 1}
        assert views.load(connection, "r", "old") == {"a": 0}
        views.delete(connection, "r", "mine")
        be(monkeypatch, "ben")
        assert views.load(connection, "r", "mine") == {"a": 2}


def test_the_login_name_is_that_of_the_rights_we_have(monkeypatch):
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert people.login_name() != "somebody-else"
    monkeypatch.setattr(os, "geteuid", lambda: 987_654)
    assert people.login_name() == "987654"
