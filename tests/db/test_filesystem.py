"""Telling a local disk from another machine's (fault E7), and making folders for their owner alone."""

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from db import filesystem, new_database
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
    assert is_on_network(Path(path), mounts) is far


@pytest.mark.parametrize(
    "kind",
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "9p",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "gpfs",
        "panfs",
        "orangefs",
        "ocfs2",
        "gfs2",
        "davfs",
        "vboxsf",
        "virtiofs",
        "prl_fs",
        "drvfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.ceph",
        "fuse.s3fs",
        "fuse.davfs",
        "fuse.juicefs",
        "fuse.rclone",
    ],
)
def test_what_several_machines_see_is_no_local_disk(tmp_path, kind):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / /home rw - {kind} server:/home rw\n")
    assert is_on_network(Path("/home/ann/accounts.db"), mounts)
    assert not is_on_network(Path("/srv/accounts.db"), mounts)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "fuse.ntfs-3g"])
def test_a_disk_of_our_own_is_local(tmp_path, kind):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw - {kind} /dev/sda1 rw\n")
    assert not is_on_network(Path("/home/ann/accounts.db"), mounts)


@pytest.mark.parametrize(("path", "far"), [("/Volumes/team data (x)/a.db", True), ("/Users/ann/a.db", False)])
def test_macos_is_asked_for_its_mounts(monkeypatch, path, far):
    listing = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//ann@nas/team on /Volumes/team data (x) (smbfs, nodev, nosuid, mounted by ann)
"""
    monkeypatch.setattr(filesystem.sys, "platform", "darwin")
    monkeypatch.setattr(filesystem, "_asked_mount", lambda: listing)
    assert is_on_network(Path(path)) is far


def test_where_mounts_are_not_told_a_disk_is_local(tmp_path):
    assert not is_on_network(tmp_path, tmp_path / "none")


def test_a_database_on_another_machine_has_no_write_ahead_log(tmp_path, monkeypatch):
    path = tmp_path / "accounts.db"

    def journal():
        with closing(connect_writing(path)) as connection:
            return connection.execute("PRAGMA journal_mode").fetchone()[0]

    assert journal() == "wal"
    monkeypatch.setattr(new_database, "is_on_network", lambda _: True)
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
