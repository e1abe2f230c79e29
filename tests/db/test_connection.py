"""Opening a database: ours alone, private, never made by mistake, and copied before it is changed."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from db import connection as opening
from db import new_database, upgrade
from db.connection import connect_reading, connect_writing
from db.errors import NoAccounts, WorkFailed
from db.parts import HOST
from db.transaction import transaction
from tests.db.imports import no_room, open_new


def raise_version(monkeypatch):
    """Let the program be newer than its databases; return the version it then knows."""
    version = opening.SCHEMA_VERSION + 1
    for module in (opening, new_database, upgrade):
        monkeypatch.setattr(module, "SCHEMA_VERSION", version)
    return version


@pytest.fixture
def path(tmp_path):
    open_new(tmp_path).close()
    return tmp_path / "accounts.db"


def test_reading_makes_no_database(tmp_path):
    with pytest.raises(NoAccounts, match="no database"):
        connect_reading(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_new_database_and_its_folders_are_private(tmp_path):
    old = os.umask(0)
    try:
        connect_writing(tmp_path / "new" / "accounts.db").close()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "accounts.db").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["accounts.db"]


def test_a_new_database_needs_no_hard_links(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "link", refuse)
    connect_writing(tmp_path / "accounts.db").close()
    assert [file.name for file in tmp_path.iterdir()] == ["accounts.db"]


def test_a_new_database_never_replaces_one_that_another_process_made(path, tmp_path, monkeypatch):
    new = tmp_path / "new" / "accounts.db"
    made = []

    def come_first(*_):
        made.append(shutil.copy(path, new).stat().st_ino)
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", come_first)
    connect_writing(new).close()
    assert [new.stat().st_ino] == made
    assert [file.name for file in new.parent.iterdir()] == ["accounts.db"]


@pytest.mark.parametrize("room", [0, 4096, 16384])
def test_where_there_is_no_room_for_a_new_database_nothing_is_left(tmp_path, room):
    with no_room(room), pytest.raises(WorkFailed, match="cannot be made"):
        connect_writing(tmp_path / "accounts.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("open_it", [connect_reading, connect_writing])
@pytest.mark.parametrize(
    ("content", "words"), [(b"", "empty file"), (b"Account ID\n1\n" * 99, "not a database"), (b"x", "not a database")]
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path, open_it, content, words):
    path = tmp_path / "accounts.db"
    path.write_bytes(content)
    with pytest.raises(WorkFailed, match=words):
        open_it(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("open_it", [connect_reading, connect_writing])
def test_the_database_of_another_program_is_refused(tmp_path, open_it):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE accounts (name)")
    before = path.read_bytes()
    with pytest.raises(WorkFailed, match="another program"):
        open_it(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("open_it", [connect_reading, connect_writing])
def test_a_newer_database_is_refused(path, open_it):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 999")
    with pytest.raises(WorkFailed, match="newer partner-tui"):
        open_it(path)


@pytest.mark.parametrize("open_it", [connect_reading, connect_writing])
def test_a_damaged_database_is_refused(path, open_it):
    content = path.read_bytes()
    path.write_bytes(content[:16] + b"\xff" * 84 + content[100:])
    with pytest.raises(WorkFailed, match="damaged"):
        open_it(path)


def test_of_an_older_database_a_private_copy_is_kept(path, monkeypatch):
    with closing(connect_writing(path)) as connection:
        connection.execute("INSERT INTO accounts (username) VALUES ('ann')")
    version = raise_version(monkeypatch)
    connect_reading(path).close()
    copy = path.with_name(f"accounts.db.schema-{version - 1}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT username FROM accounts").fetchall() == [("ann",)]
    with closing(connect_writing(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)


def test_a_reader_cannot_write(path):
    with (
        closing(connect_reading(path)) as connection,
        pytest.raises(WorkFailed, match="read-only"),
        transaction(connection),
    ):
        connection.execute("INSERT INTO accounts (username) VALUES ('ann')")


def test_a_query_that_is_wrong_is_our_own_bug(path):
    with (
        closing(connect_writing(path)) as connection,
        pytest.raises(sqlite3.OperationalError),
        transaction(connection),
    ):
        connection.execute("SELECT nothing FROM nowhere")


def test_of_the_copies_from_before_the_last_three_are_kept(path, monkeypatch):
    for number in range(5):
        version = raise_version(monkeypatch)
        connect_writing(path).close()
        newest = path.with_name(f"accounts.db.schema-{version - 1}")
        os.utime(newest, (number, number))
    kept = sorted(int(copy.name.rpartition("-")[2]) for copy in path.parent.glob("accounts.db.schema-*"))
    assert kept == [version - back for back in (3, 2, 1)]


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm"])
def test_what_a_killed_first_import_left_goes_at_the_next_start(path, ending):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = path.with_name(f".part-{HOST}-{dead.pid}-ab12{ending}")
    left.touch()
    connect_reading(path).close()
    assert not left.exists()


def test_nothing_of_a_new_database_is_left_to_its_closing(tmp_path, monkeypatch):
    """What stands in the log alone comes into the file when it is closed, and of a full disk nothing is said then."""
    left = []

    class Watching(sqlite3.Connection):
        def close(self) -> None:
            left.append(self.execute("PRAGMA wal_checkpoint").fetchone()[1])
            super().close()

    monkeypatch.setattr(
        new_database, "connect", lambda uri, _: sqlite3.connect(uri, uri=True, isolation_level=None, factory=Watching)
    )
    new_database.make(tmp_path / "new.db")
    assert left == [0]
