"""Small files of the program's own, whole or not there, and nobody else's to read (promises P3 and P5)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from db.filesystem import make_private_folder
from db.parts import JOURNALS, part_path, remove_part, sweep
from db.processes import is_alive

__all__ = ["JOURNALS", "is_alive", "make_private_folder", "part_path", "remove_part", "sweep", "write_private"]


def write_private(path: Path, text: str) -> None:
    """Put a file in place: 0600, in a folder that is made 0700 where it is missing. An older one is replaced.

    Raises:
        OSError: it cannot be written; what was there is as before.
    """
    make_private_folder(path.parent)
    sweep(path.parent)
    part = part_path(path.parent)
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
