"""Having this machine run schedules: said and done for `schedules install`, and for `schedules add --install`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.people import sudo_user
from core.schedules import installed, system
from core.schedules.schedules import Schedule, next_times, words_for_time
from tui.cli.hint_words import hint_words
from tui.cli.talk import put, say


def install_schedules(found: Sequence[Schedule], database: Path, *, cron: bool, yes: bool) -> None:
    """Let this machine run schedules: as timers, else the crontab lines are shown, with `cron` and `yes` written too.

    Raises:
        WrongUse: cron cannot say a calendar or a time zone.
        WorkFailed: one cannot be installed; nothing new of that one stays.
    """
    has_manager = not cron and system.has_user_manager()
    for schedule in found:
        if cron and yes:
            put(installed.install_with_cron(schedule, database))
            say(f"This line stands in your crontab. {next_words(schedule)}")
        elif not has_manager:
            put(installed.line_of(schedule, database))
        else:
            for path in installed.install_with_systemd(schedule, database):
                say(f"Written: {path}")
            say(next_words(schedule))
        say_what_is_missing(schedule, by_cron=not has_manager)
    if has_manager and system.has_linger() is False:
        say("Note: your timers stop when you log out. Let them go on with: loginctl enable-linger")
    elif not (has_manager or cron):
        why = " under sudo" if sudo_user() else ""
        say(f"No manager of systemd runs for you here{why}, so nothing is installed: the line above is for cron.")
        which = f"{found[0].name} " if len(found) == 1 else ""
        say(f"Put it into your crontab with: partner-tui schedules install {which}--cron --yes")


def show_schedules(found: Sequence[Schedule], database: Path, *, cron: bool) -> None:
    """Show on stdout what would be installed: units, or lines of a crontab and nothing else.

    Raises:
        WrongUse: cron cannot say a calendar or a time zone.
        WorkFailed: a path cannot stand there.
    """
    for schedule in found:
        if cron:
            put(installed.line_of(schedule, database))
        else:
            _put_units(schedule, database)
        say_what_is_missing(schedule, by_cron=cron)


def _put_units(schedule: Schedule, database: Path) -> None:
    for unit in installed.units_of(schedule, database):
        put(f"# {system.unit_folder() / unit.name}")
        for line in unit.text.splitlines():
            put(line)
        put()


def next_words(schedule: Schedule) -> str:
    """Return when a schedule runs next, three times, in a sentence."""
    return f"It runs {', '.join(map(words_for_time, next_times(schedule, 3)))}, and so on."


def say_what_is_missing(schedule: Schedule, *, by_cron: bool = False) -> None:
    """Say what a schedule would lack here when it runs: a mailer, or a partner's credentials."""
    from exporters.schedule_health import what_is_missing

    for words in what_is_missing(schedule, hint_words, by_cron=by_cron):
        say(f"Note: {words}")
