"""The schedules there are, and what a person does with them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.errors import WrongUse
from core.schedules.calendar import Calendar, parse_calendar
from core.schedules.zones import partner_zone_name, zone_of
from db import schedules as stored
from db.connection import connect_existing, connect_reading
from db.schedules import StoredSchedule as Schedule
from db.stored import SCHEDULE_NAME

__all__ = ["Schedule", "add_schedule", "all_schedules", "find_schedule", "remove_schedule"]

GRACE = timedelta(minutes=15)
"""How long after its time a run is not yet late: machines wake up, and timers may wait a minute."""


def checked_name(text: str) -> str:
    """Return the name of a schedule, which becomes the name of files: letters, digits and -.

    Raises:
        WrongUse: it is none.
    """
    name = text.strip()
    if not SCHEDULE_NAME.fullmatch(name):
        raise WrongUse(f"'{name}' is no name for a schedule.", "Use letters, digits and -, such as: mondays")
    return name


def all_schedules(database: Path) -> list[Schedule]:
    """Return the schedules by name.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return stored.schedules(connection)


def find_schedule(database: Path, name: str) -> Schedule:
    """Return the schedule of a name, in any case.

    Raises:
        WrongUse: there is none; the names that there are are said.
        NoAccounts: there is no database.
    """
    known = all_schedules(database)
    for schedule in known:
        if schedule.name.lower() == name.strip().lower():
            return schedule
    names = ", ".join(schedule.name for schedule in known)
    raise WrongUse(f"There is no schedule '{name.strip()}'.", f"There are: {names}." if names else "None was made yet.")


def add_schedule(database: Path, schedule: Schedule) -> None:
    """Keep a new schedule, whose parts were checked.

    Raises:
        WrongUse: the name is taken.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        stored.add(connection, schedule)


def remove_schedule(database: Path, name: str) -> Schedule:
    """Forget a schedule, and return it; what it wrote stays.

    Raises:
        WrongUse: there is none of this name.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    found = find_schedule(database, name)
    with closing(connect_existing(database)) as connection:
        stored.remove(connection, found.name)
    return found


def record_run(
    database: Path,
    schedule: Schedule,
    outcome: str,
    message: str = "",
    *,
    began: datetime,
    digest: str | None = None,
    written: list[dict[str, object]] | None = None,
) -> None:
    """Keep how a run ended.

    Raises:
        WorkFailed: the database cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        stored.record_run(connection, schedule.name, outcome, message, began=began, digest=digest, written=written)


def calendar_of(schedule: Schedule) -> Calendar | None:
    """Return when a schedule runs; None if that was kept by a newer version, or never comes again."""
    try:
        return parse_calendar(schedule.calendar)
    except WrongUse:
        return None


def next_times(schedule: Schedule, count: int = 1, after: datetime | None = None) -> list[datetime]:
    """Return when a schedule runs next, by the partner's clock."""
    calendar = calendar_of(schedule)
    zone = zone_of(partner_zone_name())
    return calendar.next_times(after or datetime.now(UTC), zone, count) if calendar else []


def late_since(schedule: Schedule, now: datetime | None = None) -> datetime | None:
    """Return the time at which a schedule should have run and has not; None if it is not late."""
    now = now or datetime.now(UTC)
    due = next(iter(next_times(schedule, after=schedule.last_run_at or schedule.made_at)), None)
    return due if due is not None and due + GRACE < now else None


def is_in_trouble(schedule: Schedule, now: datetime | None = None) -> bool:
    """Return whether somebody should look after a schedule: it is late, or its last run went wrong."""
    return late_since(schedule, now) is not None or schedule.last_outcome not in (None, "done")


def words_for_time(moment: datetime) -> str:
    """Return a moment as schedules are said: "Mon 2026-11-30 07:00 CET"."""
    return f"{moment:%a %Y-%m-%d %H:%M %Z}"


def words_for_span(span: timedelta) -> str:
    """Return how long something lasts, roughly: "3 days", "2 hours", "20 minutes"."""
    minutes = int(span.total_seconds()) // 60
    for size, word in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{minutes // size} {word}{'' if minutes // size == 1 else 's'}"
    return "a moment"


def state_words(schedule: Schedule, now: datetime | None = None) -> str:
    """Return how a schedule ran last and whether it is late: "never ran, late by 3 days"."""
    from core.clock import local

    now = now or datetime.now(UTC)
    words = "never ran"
    if schedule.last_run_at:
        said = f": {schedule.last_message.removesuffix('.')}" if schedule.last_message else ""
        words = f"last run {local(schedule.last_run_at):%Y-%m-%d %H:%M} {schedule.last_outcome}{said}"
    due = late_since(schedule, now)
    return f"{words}; late by {words_for_span(now - due)}" if due else words
