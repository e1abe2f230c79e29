"""Files on their way: made beside their place under a name of their own, and swept when their process has died.

The name tells host and process, so that only what dead processes of this host left is swept; SQLite's journals of such
a file go with it. Folders for the time of some work are named and swept the same way.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from db.processes import is_alive

HOST = re.sub(r"[^A-Za-z0-9-]", "-", os.uname().nodename)[:64]
JOURNALS = ("-journal", "-wal", "-shm")
"""How SQLite names what it keeps beside a database."""
_PART = re.compile(rf"\.part-{re.escape(HOST)}-(\d+)-[0-9a-f]+(?:{'|'.join(JOURNALS)})?")


def part_path(folder: Path) -> Path:
    """Return a path for a new file on its way in a folder; nobody else uses it."""
    return folder / f".part-{HOST}-{os.getpid()}-{os.urandom(6).hex()}"


def is_part(path: Path) -> bool:
    """Whether a file has the name of one on its way."""
    return _PART.fullmatch(path.name) is not None


def remove_part(part: Path) -> None:
    """Remove a file on its way, with its journals, if it is still there."""
    for ending in ("", *JOURNALS):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what processes of this user and host left in `folder` when they were killed.

    A folder that may not be listed is left as it is: what lies there is in nobody's way.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (match := _PART.fullmatch(entry.name)) and not is_alive(int(match[1])):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid != os.geteuid():
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        shutil.rmtree(entry.path)
                    else:
                        Path(entry.path).unlink()
