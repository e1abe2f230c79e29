"""A database in the folder of a group stays the group's, whatever the umask of who opens it."""

import os
import sqlite3
import stat
from contextlib import closing, contextmanager

import pytest

from db.connection import connect_writing
from db.new_database import SCHEMA_VERSION
from db.sharing import is_shared_folder
from db.transaction import transaction

pytestmark = pytest.mark.promise("P5")


@contextmanager
def umask(mask):
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


def modes(folder):
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}


@pytest.mark.parametrize(("mode", "shared"), [(0o2770, True), (0o2775, True), (0o2750, False), (0o770, False)])
def test_a_folder_of_a_group_has_the_setgid_bit_and_lets_it_write(tmp_path, mode, shared):
    tmp_path.chmod(mode)
    assert is_shared_folder(tmp_path) is shared


@pytest.mark.parametrize("mask", [0o077, 0o002])
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o2770, "0o660"), (0o700, "0o600")])
def test_database_and_journals_are_the_groups_only_in_such_a_folder(tmp_path, mask, folder_mode, file_mode):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(folder_mode)
    with umask(mask), closing(connect_writing(folder / "a.db")) as connection:
        with transaction(connection):
            connection.execute("INSERT INTO mappings VALUES ('a', '{}')")
        assert modes(folder) == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm"), file_mode)


def test_a_private_database_put_into_such_a_folder_becomes_the_groups(tmp_path):
    path = tmp_path / "a.db"
    connect_writing(path).close()
    assert modes(tmp_path) == {"a.db": "0o600"}
    tmp_path.chmod(0o2770)
    connect_writing(path).close()
    assert modes(tmp_path) == {"a.db": "0o660"}


def test_the_copy_kept_before_an_upgrade_is_the_groups_too(tmp_path):
    path = tmp_path / "a.db"
    connect_writing(path).close()
    with closing(sqlite3.connect(path)) as old:
        old.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    tmp_path.chmod(0o2770)
    connect_writing(path).close()
    assert modes(tmp_path) == {"a.db": "0o660", f"a.db.schema-{SCHEMA_VERSION - 1}": "0o660"}
