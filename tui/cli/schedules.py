"""`partner-tui schedules`: what the system's own scheduler runs, every Monday or whenever."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.database import read_faults
from core.errors import Fault, WrongUse
from core.people import by_words
from core.schedules import installed
from core.schedules.lock import forget_lock
from core.schedules.schedules import (
    Schedule,
    add_schedule,
    all_schedules,
    find_schedule,
    late_since,
    next_times,
    remove_schedule,
    state_words,
    words_for_time,
)
from core.schedules.words import command_words
from tui.cli.hint_words import fault_line
from tui.cli.option_checks import not_empty, text
from tui.cli.schedules_install import install_schedules, next_words, say_what_is_missing, show_schedules
from tui.cli.talk import put, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.group(context_settings={"max_content_width": 100})
def schedules() -> None:
    """Have reports made and mailed at their time, by systemd or cron.

    A schedule is kept in the database, for everybody who works on it; install lets this machine run it.
    """


@schedules.command()
@click.argument("name", callback=text)
@click.option(
    "--on",
    "when",
    callback=text,
    required=True,
    metavar="CALENDAR",
    help="When: weekly, daily, 'Mon 07:00', 'Mon,Thu 07:00' or any calendar of systemd.",
)
@click.option(
    "--output",
    callback=not_empty,
    metavar="PATH",
    help="The file or folder; {date}, {report} and {name} are filled in.",
)
@click.option("--mail-to", callback=text, multiple=True, metavar="ADDRESS", help="Mail it; several to all.")
@click.option("--only-if-rows", is_flag=True, help="Neither write nor mail a report without rows.")
@click.option("--only-if-changed", is_flag=True, help="Neither write nor mail the rows of the last run again.")
@click.option(
    "--max-age",
    type=click.IntRange(0),
    metavar="DAYS",
    help="Fail (4) if the last list tells of a day longer ago.",
)
@click.option("--install", "with_install", is_flag=True, help="Let this machine run it too, as schedules install does.")
@click.option("--cron", is_flag=True, help="With --install: as a line of a crontab, shown on stdout.")
@click.option("--yes", is_flag=True, help="With --install --cron: put the line into your crontab.")
@click.argument("command", metavar="-- COMMAND...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_obj
def add(
    chosen: Chosen,
    name: str,
    when: str,
    output: str | None,
    mail_to: tuple[str, ...],
    only_if_rows: bool,
    only_if_changed: bool,
    max_age: int | None,
    with_install: bool,
    cron: bool,
    yes: bool,
    command: tuple[str, ...],
) -> None:
    """Keep the schedule NAME.

    COMMAND is one of: report …, lists export …, sync, import FILE ….

    \b
    partner-tui schedules add mondays --on "Mon 08:00" --mail-to me@example.com --install -- \\
        report new-account-bonus-tracker --format pdf
    """  # noqa: D301 - click reads the backspace itself
    from tui.cli.scheduled_work import checked_schedule

    if (cron or yes) and not with_install:
        raise WrongUse("--cron and --yes are for --install, which is not given.", "Add --install, or leave them out.")
    schedule = checked_schedule(
        Schedule(
            name,
            when,
            command,
            output,
            mail_to,
            only_if_rows=only_if_rows,
            only_if_changed=only_if_changed,
            max_age=max_age,
        )
    )
    database = chosen.database().path
    add_schedule(database, schedule)
    kept = f"The schedule '{schedule.name}' is kept."
    if not with_install:
        say(f"{kept} {next_words(schedule)}")
        say_what_is_missing(schedule)
        say(f"Let this machine run it with: partner-tui schedules install {schedule.name}")
        return
    try:
        install_schedules([schedule], database, cron=cron, yes=yes)
    except Fault as fault:
        remove_schedule(database, schedule.name)  # the same command is to work when the cause is mended
        raise type(fault)(f"{fault.message} The schedule is not kept.", *fault.hints) from fault
    say(kept)


@schedules.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(chosen: Chosen, as_json: bool) -> None:
    """Show the schedules: when each runs next, and how it ran last."""
    database = chosen.database().path
    found = all_schedules(database)
    if as_json:
        put_json([_for_programs(schedule, database) for schedule in found])
        return
    for schedule in found:
        _print(schedule, database)


@schedules.command()
@click.argument("name", callback=text)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def show(chosen: Chosen, name: str, as_json: bool) -> None:
    """Show the schedule NAME: what it runs, where to, and when next."""
    database = chosen.database().path
    schedule = find_schedule(database, name)
    if as_json:
        put_json(_for_programs(schedule, database))
        return
    _print(schedule, database)
    for moment in next_times(schedule, 3):
        put(f"  next: {words_for_time(moment)}")
    for entry in schedule.written:
        put(f"  wrote: {entry['path']}")


def _print(schedule: Schedule, database: Path) -> None:
    next_time = next(iter(next_times(schedule)), None)
    when = words_for_time(next_time) if next_time else "never again"
    runs = {"systemd": "run by systemd", "cron": "run by cron", None: "not installed for you here"}
    by = f", made by {by_words(schedule.made_by, schedule.sudo_by)}" if schedule.made_by else ""
    put(f"  {schedule.calendar}, next {when}", schedule.name)
    put(f"  {command_words(schedule)}")
    put(f"  {state_words(schedule)}; {runs[installed.installed_with(schedule, database)]}{by}")


def _for_programs(schedule: Schedule, database: Path) -> dict[str, Any]:
    late = late_since(schedule)
    return {
        "name": schedule.name,
        "calendar": schedule.calendar,
        "command": list(schedule.command),
        "output": schedule.output,
        "mail_to": list(schedule.mail_to),
        "only_if_rows": schedule.only_if_rows,
        "only_if_changed": schedule.only_if_changed,
        "max_age": schedule.max_age,
        "by": schedule.made_by,
        "sudo_by": schedule.sudo_by,
        "made_at": schedule.made_at.isoformat(),
        "next": [moment.isoformat() for moment in next_times(schedule, 3)],
        "last_run_at": schedule.last_run_at.isoformat() if schedule.last_run_at else None,
        "last_outcome": schedule.last_outcome,
        "last_message": schedule.last_message,
        "late_since": late.astimezone(UTC).isoformat() if late else None,
        "installed": installed.installed_with(schedule, database),
        "written": [entry["path"] for entry in schedule.written],
    }


@schedules.command()
@click.argument("name", callback=text)
@click.option("--quiet", is_flag=True, help="Say nothing if all goes well, and one line if it does not: for cron.")
@click.pass_obj
def run(chosen: Chosen, name: str, quiet: bool) -> None:
    """Run the schedule NAME now, as its timer does."""
    from tui.cli.scheduled_run import run_schedule, show_ran

    database = chosen.database()
    try:
        with read_faults():
            ran = run_schedule(database, find_schedule(database.path, name))
    except Fault as fault:
        if not quiet:
            raise
        say(f"partner-tui {name}: {fault_line(fault)}")
        sys.stdout.flush()
        click.get_current_context().exit(fault.exit_code)
    if not quiet:
        show_ran(ran)


@schedules.command()
@click.argument("name", callback=text)
@click.pass_obj
def remove(chosen: Chosen, name: str) -> None:
    """Forget the schedule NAME, here and in your timers. What it wrote stays."""
    database = chosen.database().path
    schedule = find_schedule(database, name)
    installed.uninstall(schedule, database)
    remove_schedule(database, schedule.name)
    forget_lock(database, schedule.name)
    say(f"The schedule '{schedule.name}' is removed. What it wrote stays.")


@schedules.command()
@click.argument("name", callback=text, required=False)
@click.option("--print", "only_print", is_flag=True, help="Only show what would be installed, on stdout.")
@click.option("--cron", is_flag=True, help="As a line of a crontab, shown on stdout.")
@click.option("--yes", is_flag=True, help="With --cron: put the line into your crontab.")
@click.pass_obj
def install(chosen: Chosen, name: str | None, only_print: bool, cron: bool, yes: bool) -> None:
    """Let this machine run the schedule NAME, or all of them: as timers of systemd, else by cron."""
    database = chosen.database().path
    found = _chosen(database, name)
    if only_print:
        show_schedules(found, database, cron=cron)
    else:
        install_schedules(found, database, cron=cron, yes=yes)


@schedules.command()
@click.argument("name", callback=text, required=False)
@click.pass_obj
def uninstall(chosen: Chosen, name: str | None) -> None:
    """Let this machine no longer run the schedule NAME, or any of them. The schedules stay."""
    database = chosen.database().path
    for schedule in _chosen(database, name):
        done = installed.uninstall(schedule, database)
        say(
            f"'{schedule.name}' is taken from {' and '.join(done)}."
            if done
            else f"'{schedule.name}' was not installed."
        )


def _chosen(database: Path, name: str | None) -> Sequence[Schedule]:
    found = [find_schedule(database, name)] if name else all_schedules(database)
    if not found:
        raise WrongUse("No schedule was made yet.", "Make one with: partner-tui schedules add NAME --on 'Mon 07:00' …")
    return found
