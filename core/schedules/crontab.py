"""A schedule as a line of a crontab, where there is no user manager of systemd: only what cron can say."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from core.errors import Step, WrongUse
from core.schedules.calendar import Calendar, Numbers


def cron_fields(calendar: Calendar) -> str:
    """Return the five fields of a crontab that mean a calendar: minute, hour, day, month, day of the week.

    Raises:
        WrongUse: cron cannot say it.
    """
    if calendar.years.allowed is not None:
        raise _cannot(calendar, "no years")
    if calendar.seconds.allowed != (0,):
        raise _cannot(calendar, "no seconds")
    if calendar.is_from_end:
        raise _cannot(calendar, "no days counted from the end of the month")
    if calendar.days.allowed is not None and not calendar.is_every_weekday:
        raise _cannot(calendar, "days of the week or days of the month, and takes both together for either")
    weekdays = Numbers(None if calendar.is_every_weekday else tuple(sorted((day + 1) % 7 for day in calendar.weekdays)))
    fields = (calendar.minutes, calendar.hours, calendar.days, calendar.months, weekdays)
    return " ".join(map(_field, fields))


def cron_line(calendar: Calendar, command: Sequence[str], zone: str | None = None) -> str:
    """Return the line of a crontab that runs a command; `%`, which cron takes for the end of it, is escaped.

    Args:
        calendar: when.
        command: words; the first is a whole path.
        zone: written before the line as CRON_TZ, for a cron that knows it.

    Raises:
        WrongUse: cron cannot say the calendar.
    """
    line = f"{cron_fields(calendar)} {shlex.join(command)}".replace("%", r"\%")
    return f"CRON_TZ={zone}\n{line}" if zone else line


def _field(numbers: Numbers) -> str:
    return "*" if numbers.allowed is None else ",".join(map(str, numbers.allowed))


def _cannot(calendar: Calendar, knows: str) -> WrongUse:
    return WrongUse(f"cron cannot say '{calendar.text}': it knows {knows}.", Step.NOT_BY_CRON())
