"""Where files lie: on what kind of file system (fault E7), and in folders for their owner alone (promise P5)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "coda",
    "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "panfs", "orangefs", "pvfs2", "ocfs2", "gfs", "gfs2", "davfs",
    "vboxsf", "virtiofs", "prl_fs", "drvfs", "vmhgfs",
    "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.davfs", "fuse.juicefs",
    "fuse.vmhgfs-fuse", "fuse.gcsfuse", "fuse.goofys", "fuse.cephfs", "fuse.mfs", "fuse.moosefs",
    "fuse.seaweedfs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.beegfs",
    "webdav", "afpfs", "macfuse", "osxfuse",
}  # fmt: skip
"""Kinds of file systems: the kernel's own, of clusters, shared with guests, in user space, macOS's."""
_MOUNTS = Path("/proc/self/mountinfo")
_DARWIN = re.compile(r".+? on (.+) \(([^,)]+)[^)]*\)")
"""A line of `mount` there: what, where, and in brackets the kind before all else."""


def is_on_network(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a file lies on another machine, where SQLite's write-ahead log would lose what two machines write.

    Known on Linux and macOS; elsewhere the answer is no.

    Args:
        path: the file; it need not exist.
        mounts: the system's list of mounts, see proc_pid_mountinfo(5).
    """
    found = _mounts_of_darwin(_asked_mount()) if sys.platform == "darwin" else _mounts_of_linux(mounts)
    return is_on_network_of(path.resolve(), found)


def is_on_network_of(place: Path, mounts: Iterator[tuple[Path, str]]) -> bool:
    """Whether a path lies on another machine, by the mounts there are: point and kind, later ones hiding earlier."""
    longest, kind = -1, ""
    for point, kind_there in mounts:
        if place.is_relative_to(point) and len(point.parts) >= longest:
            longest, kind = len(point.parts), kind_there
    return kind in _NETWORK


def _mounts_of_linux(mounts: Path) -> Iterator[tuple[Path, str]]:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        yield Path(_unescaped(before.split(" ")[4])), after.split(" ")[0]


def _asked_mount() -> str:
    import subprocess  # needed on macOS alone

    try:
        return subprocess.run(["/sbin/mount"], check=False, capture_output=True, text=True, timeout=5).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _mounts_of_darwin(listing: str) -> Iterator[tuple[Path, str]]:
    """Yield the mounts that `mount` lists on macOS, such as `//ann@host/data on /Volumes/data (smbfs, nodev)`."""
    for line in listing.splitlines():
        if found := _DARWIN.fullmatch(line):
            yield Path(found[1]), found[2]


def is_missing(path: Path) -> bool:
    """Return whether nothing is there for certain; what is wrong where one may not look, opening it tells."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone (0700).

    Raises:
        OSError: it cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)  # mkdir(parents=True) gives those above other rights


def _unescaped(text: str) -> str:
    """Return a path as it is, of which the list writes blanks in octal."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
