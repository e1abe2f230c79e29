"""From a wish to a schedule: what is asked, kept, and given to this machine's own scheduler."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

from core.errors import Fault, Say
from core.query.request import Request
from core.schedules import installed, system
from core.schedules.schedules import Schedule, add_schedule
from core.schedules.words import report_words
from core.work import Work
from exporters.export_options import FileStyle
from exporters.formats import format_named
from exporters.schedule_health import what_is_missing
from tui.dialogues.schedule import MONDAY, ScheduleScreen
from tui.partner import Partner

FIRST = "report new-account-bonus-tracker --format pdf"
"""What a new schedule begins with."""


def schedule_report(partner: Partner, request: Request, format_id: str, path: Path, style: FileStyle) -> None:
    """Ask when and where to a report is to go by itself, and keep that."""
    name = f"{request.report.id}-{request.status}".lower() if request.status else request.report.id
    words = shlex.join([*report_words(request, format_id), *_style_words(format_id, style)])
    dated = path.with_name(path.name.replace(request.as_of.isoformat(), "{date}"))
    ask_and_keep(partner, words=words, name=name, output=str(dated), done=lambda _: None)


def _style_words(format_id: str, style: FileStyle) -> list[str]:
    """Return the options of the command line that write a file in this style."""
    if format_id == "csv" and style.csv.for_excel:
        return ["--for-excel", "--delimiter", style.csv.delimiter]
    return ["--paper", style.paper] if format_named(format_id).is_on_paper else []


def ask_and_keep(
    partner: Partner, *, words: str = FIRST, name: str = "mondays", output: str = "", done: Callable[[Schedule], object]
) -> None:
    """Ask for a schedule, keep it, and let this machine run it where it can."""
    _ask(partner, Schedule(name, MONDAY, tuple(shlex.split(words)), output or None), done)


def _ask(partner: Partner, first: Schedule, done: Callable[[Schedule], object], refused: Fault | None = None) -> None:
    def answered(schedule: Schedule | None) -> None:
        if schedule is not None:
            _keep(partner, schedule, done)

    partner.push_screen(ScheduleScreen(first, refused), answered)


def _keep(partner: Partner, schedule: Schedule, done: Callable[[Schedule], object]) -> None:
    database = partner.database
    by_cron = f"Install ({partner.key_of('schedules.install')} on Schedules) has cron run it."

    def work(under_way: Work) -> str:
        system.check_calendar(schedule.calendar)
        with database.writing(under_way) as path:
            add_schedule(path, schedule)
        if system.has_user_manager():
            try:
                return install(schedule, database.path, partner.hint_words)
            except Fault as fault:
                return fault.said(partner.hint_words).replace("\n", " ")
        return "\n".join([by_cron, *what_is_missing(schedule, partner.hint_words, by_cron=True)])

    def kept(said: str) -> None:
        partner.toast(f"The schedule “{schedule.name}” is kept. {said}")
        done(schedule)

    def failed(fault: Fault) -> None:
        _ask(partner, schedule, done, fault)  # nothing that was typed is lost

    partner.jobs.carry_out(f"Keeping “{schedule.name}”", work, kept, failed)


def install(schedule: Schedule, database: Path, say: Say) -> str:
    """Let the person's manager of systemd run a schedule; say what became of it and what it will lack.

    Raises:
        WrongUse: its calendar cannot be read any more.
        WorkFailed: it cannot be installed.
    """
    installed.install_with_systemd(schedule, database)
    words = "This machine runs it."
    if system.has_linger() is False:
        words = "This machine runs it while you are logged in; always after: loginctl enable-linger"
    return "\n".join([words, *what_is_missing(schedule, say)])


def install_with_cron(schedule: Schedule, database: Path, say: Say) -> str:
    """Put a schedule's line into the person's crontab; say so, and what it will lack.

    Raises:
        WrongUse: cron cannot say it.
        WorkFailed: there is no cron, or it does not take the line.
    """
    installed.install_with_cron(schedule, database)
    return "\n".join(["cron runs it.", *what_is_missing(schedule, say, by_cron=True)])


def line_for_cron(schedule: Schedule, database: Path) -> str:
    """Return the line to put into the crontab where no manager of systemd runs for the person; '' where one does.

    Raises:
        WrongUse: cron cannot say it.
    """
    return "" if system.has_user_manager() else installed.line_of(schedule, database)
