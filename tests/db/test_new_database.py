"""A database that gets its first accounts before its name: it is there with them, or not at all (promise P2)."""

import os
import signal
import stat
from contextlib import closing

import pytest

from db.apply_import import Facts, store
from db.connection import connect_reading, connect_writing
from db.errors import WorkFailed
from db.new_database import NewDatabase
from tests.db.imports import DAY, go_on, no_room, stage

pytestmark = pytest.mark.promise("P2", "P5")

ROWS = {n: {"account_id": f"id{n}", "company": "Łódź" * 100} for n in range(2, 302)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "accounts.db"


def fill(new):
    staging = stage(new.connection, ["account_id", "company"], ROWS)
    store(staging, Facts("a.csv", DAY), accept=lambda _: None, go_on=go_on)


def filled(path):
    new = NewDatabase(path)
    fill(new)
    return new


def test_it_has_its_name_once_it_has_its_accounts(path):
    new = filled(path)
    assert not path.exists()
    new.put_in_place()
    with closing(connect_reading(path)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts").fetchone() == (300,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {file.name.removeprefix("accounts.db") for file in path.parent.iterdir()} <= {"", "-wal", "-shm"}


def test_what_is_not_put_in_place_leaves_nothing(path):
    filled(path).close()
    assert list(path.parent.iterdir()) == []


def test_one_that_another_program_made_meanwhile_is_kept(path):
    new = filled(path)
    connect_writing(path).close()
    theirs = path.stat().st_ino
    with pytest.raises(WorkFailed, match="another program meanwhile"):
        new.put_in_place()
    assert path.stat().st_ino == theirs
    assert [file.name for file in path.parent.iterdir()] == ["accounts.db"]


@pytest.mark.parametrize("room", [0, 4_096, 65_536])
def test_without_room_nothing_is_left(path, room):
    with no_room(room), pytest.raises(WorkFailed), closing(NewDatabase(path)) as new:
        fill(new)
    assert list(path.parent.iterdir()) == []


def test_killed_before_it_has_its_name_it_is_swept_at_the_next_start(path):
    child = os.fork()
    if not child:
        filled(path)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert list(path.parent.iterdir())
    connect_writing(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["accounts.db"]
