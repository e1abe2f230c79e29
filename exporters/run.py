"""Run a request into a file, and record it: what the command line, the application, schedules and mail all do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.database import Database
from core.errors import Cancelled, Fault, WorkFailed
from core.query.query import run_report
from core.query.request import Request
from core.query.result import Result
from core.runs import Outcome, record_end, record_start
from core.work import Work, stop_when
from exporters.export import Exported, advice, export
from exporters.export_options import FileStyle
from exporters.formats import Format

TABLE, MAIL = "table", "mail"
"""What stands for the format of a run that wrote no file."""


class Advised(WorkFailed):
    """Hardly anyone is served by such a file: the person should be asked first."""


@dataclass(slots=True)
class Running:
    """A report that is being run."""

    row_count: int | None = None
    message: str = ""
    """What is to be known of a run that went well."""


@contextmanager
def recorded(
    database: Database,
    request: Request,
    word: str,
    target: Path | None,
    *,
    work: Work | None = None,
    schedule: str | None = None,
) -> Iterator[Running]:
    """Record the block as a run of the report, as done, failed, cancelled or interrupted.

    Args:
        database: where it is recorded.
        request: what is run.
        word: the id of the format that is written, or what stands for it.
        target: the file that is written; None for none.
        work: says why the block ended before it was done: stopped by hand it was cancelled, else interrupted.
        schedule: the name of the schedule that runs it.
    """
    number = record_start(
        database.path,
        request.report.id,
        parameters=request.for_programs(),
        as_of=request.as_of.isoformat(),
        file_format=word,
        path=_as_text(target.absolute()) if target else None,
        schedule=schedule,
    )
    running = Running()
    try:
        yield running
    except BaseException as error:
        outcome, message = _how_it_ended(error, work)
        record_end(database.path, number, outcome, row_count=running.row_count, message=message)
        raise
    record_end(database.path, number, "done", row_count=running.row_count, message=running.message)


def _how_it_ended(error: BaseException, work: Work | None) -> tuple[Outcome, str]:
    """Return how a run ended by an error, and the words for it.

    What fails once work is unwanted fails because of that: SQLite's errors, too, say no more than that.
    """
    if work is not None and work.is_unwanted():
        return ("cancelled" if work.is_stopped else "interrupted"), ""
    if isinstance(error, Cancelled):
        return "cancelled", ""
    if isinstance(error, Fault):
        return "failed", error.message
    if isinstance(error, BrokenPipeError):
        return "interrupted", "The reader went away."
    return ("failed", "A fault of partner-tui.") if isinstance(error, Exception) else ("interrupted", "")


def run_into_file(
    database: Database,
    request: Request,
    format_: Format,
    path: Path,
    *,
    work: Work,
    force: bool = False,
    style: FileStyle | None = None,
    ask_first: bool = False,
) -> tuple[Result, Exported]:
    """Run a request, write its rows to a file and record the run; for any thread.

    Args:
        database: where the accounts are; it is read through a connection of its own.
        request: what to write.
        format_: as what.
        path: where to.
        work: is told how far it is, and says whether to stop.
        force: whether a file that is there is replaced.
        style: how the file is laid out; by default as the settings say.
        ask_first: whether the person is to be asked before a file is made that will be unwieldy.

    Returns:
        The result, whose rows cannot be read any more, and the file.

    Raises:
        Advised: the person should be asked first; nothing was written or recorded.
        NoAccounts: there is no database, or no account in it.
        WorkFailed: it cannot be read, or the file not be written; nothing was written.
        Cancelled: the work is no longer wanted.
    """
    with closing(database.read_accounts()) as connection:
        stop_when(connection, work.is_unwanted)
        result = run_report(connection, request) if ask_first else None
        if result and (words := advice(result, format_)):
            raise Advised(words)
        with recorded(database, request, format_.id, path, work=work) as run:
            result = result or run_report(connection, request)
            run.row_count, rows = result.row_count, result.row_count
            exported = export(result, format_, path, force=force, tick=lambda done: work.tick(done, rows), style=style)
        return result, exported


def _as_text(path: Path) -> str:
    """Return a path as the database can hold it: a name may have bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
