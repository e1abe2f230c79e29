"""An import that is stopped, killed, or has no room: all of it or nothing (promise P2, faults E1 to E6)."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest

from db import connection as opening
from db.apply_import import Facts, preview, store
from db.connection import connect_writing
from db.errors import WorkFailed
from db.history import undo_last
from tests.db.imports import DAY, dump, go_on, no_room, open_new, stage

pytestmark = pytest.mark.promise("P2", "P6")

KEYS = ["account_id", "username", "company", "list_size"]


def rows(start, count, company):
    return {
        n + 2: {"account_id": f"id{start + n}", "username": f"üser{start + n}", "company": company, "list_size": n}
        for n in range(count)
    }


@pytest.fixture
def database(tmp_path):
    """A database with 300 accounts."""
    with closing(open_new(tmp_path)) as connection:
        store(
            stage(connection, KEYS, rows(0, 300, "Łódź")), Facts("first.csv", DAY), accept=lambda _: None, go_on=go_on
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path / "accounts.db"


def second_import(connection, watch=go_on):
    """Change 200 accounts and add 300."""
    staging = stage(connection, KEYS, rows(100, 500, "Zürich"))
    return store(staging, Facts("second.csv", DAY), accept=lambda _: None, go_on=watch)


def state(path):
    with closing(connect_writing(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return dump(connection)


def killed_at(path, statement, work):
    """Do `work` in a child that is killed before the n-th statement of its transaction; return whether it lived."""
    child = os.fork()
    if not child:
        connection = connect_writing(path)
        seen = []

        def count(sql):
            if seen or sql.startswith("BEGIN IMMEDIATE"):
                seen.append(sql)
            if len(seen) == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        connection.set_trace_callback(count)
        work(connection)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("work", [second_import, lambda connection: undo_last(connection, go_on)])
def test_killed_before_any_statement_the_database_is_as_before_or_complete(tmp_path, database, work):
    if work is not second_import:
        with closing(connect_writing(database)) as connection:
            second_import(connection)
    before = state(database)
    copy = tmp_path / "copy.db"
    found = []
    for statement in range(1, 200):
        for old in tmp_path.glob("copy.db*"):
            old.unlink()
        shutil.copy(database, copy)
        lived = killed_at(copy, statement, work)
        found.append(state(copy) == before)
        if lived:
            break
    assert lived
    assert found == [True] * (len(found) - 1) + [False]
    assert len(found) > 10


def test_cancelled_at_any_look_nothing_has_changed(database, monkeypatch):
    monkeypatch.setattr("db.staging._STEPS", 1_000)
    before = state(database)

    class Stop(Exception):
        pass

    looks = 0
    for wanted in range(1, 10_000, 7):
        seen = [0]

        def watch(seen=seen, wanted=wanted):
            seen[0] += 1
            if seen[0] == wanted:
                raise Stop

        with closing(connect_writing(database)) as connection:
            try:
                second_import(connection, watch)
            except Stop:
                looks += 1
                assert dump(connection) == before
            else:
                break
    assert looks > 3
    assert state(database) != before


@pytest.mark.parametrize("room", [0, 4_096, 40_960])
def test_without_room_on_the_disk_nothing_has_changed(database, room):
    before = state(database)
    with closing(connect_writing(database)) as connection:
        staging = stage(connection, KEYS, rows(100, 500, "Zürich" * 1_000))
        with no_room(room), pytest.raises(WorkFailed, match="nothing was changed"):
            store(staging, Facts("second.csv", DAY), accept=lambda _: None, go_on=go_on)
    assert state(database) == before


def test_while_another_writes_it_waits_and_then_says_so(database, monkeypatch):
    monkeypatch.setattr(opening, "WRITE_PATIENCE", 0.05)
    before = state(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        connection = connect_writing(database)
        other.execute("BEGIN IMMEDIATE")
        with closing(connection), pytest.raises(WorkFailed, match="written by another"):
            second_import(connection)
        other.execute("ROLLBACK")
    assert state(database) == before


def test_a_staged_file_holds_no_lock_and_is_compared_anew_when_it_is_stored(database):
    with closing(connect_writing(database)) as one, closing(connect_writing(database)) as other:
        staging = stage(one, KEYS, rows(100, 500, "Zürich"))
        assert preview(staging, go_on=go_on).new == 300
        second_import(other)
        assert store(staging, Facts("again.csv", DAY), accept=lambda _: None, go_on=go_on).same == 500


def test_what_is_not_accepted_changes_nothing(database):
    before = state(database)

    def refuse(outcome):
        raise WorkFailed(f"{outcome.new} are too many.")

    with closing(connect_writing(database)) as connection:
        staging = stage(connection, KEYS, rows(100, 500, "Zürich"))
        with pytest.raises(WorkFailed, match="300 are too many"):
            store(staging, Facts("second.csv", DAY), accept=refuse, go_on=go_on)
    assert state(database) == before
