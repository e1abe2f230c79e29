"""A child process that opens a file which could take its reader down: workbooks and web pages (faults B1 to B5).

The libraries that read them can be made to take all memory, to run for ever or to abort the process. A child has
limits, is asked for one block of rows at a time, and is killed when the reader is closed.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from core.errors import WorkFailed
from core.importing.notes import Note
from core.importing.spawning import Child, silence
from core.importing.table import BLOCK_ROWS, Cells

MEMORY_LIMIT = 512 << 20
"""Bytes: every list of accounts that there is needs less."""
CPU_LIMIT = 20
"""Seconds of the processor's time."""
_NEEDS_MEMORY = f"that needs more than {MEMORY_LIMIT >> 20} MB of memory, the limit"
_PATIENCE = 600
"""Seconds without an answer: a child that waits for something takes no CPU time."""
_BETWEEN_LOOKS = 0.1
"""Seconds between two looks at whether the answer is still wanted."""


class CannotRead(Exception):
    """Raised by a reader in the child: why, for the person."""


@dataclass(frozen=True, slots=True)
class SheetStart:
    """A sheet and its first rows, to choose from."""

    name: str
    is_visible: bool
    rows: list[Cells]
    hidden_rows: tuple[int, ...] = ()
    """Rows that the workbook hides or has filtered away, from 0."""
    hidden_columns: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    """What has to be said of it."""
    passed_over: int = 0
    """Rows that are not among its rows, since nobody sees them."""


class Book(Protocol):
    """What a reader makes of a file, in the child."""

    epoch_1904: bool

    def starts(self) -> list[SheetStart]:
        """Return all sheets."""
        ...

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a sheet from the first."""
        ...


class Sandbox:
    """A file that a child process has open."""

    def __init__(
        self,
        open_book: Callable[[Path], Book],
        path: Path,
        go_on: Callable[[], None] = lambda: None,
        name: str = "",
    ) -> None:
        """Start the child (spawned, never forked) and let it open the file.

        Args:
            open_book: what opens it, in the child.
            path: the file.
            go_on: called now and then while the child is waited for; what it raises ends that.
            name: what the file is called in messages; its own name by default.

        Raises:
            WorkFailed: the file cannot be read, or not within the limits.
        """
        self._name, self._go_on = name or path.name, go_on
        self._child = Child(_serve, open_book, path)
        self._pipe = self._child.pipe
        self._passes = count()
        self._arrived: dict[int, list[Cells]] = {}
        try:
            self.starts, self.epoch_1904 = self._received()
        except BaseException:
            self.close()
            raise

    def blocks(self, sheet: str) -> Iterator[list[Cells]]:
        """Yield the rows of a sheet from the first; several such readings may be under way.

        The child prepares the next block while this one is looked at.
        """
        reading = next(self._passes)
        self._ask(reading, sheet)
        while rows := self._block_of(reading):
            self._ask(reading, sheet)
            yield rows

    def _ask(self, reading: int, sheet: str) -> None:
        try:
            self._pipe.send((reading, sheet))
        except OSError as error:
            raise self._gone() from error

    def _block_of(self, reading: int) -> list[Cells]:
        """Return the next block of one reading, and keep what arrives for the others."""
        while reading not in self._arrived:
            owner, rows = self._received()
            self._arrived[owner] = rows
        return self._arrived.pop(reading)

    def _received(self) -> tuple:  # type: ignore[type-arg]
        """Return the child's next answer."""
        try:
            answer = self._pipe.recv() if self._is_answered() else None
        except (OSError, EOFError) as error:
            raise self._gone() from error
        if isinstance(answer, tuple):
            return answer
        if isinstance(answer, str):
            raise WorkFailed(f"{self._name} {answer}", "Save the list as CSV and import that.")
        raise self._gone()

    def _is_answered(self) -> bool:
        """Wait for the child, as long as it may take."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._pipe.poll(_BETWEEN_LOOKS):
                return True
            self._go_on()
        return False

    def _gone(self) -> WorkFailed:
        """Return why the child has ended, as far as that can be told."""
        process = self._child.process
        process.join(1)
        why = "it is damaged, or far too large (a stray cell far away is enough)"
        if process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
            why = f"that takes more than {CPU_LIMIT} seconds, the limit; it is damaged, or far too large"
        elif process.exitcode == -signal.SIGABRT:
            why = f"{_NEEDS_MEMORY}; it is far too large (a stray cell far away is enough), or damaged"
        return WorkFailed(
            f"{self._name} cannot be read: {why}.", "Save the list alone as a new workbook or as CSV, and import that."
        )

    def close(self) -> None:
        """Kill the child."""
        self._child.close()


def _serve(pipe: Connection, open_book: Callable[[Path], Book], path: Path) -> None:
    """Open the file and answer until nobody asks: the child's whole life."""
    _limit()
    silence()
    with suppress(EOFError, OSError):
        try:
            book = open_book(path)
            pipe.send((book.starts(), book.epoch_1904))
            _answer(pipe, book)
        except CannotRead as why:
            pipe.send(str(why))
        except (EOFError, OSError):
            raise
        except MemoryError:
            pipe.send(f"cannot be read: {_NEEDS_MEMORY}; it is far too large (a stray cell far away is enough).")
        except BaseException as error:  # a panic of the reader is no Exception
            pipe.send(_fault_words(error))


def _fault_words(error: BaseException) -> str:
    """Return what to say of a file that a reader gave up: more than that is not known here."""
    words = str(error).lower()
    if "encrypt" in words or "password" in words:
        return "is protected by a password."
    return (
        "cannot be read here: it is damaged, cut off, or made in an unusual way. If a spreadsheet program opens it, "
        "save it there as XLSX or CSV."
    )


def _answer(pipe: Connection, book: Book) -> None:
    """Send one block for each question: (reading, sheet)."""
    readings: dict[int, Iterator[Cells]] = {}
    while True:
        reading, sheet = pipe.recv()
        rows = readings.setdefault(reading, book.rows(sheet))
        pipe.send((reading, list(islice(rows, BLOCK_ROWS))))


def _limit() -> None:
    """Bound what this process may take."""
    for kind, wanted in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_LIMIT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (allowed, most))
