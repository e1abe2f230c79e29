"""Locks on files that processes take in turn. The system lets go of one however its process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import WorkFailed
from db.sharing import file_mode


@contextmanager
def locked(file: Path, held: Callable[[int], None]) -> Iterator[int]:
    """Hold the lock `file` for the block, which stays there; yield its descriptor.

    Args:
        file: the lock; made for its folder's people, as databases are.
        held: called with the descriptor while another process holds it; the lock is tried again unless it raises.

    Raises:
        WorkFailed: it cannot be made.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise WorkFailed(f"{file} cannot be made: {error.strerror}.", "Check that you may write there.") from error
    try:
        with suppress(OSError):  # whoever made it has set its mode
            os.fchmod(descriptor, file_mode(file))
        while not _try(descriptor):
            held(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise WorkFailed(
            f"The file system cannot lock files: {error.strerror}.", "Use a folder on another one."
        ) from error
    return True
