"""Telling a local disk from another machine's (fault E7), and making folders for their owner alone."""

import os
import stat
from contextlib import closing

import pytest

from db import connection as opening
from db.connection import connect_writing
from db.filesystem import is_on_network, make_private_folder

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home/ann/shared\\040files rw,relatime shared:2 - nfs4 server:/export rw,vers=4.2
31 30 8:2 / /home/ann/shared\\040files/local rw shared:3 - xfs /dev/sdb1 rw
32 22 0:41 / /srv/far rw,nosuid - fuse.sshfs ann@host:/ rw
33 22 0:42 / /proc rw - proc proc rw
"""


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/home/ann/accounts.db", False),
        ("/home/ann/shared files/accounts.db", True),
        ("/home/ann/shared files too/accounts.db", False),
        ("/home/ann/shared files/local/accounts.db", False),
        ("/srv/far/deep/accounts.db", True),
    ],
)
def test_the_deepest_mount_decides(tmp_path, path, far):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert is_on_network(opening.Path(path), mounts) is far


def test_where_mounts_are_not_told_a_disk_is_local(tmp_path):
    assert not is_on_network(tmp_path, tmp_path / "none")


def test_a_database_on_another_machine_has_no_write_ahead_log(tmp_path, monkeypatch):
    path = tmp_path / "accounts.db"

    def journal():
        with closing(connect_writing(path)) as connection:
            return connection.execute("PRAGMA journal_mode").fetchone()[0]

    assert journal() == "wal"
    monkeypatch.setattr(opening, "is_on_network", lambda _: True)
    assert journal() == "delete"
    path.unlink()
    assert journal() == "delete"


def test_folders_are_made_for_their_owner_alone(tmp_path):
    old = os.umask(0)
    try:
        make_private_folder(tmp_path / "a" / "b")
        make_private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(old)
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_in_a_file_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="Not a directory"):
        make_private_folder(tmp_path / "file" / "a")
