"""A lock that processes of one person take in turn."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import WorkFailed
from core.vendor.waiting import Clock
from db.filesystem import make_private_folder

PATIENCE = 60.0
"""Seconds to wait for another process. Nobody holds a lock for longer than one request takes."""
_BETWEEN_TRIES = 0.05


@contextmanager
def locked(file: Path, clock: Clock) -> Iterator[None]:
    """Hold the lock `file`, which stays there empty. The system lets go of it however the process ends.

    Raises:
        WorkFailed: it cannot be made, or another process holds it for a minute.
    """
    try:
        make_private_folder(file.parent)
        lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise WorkFailed(f"{file} cannot be written: {error.strerror}.", "Check whose folder it is.") from error
    try:
        end = time.monotonic() + PATIENCE
        while not _try(lock):
            if time.monotonic() > end:
                raise WorkFailed(f"Another program holds {file}, and did for a minute.", "Try again in a moment.")
            time.sleep(_BETWEEN_TRIES)
            clock.go_on()
        yield
    finally:
        os.close(lock)


def _try(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
