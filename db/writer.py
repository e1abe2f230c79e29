"""Who is writing a database just now: a note beside it, so that whoever waits can be told for whom.

SQLite's own lock decides; the note only names its holder. It is best effort, and one that was left behind by a process
that is gone says nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.parts import is_part
from db.people import login_name
from db.processes import is_alive, is_over
from db.sharing import make_file

_SOMEBODY = "another partner-tui"

_LONGEST = timedelta(hours=1)
"""How long a writer on another host, which cannot be looked at, is believed to be at work."""


@contextmanager
def noted(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the note name us for the block, which holds the write lock."""
    path = _note(connection)
    try:
        if path is not None:
            _write(path)
        yield
    finally:
        if path is not None:
            with suppress(OSError):
                path.unlink()


def forget_dead_writer(path: Path) -> None:
    """Remove the note of a process of this host that is gone; any other is left to whoever writes next."""
    note = _beside(path)
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(note.read_text("utf-8"))
        if found["host"] == os.uname().nodename and not is_alive(int(found["pid"])):
            note.unlink()


def writer_name(connection: sqlite3.Connection) -> str:
    """Return who is writing, as far as it is known: "ann", "ann on the host far", else "another partner-tui"."""
    path = _note(connection)
    try:
        note = json.loads(path.read_text("utf-8")) if path else {}
        by, host, process = str(note["by"]), str(note["host"]), int(note["pid"])
        is_left = is_over(process, host, datetime.fromisoformat(note["since"]), _LONGEST)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _SOMEBODY
    here = os.uname().nodename
    if is_left or not (by.isprintable() and host.isprintable()):
        return _SOMEBODY
    return by if host == here else f"{by} on the host {host}"


def _note(connection: sqlite3.Connection) -> Path | None:
    """Return where the note of a connection's database is; None for one that nobody else sees."""
    file = next((row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"), "")
    return _beside(Path(file)) if file and not is_part(Path(file)) else None


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.writer")


def _write(path: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note = {"by": login_name(), "host": os.uname().nodename, "pid": os.getpid(), "since": now}
    with suppress(OSError):
        path.unlink(missing_ok=True)  # left behind by a process that was killed, perhaps another person's
        make_file(path)
        path.write_text(json.dumps(note), "utf-8")
