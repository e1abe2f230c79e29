"""Time as the vendor's limits count it, and waiting that a person can end: for a moment, or for another process."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core import file_lock
from core.errors import WorkFailed
from core.private_file import make_private_folder

PATIENCE = 60.0
"""Seconds to wait for another process. Nobody holds a lock for longer than one request takes."""
_BETWEEN_LOOKS = 0.1
"""Seconds between two looks at whether to go on."""
_BETWEEN_TRIES = 0.05
"""Seconds between two tries to take a lock."""


def _go_on() -> None:
    """Stand in where nobody can stop the work."""


class Clock:
    """The system's clock. Tests put one in its place that does not wait."""

    def __init__(self, go_on: Callable[[], None] = _go_on) -> None:
        """Ask `go_on` while waiting; what it raises ends the wait, such as `core.errors.Cancelled`."""
        self.go_on = go_on

    def now(self) -> float:
        """Return the seconds since 1970 (UTC), which all processes of the machine share."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Wait so many seconds."""
        end = time.monotonic() + seconds
        self.go_on()
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _BETWEEN_LOOKS))
            self.go_on()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals wait until the block has ended, where what was received must be kept first.

    Threads that are begun in it hold them back too, so that none is left to which the system could give one.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGHUP, signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def locked(file: Path, clock: Clock) -> Iterator[None]:
    """Hold the lock `file`, waiting for other processes of this person.

    Raises:
        WorkFailed: it cannot be made, or another process holds it for a minute.
    """
    end = time.monotonic() + PATIENCE

    def held(_descriptor: int) -> None:
        if time.monotonic() > end:
            raise WorkFailed(f"Another program holds {file}, and did for a minute.", "Try again in a moment.")
        time.sleep(_BETWEEN_TRIES)
        clock.go_on()

    with suppress(OSError):  # where it cannot be made, the lock cannot either, and says so
        make_private_folder(file.parent)
    with file_lock.locked(file, held):
        yield
