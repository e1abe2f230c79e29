"""One run of a schedule: its command, its file and its message, once, and the record of how it ended."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.clock import today
from core.database import Database
from core.errors import Cancelled, Fault, TooOld, WorkFailed
from core.private_file import make_private_folder
from core.query.query import freshness, run_report
from core.query.request import ask
from core.query.result import Freshness, Result
from core.runs import record_end, record_start
from core.schedules.lock import locked
from core.schedules.schedules import Schedule, find_schedule, record_run
from core.text.vocabulary import count_of
from core.work import Work as LongWork
from exporters.formats import format_named
from exporters.run import MAIL, recorded
from tui.cli.ending import is_asked_to_end
from tui.cli.hint_words import hint_words
from tui.cli.scheduled_work import Work, check_schedule, format_of, output_path

if TYPE_CHECKING:
    from exporters.mail import Letter

_KEPT = 50
"""Files of earlier runs that are remembered, the newest."""


@dataclass(slots=True)
class Ran:
    """What came of a run."""

    message: str = ""
    """What is to be known of it, in a sentence; '' if it did all it is for."""
    paths: list[Path] = field(default_factory=list)
    """Files that were written and stay; absolute."""
    digest: str | None = None
    said: list[str] = field(default_factory=list)
    """Lines for people."""


def run_schedule(database: Database, schedule: Schedule) -> Ran:
    """Run a schedule now.

    Raises:
        TooOld: the last list tells of a day longer ago than the schedule allows; nothing was written or sent.
        NoAccounts: there are none.
        WorkFailed: it runs already, or could not be done; what was made before stands, and is told.
        WrongUse: its command no longer fits, such as a list that was deleted.
    """
    with locked(database.path, schedule.name):
        schedule = find_schedule(database.path, schedule.name)  # another run may have ended meanwhile
        ran, began = Ran(), datetime.now(UTC)
        try:
            _do(database, schedule, ran)
        except BaseException as error:
            _keep(database, schedule, ran, began, *_how_it_failed(error))
            raise
        _keep(database, schedule, ran, began, "done", ran.message)
        return ran


def _do(database: Database, schedule: Schedule, ran: Ran) -> None:
    work = check_schedule(schedule, today())
    if work.kind == "report":
        _run_report(database, schedule, work, ran)
    elif work.kind == "lists export":
        _run_list(database, schedule, work, ran)
    else:
        _run_command(database, schedule, ran)


def _stopped_by_signals() -> LongWork:
    return LongWork(unwanted=is_asked_to_end)


def _how_it_failed(error: BaseException) -> tuple[str, str]:
    if isinstance(error, Cancelled) or not isinstance(error, Exception):
        return "interrupted", ""
    if isinstance(error, Fault):
        return "failed", error.message
    return "failed", error.format_message() if isinstance(error, click.UsageError) else "A fault of partner-tui."


def _keep(database: Database, schedule: Schedule, ran: Ran, began: datetime, outcome: str, message: str) -> None:
    """Keep how a run ended. Best effort: what was written or sent is not done again for want of a record."""
    known = {str(entry["path"]): dict(entry) for entry in schedule.written}
    for path in ran.paths:
        known.pop(str(path), None)
        known[str(path)] = _entry(path)
    digest = ran.digest if outcome == "done" else None
    try:
        record_run(
            database.path, schedule, outcome, message, began=began, digest=digest, written=list(known.values())[-_KEPT:]
        )
    except (Fault, sqlite3.Error) as error:
        ran.said.append(f"The schedule's record could not be written: {error}".replace("\n", " "))


# Reports


def _run_report(database: Database, schedule: Schedule, work: Work, ran: Ran) -> None:
    from exporters.export import export, file_name
    from exporters.mail import report_letter
    from tui.cli.report import asked_of

    asked = asked_of(**work.given)
    request = asked.request_in(database)
    format_ = format_of(schedule, work)
    target = None
    if schedule.output and format_:
        own_name = file_name(request, format_)
        target = output_path(schedule, request.report.id, request.as_of, own_name).absolute()
    with (
        closing(database.read_accounts()) as connection,
        recorded(
            database,
            request,
            format_.id if format_ else MAIL,
            target,
            work=LongWork(unwanted=is_asked_to_end),
            schedule=schedule.name,
        ) as run,
    ):
        _check_age(schedule, freshness(connection))
        result = run_report(connection, request)
        run.row_count = result.row_count
        if schedule.only_if_changed:
            ran.digest = _digest([column.key for column in result.columns], result.blocks())
        if not _is_wanted(schedule, result.row_count if result.is_list else None, ran):
            run.message = ran.message
            return
        file, notes = target, []
        with _file(schedule, target) as place:
            if format_:
                file = place or _outbox() / file_name(request, format_)
                made = export(
                    result,
                    format_,
                    file,
                    force=_is_ours(schedule, file),
                    style=asked.options.style(format_),
                )
                notes = made.notes
                ran.paths += [made.path] if target else []
        ran.said.append(_about(result))
        if schedule.mail_to:
            attach = bool(format_)
            _mail(schedule, work, report_letter(result, notes), file, attach=attach, ran=ran)


def _about(result: Result) -> str:
    rows = f", {count_of(result.row_count, 'row')}" if result.is_list else ""
    return f"{result.title} as of {result.as_of}{rows}. Accounts from {result.freshness_words()}."


def _digest(heading: object, blocks: Iterable[Any]) -> str:
    found = hashlib.sha256(json.dumps(heading).encode())
    for block in blocks:
        found.update(json.dumps(block).encode())
    return found.hexdigest()


# Exports of lists


def _run_list(database: Database, schedule: Schedule, work: Work, ran: Ran) -> None:
    from core.lists.contacts import candidates, preview
    from core.lists.members import ListReport
    from core.query.list_filters import parse_size
    from exporters.contact_files.contact_files import Upload, write_upload
    from exporters.contact_files.purpose import purpose_named
    from exporters.mail import Letter, age_words
    from tui.cli.lists_show import chosen_list

    given = work.given
    day = date.fromisoformat(given["as_of"]) if given.get("as_of") else today()
    size = parse_size(given["list_size"]) if given.get("list_size") else None
    upload = Upload(
        chosen_list(database, given["name"], size),
        day,
        purpose_named(given["purpose"]),
        given["new_only"],
        Path(given["left_out"]) if given.get("left_out") else None,
    )
    report = ListReport(upload.target)
    own_name = f"{report.id}-{upload.purpose.id}-{day}.csv"
    target = output_path(schedule, report.id, day, own_name).absolute() if schedule.output else None
    with recorded(
        database,
        ask(report, day),
        format_named("csv").id,
        target,
        work=LongWork(unwanted=is_asked_to_end),
        schedule=schedule.name,
    ) as run:
        with closing(database.read_accounts()) as connection:
            fresh = freshness(connection)
            statement = preview(connection, upload.target, day, new_only=upload.new_only)
            if schedule.only_if_changed:
                blocks = candidates(connection, upload.target, day, new_only=upload.new_only)
                ran.digest = _digest([], ([one[:5] for one in block if one.reason is None] for block in blocks))
        run.row_count = statement.contacts
        _check_age(schedule, fresh)
        if not _is_wanted(schedule, statement.contacts, ran):
            run.message = ran.message
            return
        with _file(schedule, target) as place:
            file = place or _outbox() / own_name
            done = write_upload(database, upload, file, may_replace=lambda path: _is_ours(schedule, path))
        ran.paths += done.paths if target else []
        ran.said += [*done.statement.lines(hint_words), *done.notes]
        if schedule.mail_to:
            several = [f"There are {len(done.paths)} files, the first of which is told here."] * (len(done.paths) > 1)
            letter = Letter(
                upload.target.name,
                age_words(fresh, day),
                totals=[
                    ("Contacts", f"{done.statement.contacts:,}"),
                    ("Left out", f"{done.statement.left_out.total():,}"),
                ],
                notes=[*done.statement.lines(hint_words), *done.notes, *several],
            )
            _mail(schedule, work, letter, done.paths[0], attach=len(done.paths) == 1, ran=ran)


# Imports and the vendor


def _run_command(database: Database, schedule: Schedule, ran: Ran) -> None:
    """Run the command as the command line does, and keep what it says."""
    from tui.cli.main import partner_tui

    words = ["--demo"] if database.is_demo else ["--db", str(database.path)]
    number = record_start(
        database.path,
        schedule.command[0],
        parameters={},
        as_of=today().isoformat(),
        file_format="",
        path=None,
        schedule=schedule.name,
    )
    talk, data = io.StringIO(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        with redirect_stderr(talk), redirect_stdout(data):
            context = partner_tui.make_context("partner-tui", [*words, *schedule.command])
            with context:
                partner_tui.invoke(context)
    except click.exceptions.Exit as ended:
        if ended.exit_code:
            record_end(database.path, number, "failed", message=_last_line(talk))
            raise WorkFailed(_last_line(talk) or f"{schedule.command[0]} ended with {ended.exit_code}.") from ended
    except BaseException as error:
        record_end(database.path, number, "failed", message=_how_it_failed(error)[1])
        raise
    record_end(database.path, number, "done")
    ran.said += talk.getvalue().splitlines()
    if schedule.mail_to:
        from exporters.mail import Letter, age_words

        with closing(database.read()) as connection:
            fresh = freshness(connection)
        letter = Letter(" ".join(schedule.command[:1]).capitalize(), age_words(fresh, today()), notes=ran.said)
        _mail(schedule, Work("", {}), letter, None, attach=False, ran=ran)


def _last_line(talk: io.StringIO) -> str:
    return (talk.getvalue().strip().splitlines() or [""])[-1]


# What holds for all


def _check_age(schedule: Schedule, fresh: Freshness | None) -> None:
    if schedule.max_age is None or fresh is None:
        return
    days = (today() - fresh.dated).days
    if days > schedule.max_age:
        raise TooOld(
            f"The last list tells of {fresh.dated}, {count_of(days, 'day')} ago; '{schedule.name}' allows"
            f" {schedule.max_age}: nothing was written or sent.",
            "Import a newer list: partner-tui import FILE",
        )


def _is_wanted(schedule: Schedule, rows: int | None, ran: Ran) -> bool:
    """Return whether there is something to write or send; if not, say why."""
    if schedule.only_if_rows and rows == 0:
        ran.message = "There are no rows: nothing was written or sent."
    elif schedule.only_if_changed and ran.digest == schedule.last_digest:
        ran.message = "The rows are those of the last run: nothing was written or sent."
    ran.said += [ran.message] if ran.message else []
    return not ran.message


@contextmanager
def _file(schedule: Schedule, target: Path | None) -> Iterator[Path | None]:
    """Make the folder of a file that is to stay, and say which files that are there are not the schedule's."""
    if target is not None:
        try:
            make_private_folder(target.parent)
        except OSError as error:
            raise WorkFailed(f"The folder {target.parent} cannot be made: {error.strerror}.") from error
    try:
        yield target
    except WorkFailed as fault:
        if "exists already" not in fault.message:
            raise
        raise WorkFailed(
            fault.message,
            f"It is no file that '{schedule.name}' wrote, or it was changed since: move it away, or change --output.",
        ) from fault


