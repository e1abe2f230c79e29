"""A database that a team shares: it lies in a folder of a group, and what is made there stays the group's.

Such a folder has the setgid bit, so that new files get its group, and lets the group write. The umask of a person
must not undo this: the mode of each file is set, not asked for.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from db.parts import JOURNALS

PRIVATE, SHARED = 0o600, 0o660
"""The modes of a database that one person or a group works on."""
SHARED_FOLDER = 0o2770


def is_shared_folder(folder: Path) -> bool:
    """Return whether what lies in a folder is a group's: the setgid bit, and the group may write."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID) and mode & 0o070 == 0o070


def file_mode(path: Path) -> int:
    """Return the mode of a file of ours at this place."""
    return SHARED if is_shared_folder(path.parent) else PRIVATE


def make_file(path: Path) -> None:
    """Make an empty file, private or the group's as its folder says, whatever the umask.

    Raises:
        OSError: it is there already or cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    try:
        os.fchmod(descriptor, file_mode(path))
    finally:
        os.close(descriptor)


def keep_shared(path: Path) -> None:
    """Let the group go on using a database in its folder, as far as the files are ours; what is private stays so."""
    folder = path.absolute().parent
    if not is_shared_folder(folder):
        return
    group = folder.stat().st_gid
    for file in (path, *(path.with_name(path.name + ending) for ending in JOURNALS)):
        with suppress(OSError):
            now = file.stat()
            if os.geteuid() in (now.st_uid, 0) and (now.st_gid != group or stat.S_IMODE(now.st_mode) != SHARED):
                os.chown(file, -1, group)
                file.chmod(SHARED)
