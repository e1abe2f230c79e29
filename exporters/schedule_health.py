"""How the schedules do: the only alarm that works when nothing runs. `doctor` and Home say it.

And what a schedule will lack when it runs, said when it is made and installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import Fault, NoAccounts, Say
from core.schedules.environment import withheld
from core.schedules.installed import installed_with
from core.schedules.schedules import Schedule, all_schedules, is_in_trouble, state_words
from core.schedules.system import has_linger
from core.vendor.credentials import CredentialsFile
from core.vendor.partner_credentials import CLIENT_ID, partner_credentials
from exporters.sendmail import is_found_by_timers, mailer


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


def what_is_missing(schedule: Schedule, say: Say, *, by_cron: bool = False) -> list[str]:
    """Return what a schedule would lack if it were run now by this machine's own scheduler, each in a sentence.

    Args:
        schedule: the one.
        say: says what to do in the words of the front end.
        by_cron: whether cron is to run it, which is told less.
    """
    return [*_missing_mailer(schedule, say), *_missing_vendor(schedule, say, by_cron=by_cron)]


def _missing_mailer(schedule: Schedule, say: Say) -> Iterator[str]:
    if not schedule.mail_to:
        return
    try:
        command = mailer()
        if not is_found_by_timers(command):
            yield (
                f"{command[0]} is found by your PATH alone, which timers and cron do not have:"
                " write its whole path into the setting sendmail_command."
            )
    except Fault as fault:
        yield " ".join(fault.said(say).splitlines())


def _missing_vendor(schedule: Schedule, say: Say, *, by_cron: bool) -> Iterator[str]:
    if schedule.command[:1] != ("sync",):
        return
    try:
        partner_credentials(CredentialsFile())
    except Fault as fault:
        yield " ".join(fault.said(say).splitlines())
    for name in withheld(schedule, in_view=by_cron):
        instead = "set partner_client_id in the settings" if name == CLIENT_ID else "use one without a password"
        yield f"{name} is not told to it, since others could read it there: {instead}."