def _outbox() -> Path:
    from exporters.outbox import new_outbox

    return new_outbox()


def _entry(path: Path) -> dict[str, object]:
    now = path.stat()
    return {"path": str(path), "size": now.st_size, "modified": now.st_mtime_ns}


def _is_ours(schedule: Schedule, path: Path) -> bool:
    """Return whether an earlier run of this schedule wrote a file, and nobody has changed it since."""
    entry: Mapping[str, Any] | None = next((one for one in schedule.written if one["path"] == str(path)), None)
    try:
        return entry is not None and not path.is_symlink() and _entry(path) == dict(entry)
    except OSError:
        return False


def _mail(schedule: Schedule, work: Work, letter: Letter, file: Path | None, *, attach: bool, ran: Ran) -> None:
    """Send the message; a file that was made for it alone goes when it is sent."""
    from exporters.mail import envelope
    from exporters.outbox import can_attach, empty_outbox, send_or_keep, with_file

    to = envelope(schedule.mail_to, work.given.get("mail_from"), work.given.get("subject"))
    send_or_keep(with_file(to, letter, file, attach=attach), file)
    ran.said.append(f"Sent to {', '.join(address.addr_spec for address in to.to)}.")
    if file is not None and file not in ran.paths:
        if can_attach(file):
            empty_outbox(file)
        else:
            ran.said.append(f"The file: {file}")


def show_ran(ran: Ran) -> None:
    """Say on stderr what came of a run, and print the files on stdout."""
    from tui.cli.talk import put_path, say

    for line in ran.said:
        say(line)
    for path in ran.paths:
        put_path(str(path))
    sys.stdout.flush()
