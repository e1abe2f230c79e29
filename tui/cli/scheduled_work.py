"""The command of a schedule: read when it is made, so that wrong use is found then, and again when it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from core.clock import today
from core.errors import Step, WrongUse
from core.paths import is_folder, written_path
from core.schedules import system
from core.schedules.calendar import parse_calendar
from core.schedules.schedules import Schedule, checked_name
from exporters.formats import Format, format_for, format_named
from tui.cli.table_options import STYLE_OPTIONS, file_style

_COMMANDS = {
    "report": "tui.cli.report:report",
    "lists export": "tui.cli.lists_export:export",
    "import": "tui.cli.import_files:import_files",
    "sync": "tui.cli.sync:sync",
}
"""What a schedule may run, and where its options are defined."""

_PLACES = re.compile(r"\{(\w*)\}")
_KNOWN = ("date", "report", "name")


@dataclass(frozen=True, slots=True)
class Work:
    """A command line, read: one of `_COMMANDS`, and the values of its options under the names of its parameters."""

    kind: str
    given: dict[str, Any]

    @property
    def has_rows(self) -> bool:
        """Whether it makes rows and a file, rather than changing the accounts."""
        return self.kind in ("report", "lists export")


def read_work(words: Sequence[str]) -> Work:
    """Return what the words of a schedule's command ask for.

    Raises:
        WrongUse: they are no command that can be scheduled, or do not fit together.
    """
    kind = " ".join(words[:2]) if words[:1] == ("lists",) or list(words[:1]) == ["lists"] else "".join(words[:1])
    if kind not in _COMMANDS:
        raise WrongUse(
            f"'{' '.join(words[:2])}' cannot be scheduled." if words else "What is to be run?",
            Step.COMMANDS_TO_SCHEDULE(),
        )
    command = _command(kind)
    try:
        context = command.make_context(
            f"partner-tui {kind}", list(words[len(kind.split()) :]), help_option_names=["-h", "--help"]
        )
    except click.exceptions.Exit:  # it was asked for its help
        raise WrongUse("--help makes no sense in a schedule.", "Leave --help out.") from None
    except click.UsageError as error:
        raise WrongUse(error.format_message(), f"See: partner-tui {kind} --help") from error
    with context:
        given = dict(context.params)
    _check(kind, given)
    return Work(kind, given)


def with_whole_paths(words: Sequence[str]) -> list[str]:
    """Return the words of an import with whole paths: a schedule runs in another folder.

    Raises:
        WrongUse: as for `read_work`.
    """
    work = read_work(words)
    files = {str(file) for file in work.given.get("files", ())}
    beside = work.given.get("left_out")
    files |= {beside} if beside else set()
    return [str(written_path(word).absolute()) if word in files else word for word in words]


def checked_schedule(given: Schedule, *, ask_systemd: bool = True) -> Schedule:
    """Return a schedule as it is kept, all its parts checked; with `ask_systemd` by the machine's systemd too.

    Raises:
        WrongUse: one will not do, or they do not fit together.
    """
    from exporters.mail import envelope

    name = checked_name(given.name)
    calendar = parse_calendar(given.calendar)
    if ask_systemd:
        system.check_calendar(calendar.text)
    if given.mail_to:
        envelope(given.mail_to)
    output = _whole(given.output) if given.output else None
    command = tuple(with_whole_paths(given.command))
    schedule = replace(given, name=name, calendar=calendar.text, output=output, command=command)
    work = check_schedule(schedule, today())
    if (work.given.get("mail_from") or work.given.get("subject") or work.given.get("attach")) and not given.mail_to:
        raise WrongUse("--mail-from, --subject and --attach are for a message.", Step.MAIL_OPTIONS())
    if given.mail_to and work.kind == "report":
        envelope(given.mail_to, work.given["mail_from"], work.given["subject"])
    return schedule


def check_schedule(schedule: Schedule, as_of: date) -> Work:
    """Check that the parts of a schedule fit together, and return its work.

    Raises:
        WrongUse: they do not.
    """
    work = read_work(schedule.command)
    if not work.has_rows:
        for option, given in (
            ("--output", schedule.output),
            ("--only-if-rows", schedule.only_if_rows),
            ("--only-if-changed", schedule.only_if_changed),
            ("--max-age", schedule.max_age),
        ):
            if given not in (None, False):
                raise WrongUse(f"{option} is for reports and exports of lists, not for {work.kind}.", "Leave it out.")
        return work
    if not schedule.output and not schedule.mail_to:
        raise WrongUse("Where is it to go?", Step.SAY_WHERE_TO())
    if work.kind == "lists export":
        _check_contacts(schedule, as_of)
        return work
    format_ = format_of(schedule, work)
    file_style(format_, **{name: work.given[name] for name in STYLE_OPTIONS})
    return work


def format_of(schedule: Schedule, work: Work) -> Format | None:
    """Return the format of a report's file: its ending's or the one named; None where only a message is wanted.

    Raises:
        WrongUse: the format is unknown, or contradicts the ending.
    """
    word = work.given.get("format_word")
    if schedule.output:
        path = output_path(schedule, "report", date.min, "")
        return format_for(path, word) if path.suffix else format_named(word or "csv")
    if word or work.given.get("attach"):
        return format_named(word or "pdf")
    return None


def output_path(schedule: Schedule, report_id: str, as_of: date, file_name: str) -> Path:
    """Return the file that a run writes: the output with its places filled, a folder with the file's own name.

    A path without an ending is a folder, whether it is there yet or not.

    Raises:
        WrongUse: it has a place that is not known.
    """
    filled = {"date": as_of.isoformat(), "report": report_id, "name": schedule.name}

    def value(found: re.Match[str]) -> str:
        if found[1] not in filled:
            raise WrongUse(
                f"--output knows no {found[0]}.", f"It knows: {', '.join(f'{{{name}}}' for name in _KNOWN)}."
            )
        return filled[found[1]]

    text = _PLACES.sub(value, schedule.output or "")
    path = written_path(text)
    return path / file_name if text.endswith("/") or is_folder(path) or not path.suffix else path


def _command(kind: str) -> click.Command:
    module, _, name = _COMMANDS[kind].partition(":")
    try:
        command: click.Command = getattr(import_module(module), name)
    except ModuleNotFoundError:
        raise WrongUse(f"There is no command {kind} here.", "See: partner-tui --help") from None
    return command


def _check(kind: str, given: dict[str, Any]) -> None:
    """Check what a command may not say itself, since its schedule does."""
    elsewhere = {"output": "--output", "mail_to": "--mail-to"}
    for name, option in elsewhere.items():
        if given.get(name):
            raise WrongUse(f"{option} belongs to the schedule.", Step.BEFORE_THE_COMMAND(option=option))
    for name, option in {"send": "--send", "force": "--force", "only_look": "--dry-run"}.items():
        if given.get(name):
            raise WrongUse(f"{option} makes no sense in a schedule.", Step.LEAVE_OUT(option=option))
    if kind == "import" and any(str(file) == "-" for file in given["files"]):
        raise WrongUse("A schedule has no stdin to import.", "Name the file.")
    if kind == "report":
        from tui.cli.report import asked_of

        asked_of(**given)


def _check_contacts(schedule: Schedule, as_of: date) -> None:
    if schedule.output:
        path = output_path(schedule, "list", as_of, "contacts.csv")
        if path.suffix.lower() != ".csv":
            raise WrongUse(f"{path.name}: contacts are written as CSV.", f"Name the file {path.stem}.csv.")


def _whole(output: str) -> str:
    """Return an output as a whole path; a / at its end says that it is a folder."""
    whole = str(written_path(output).absolute())
    return f"{whole}/" if output.endswith("/") else whole
