"""Installing schedules: the commands, units and crontab lines that make the system run them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Literal

from core.errors import Step, WorkFailed, WrongUse
from core.schedules import system
from core.schedules.calendar import parse_calendar
from core.schedules.crontab import cron_line
from core.schedules.environment import handed_on
from core.schedules.schedules import Schedule
from core.schedules.units import Unit, units
from core.schedules.zones import are_alike, partner_zone_name, system_zone_name


def program() -> list[str]:
    """Return the words that start this program from anywhere: whole paths, for services and cron have a short PATH."""
    started = Path(sys.argv[0])
    if started.name != "__main__.py" and os.access(started, os.X_OK) and started.is_file():
        return [str(started.absolute())]
    installed = shutil.which("partner-tui", path=str(Path(sys.executable).parent)) or shutil.which("partner-tui")
    return [str(Path(installed).absolute())] if installed else [sys.executable, "-m", "tui"]


def run_command(schedule: Schedule, database: Path | None = None) -> list[str]:
    """Return the words that run a schedule; with the database inside them where one is given."""
    before = ["--db", str(database.absolute())] if database else []
    return [*program(), *before, "schedules", "run", schedule.name]


def units_of(schedule: Schedule, database: Path) -> tuple[Unit, Unit]:
    """Return a schedule as units of systemd.

    Raises:
        WrongUse: its calendar cannot be read any more.
        WorkFailed: a path cannot stand in a unit.
    """
    zone = partner_zone_name()
    environment = {"PARTNER_TUI_DB": str(database.absolute())}
    environment |= {"PARTNER_TUI_TZ": zone} if zone else {}
    environment |= handed_on(schedule)
    calendar = parse_calendar(schedule.calendar)
    command = run_command(schedule)
    return units(schedule.name, calendar, command, environment, zone=zone, mails=bool(schedule.mail_to))


def line_of(schedule: Schedule, database: Path) -> str:
    """Return a schedule as a line of a crontab; two where the time zone must be said before it.

    Raises:
        WrongUse: cron cannot say its calendar or its time zone.
        WorkFailed: a path cannot stand in a crontab.
    """
    calendar = parse_calendar(schedule.calendar)
    partner, here = partner_zone_name(), system_zone_name()
    zone = calendar.zone or partner
    is_foreign = not are_alike(zone, here)
    environment = handed_on(schedule, in_view=True)
    if os.environ.get("PARTNER_TUI_TZ") or not are_alike(partner, here):
        environment["PARTNER_TUI_TZ"] = partner
    told = ["/usr/bin/env", *(f"{name}={value}" for name, value in environment.items())] if environment else []
    command = [*told, *run_command(schedule, database), "--quiet"]
    if any("\n" in word for word in command):
        raise WorkFailed("A path holds a line break, which no crontab can hold.", "Give it another name.")
    line = cron_line(calendar, command, zone if is_foreign else None)
    if is_foreign and not system.knows_cron_tz():
        raise WrongUse(
            f"cron here goes by {here or 'another zone'} and cannot be told of {zone}: it does not know CRON_TZ.",
            Step.TIME_OF_CRON(here=str(here), time=calendar.without_zone),
        )
    return line


def own_line(schedule: Schedule, database: Path) -> re.Pattern[str]:
    """Return what finds a schedule's line in a crontab, wherever the program was when it was installed."""
    words = shlex.join(["--db", str(database.absolute()), "schedules", "run", schedule.name, "--quiet"])
    return re.compile(rf"(?:^|\s){re.escape(words.replace('%', chr(92) + '%'))}$")


def install_with_systemd(schedule: Schedule, database: Path) -> list[Path]:
    """Write and enable a schedule's units; return the files.

    Raises:
        WrongUse: its calendar cannot be read any more.
        WorkFailed: they cannot be installed; nothing new stays.
    """
    _check_name(schedule, database)
    return system.install_units(units_of(schedule, database))


def install_with_cron(schedule: Schedule, database: Path) -> str:
    """Put a schedule's line into the user's crontab, and return it.

    Raises:
        WrongUse: cron cannot say it.
        WorkFailed: there is no cron, or it does not take the line.
    """
    line = line_of(schedule, database)
    system.install_line(line, own_line(schedule, database))
    return line


def uninstall(schedule: Schedule, database: Path) -> list[str]:
    """Take a schedule from the system's schedulers; return from which, in words.

    Raises:
        WorkFailed: it cannot be taken away.
    """
    done = ["systemd"] if _is_here(schedule, database) and system.uninstall_units(schedule.name) else []
    return [*done, "cron"] if system.uninstall_line(own_line(schedule, database)) else done


def installed_with(schedule: Schedule, database: Path) -> Literal["systemd", "cron"] | None:
    """Return which of this user's schedulers runs a schedule; None for none."""
    if _is_here(schedule, database):
        return "systemd"
    return "cron" if system.has_line(own_line(schedule, database)) else None


def _is_here(schedule: Schedule, database: Path) -> bool:
    """Return whether the units of this name are those of this database's schedule."""
    service = system.unit_folder() / units_of(schedule, database)[0].name
    told_of = next(line for line in units_of(schedule, database)[0].text.splitlines() if "PARTNER_TUI_DB=" in line)
    try:
        return told_of in service.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def _check_name(schedule: Schedule, database: Path) -> None:
    if system.has_units(schedule.name) and not _is_here(schedule, database):
        raise WorkFailed(
            f"A schedule '{schedule.name}' of another database is installed already.",
            "Uninstall that one, or make this one anew under another name.",
        )
