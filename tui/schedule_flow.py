"""From a wish to a schedule: what is asked, kept, and given to this machine's own scheduler."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

from core.errors import Say, WorkFailed
from core.query.request import Request
from core.schedules import installed, system
from core.schedules.schedules import Schedule, add_schedule
from core.schedules.words import report_words
from core.work import Work
from exporters.export_options import ON_PAPER, FileStyle
from exporters.schedule_health import what_is_missing
from tui.dialogues.schedule import ScheduleScreen
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
    return ["--paper", style.paper] if format_id in ON_PAPER else []


def ask_and_keep(
    partner: Partner, *, words: str = FIRST, name: str = "mondays", output: str = "", done: Callable[[Schedule], object]
) -> None:
    """Ask for a schedule, keep it, and let this machine run it where it can."""

    def answered(schedule: Schedule | None) -> None:
        if schedule is not None:
            _keep(partner, schedule, done)

    partner.push_screen(ScheduleScreen(words, name=name, output=output), answered)


def _keep(partner: Partner, schedule: Schedule, done: Callable[[Schedule], object]) -> None:
    database = partner.database

    def work(under_way: Work) -> str:
        system.check_calendar(schedule.calendar)
        with database.writing(under_way) as path:
            add_schedule(path, schedule)
        return install(schedule, database.path, partner.hint_words)

    def kept(said: str) -> None:
        partner.toast(f"The schedule “{schedule.name}” is kept. {said}")
        done(schedule)

    partner.jobs.carry_out(f"Keeping “{schedule.name}”", work, kept)


def install(schedule: Schedule, database: Path, say: Say) -> str:
    """Let this machine run a schedule where a manager of systemd runs for the person; say what became of it."""
    has_manager = system.has_user_manager()
    missing = what_is_missing(schedule, say, by_cron=not has_manager)
    if not has_manager:
        words = f"To have cron run it: partner-tui schedules install {schedule.name} --cron --yes"
        return "\n".join([words, *missing])
    try:
        installed.install_with_systemd(schedule, database)
    except WorkFailed as fault:
        return fault.said(say).replace("\n", " ")
    words = "This machine runs it."
    if system.has_linger() is False:
        words = "This machine runs it while you are logged in; always after: loginctl enable-linger"
    return "\n".join([words, *missing])
