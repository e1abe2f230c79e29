"""Where files lie: on what kind of file system (fault E7), and in folders for their owner alone (promise P5)."""

from __future__ import annotations

import re
from pathlib import Path

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "fuse.sshfs",
    "fuse.rclone",
}
_MOUNTS = Path("/proc/self/mountinfo")


def is_on_network(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a file lies on another machine, where SQLite's write-ahead log would lose what two machines write.

    Known on Linux only; elsewhere the answer is no.

    Args:
        path: the file; it need not exist.
        mounts: the system's list of mounts, see proc_pid_mountinfo(5).
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    place, longest, kind = path.resolve(), -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(_unescaped(before.split(" ")[4]))
        if place.is_relative_to(point) and len(point.parts) >= longest:  # a later mount hides an earlier one
            longest, kind = len(point.parts), after.split(" ")[0]
    return kind in _NETWORK


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
