"""The team's schedules: what is to be run when, and how each ran last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from db.errors import WrongUse
from db.hints import Step
from db.people import login_name, sudo_user
from db.stored import Written, record, schedule_name_of
from db.transaction import transaction

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """One schedule as it is kept."""

    name: str
    calendar: str
    """When, as a calendar expression of systemd."""
    command: tuple[str, ...]
    """Words of the command line, from `report`, `lists`, `sync` or `import` on."""
    output: str | None = None
    mail_to: tuple[str, ...] = ()
    only_if_rows: bool = False
    only_if_changed: bool = False
    max_age: int | None = None
    """Days that the last list may be old."""
    made_by: str | None = None
    """A login name."""
    sudo_by: str | None = None
    """Who became that person by sudo."""
    made_at: datetime = _NEVER
    """Aware, UTC."""
    last_digest: str | None = None
    """Of the rows of the last run that went well."""
    last_run_at: datetime | None = None
    """Aware, UTC: when the last run began."""
    last_outcome: str | None = None
    last_message: str = ""
    written: Written = ()
    """The files that runs wrote and may replace: path, size in bytes, and when it was changed in nanoseconds."""


_COLUMNS = ", ".join(StoredSchedule.__slots__)


def any_schedule(connection: sqlite3.Connection) -> bool:
    """Whether there is a schedule."""
    found: int = connection.execute("SELECT EXISTS (SELECT 1 FROM schedules)").fetchone()[0]
    return bool(found)


def schedules(connection: sqlite3.Connection) -> list[StoredSchedule]:
    """Return the schedules by name; one whose name is none is passed over, for it becomes the name of files."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM schedules ORDER BY lower(name)")
    return [found for row in rows if schedule_name_of((found := _read(row)).name)]


def add(connection: sqlite3.Connection, schedule: StoredSchedule) -> None:
    """Keep a new schedule, as made now by whoever we are.

    Raises:
        WrongUse: the name is taken, in any case: it becomes the name of files.
    """
    with transaction(connection):
        taken = connection.execute(
            "SELECT name FROM schedules WHERE lower(name) = lower(?)", [schedule.name]
        ).fetchone()
        if taken:
            raise WrongUse(
                f"There is a schedule '{taken[0]}' already.",
                Step.OTHER_SCHEDULE(),
            )
        connection.execute(
            "INSERT INTO schedules (name, calendar, command, output, mail_to, only_if_rows, only_if_changed, max_age,"
            " made_by, sudo_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                schedule.name,
                schedule.calendar,
                json.dumps(schedule.command),
                schedule.output,
                json.dumps(schedule.mail_to),
                schedule.only_if_rows,
                schedule.only_if_changed,
                schedule.max_age,
                login_name(),
                sudo_user(),
                datetime.now(UTC).isoformat(timespec="seconds"),
            ],
        )


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Forget a schedule; what it wrote stays."""
    with transaction(connection):
        connection.execute("DELETE FROM schedules WHERE name = ?", [name])


def record_run(
    connection: sqlite3.Connection,
    name: str,
    outcome: str,
    message: str,
    *,
    began: datetime,
    digest: str | None = None,
    written: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Keep how a schedule's run ended; a digest or files of None leave those from before."""
    with transaction(connection):
        connection.execute(
            "UPDATE schedules SET last_run_at = ?, last_outcome = ?, last_message = ?,"
            " last_digest = coalesce(?, last_digest), written = coalesce(?, written) WHERE name = ?",
            [
                began.astimezone(UTC).isoformat(timespec="seconds"),
                outcome,
                message,
                digest,
                None if written is None else json.dumps(list(written)),
                name,
            ],
        )


def _read(row: Sequence[Any]) -> StoredSchedule:
    return record(StoredSchedule, **dict(zip(StoredSchedule.__slots__, row, strict=True)))
