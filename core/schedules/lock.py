"""One run of a schedule at a time, whoever starts it: a lock beside the database that ends with its process."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from core.clock import local
from core.errors import WorkFailed
from core.people import login_name
from db.sharing import file_mode


def lock_file(database: Path, name: str) -> Path:
    """Return where the lock of a schedule is."""
    return database.with_name(f".{database.name}.schedule-{name}.lock")


@contextmanager
def locked(database: Path, name: str) -> Iterator[None]:
    """Hold a schedule for the block. The lock is the system's, so one that was left by a killed process holds nobody.

    Raises:
        WorkFailed: it is held, or cannot be made; nothing has begun.
    """
    path = lock_file(database, name)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        with suppress(OSError):  # whoever made it has set its mode
            os.fchmod(descriptor, file_mode(path))
    except OSError as error:
        raise WorkFailed(f"{path} cannot be made: {error.strerror}.", "Check that you may write there.") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WorkFailed(
                f"The schedule '{name}' is running already{_by_whom(descriptor)}; nothing was done.",
                "Wait until that run has ended.",
            ) from error
        note = json.dumps({"by": login_name(), "since": datetime.now(UTC).isoformat(timespec="seconds")}).encode()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note, 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def forget_lock(database: Path, name: str) -> None:
    """Take the lock's file away, with its schedule."""
    with suppress(OSError):
        lock_file(database, name).unlink()


def _by_whom(descriptor: int) -> str:
    try:
        note = json.loads(os.pread(descriptor, 1_000, 0))
        return f", begun by {note['by']} at {local(datetime.fromisoformat(note['since'])):%H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
