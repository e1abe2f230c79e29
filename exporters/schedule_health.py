"""How the schedules do: the only alarm that works when nothing runs. `doctor` and Home say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import Fault, NoAccounts, Say
from core.schedules.installed import installed_with
from core.schedules.schedules import all_schedules, is_in_trouble, state_words
from core.schedules.system import has_linger
from exporters.sendmail import mailer


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is so."""

    is_wrong: bool
    words: str


def schedule_health(database: Path, say: Say) -> list[Finding]:
    """Return how each schedule ran last and whether it is late, and what this machine lacks to run them.

    Args:
        database: where the schedules are.
        say: says what to do in the words of the front end.

    Raises:
        WorkFailed: the database cannot be read.
    """
    return list(_findings(database, say))


def _findings(database: Path, say: Say) -> Iterator[Finding]:
    try:
        found = all_schedules(database)
    except NoAccounts:
        return
    ways = {schedule.name: installed_with(schedule, database) for schedule in found}
    for schedule in found:
        way = ways[schedule.name]
        runs = f"run by {way}" if way else "not installed for you here"
        yield Finding(is_in_trouble(schedule), f"{schedule.name}: {state_words(schedule)}; {runs}")
    if "systemd" in ways.values() and has_linger() is False:
        yield Finding(True, "your timers stop when you log out: loginctl enable-linger")
    if any(schedule.mail_to for schedule in found):
        try:
            mailer()
        except Fault as fault:
            yield Finding(True, " ".join(fault.said(say).splitlines()))
