"""One run of a schedule at a time, whoever starts it: a lock beside the database that ends with its process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from core import file_lock
from core.clock import local
from core.errors import WorkFailed
from core.people import login_name


def lock_file(database: Path, name: str) -> Path:
    """Return where the lock of a schedule is."""
    return database.with_name(f".{database.name}.schedule-{name}.lock")


@contextmanager
def locked(database: Path, name: str) -> Iterator[None]:
    """Hold a schedule for the block. The lock is the system's, so one that was left by a killed process holds nobody.

    Raises:
        WorkFailed: it is held, or cannot be made; nothing has begun.
    """

    def held(descriptor: int) -> None:
        raise WorkFailed(
            f"The schedule '{name}' is running already{_by_whom(descriptor)}; nothing was done.",
            "Wait until that run has ended.",
        )

    with file_lock.locked(lock_file(database, name), held) as descriptor:
        note = json.dumps({"by": login_name(), "since": datetime.now(UTC).isoformat(timespec="seconds")}).encode()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note, 0)
        yield
        os.ftruncate(descriptor, 0)


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
