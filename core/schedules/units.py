"""A schedule as two files for systemd: what is to be run, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import WorkFailed
from core.schedules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Unit:
    """One file."""

    name: str
    text: str


def service_name(name: str) -> str:
    """Return the name of the file that says what a schedule runs."""
    return f"partner-tui-{name}.service"


def timer_name(name: str) -> str:
    """Return the name of the file that says when a schedule runs."""
    return f"partner-tui-{name}.timer"


def units(
    name: str,
    calendar: Calendar,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    zone: str,
    mails: bool,
) -> tuple[Unit, Unit]:
    """Return the service and the timer of a schedule.

    Args:
        name: the schedule's.
        calendar: when.
        command: words; the first is a whole path, for services have a short PATH.
        environment: what the program is to be told so.
        zone: whose clock holds, unless the calendar names one; '' for the system's.
        mails: whether it sends mail: mailers that are setuid fail under NoNewPrivileges.

    Raises:
        WorkFailed: a path holds a line break, which no unit can.
    """
    if any("\n" in word or "\r" in word for word in (*command, *environment.values())):
        raise WorkFailed("A path holds a line break, which no unit of systemd can hold.", "Give it another name.")
    lines = [
        "[Unit]",
        f"Description=partner-tui: the schedule {name}",
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={' '.join([_quoted(command[0]), *(_quoted(word).replace('$', '$$') for word in command[1:])])}",
        *(f"Environment={_quoted(f'{key}={value}')}" for key, value in environment.items()),
        "UMask=0077",
        *([] if mails else ["NoNewPrivileges=yes"]),
        "TimeoutStartSec=15min",
    ]
    timer = [
        "[Unit]",
        f"Description=partner-tui: when the schedule {name} runs",
        "",
        "[Timer]",
        f"OnCalendar={calendar.without_zone} {calendar.zone or zone}".rstrip(),
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return Unit(service_name(name), _text(lines)), Unit(timer_name(name), _text(timer))


def _quoted(word: str) -> str:
    """Return a word as units write it: what systemd would take for a sign of its own is marked."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    needs_quotes = not plain or any(character in " \t'\";" for character in word)
    return f'"{plain}"' if needs_quotes else plain


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
