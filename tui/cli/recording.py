"""Every report that is run stands in My reports, with how it ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.database import Database
from core.errors import Cancelled, Fault
from core.query.request import Request
from core.runs import record_end, record_start
from exporters.formats import Format
from tui.cli.ending import is_asked_to_end


@dataclass(slots=True)
class Running:
    """A report that is being run."""

    row_count: int | None = None
    path: str | None = None
    message: str = ""
    """What is to be known of a run that went well."""


@contextmanager
def recorded(
    database: Database,
    request: Request,
    format_: Format | None,
    target: Path | None,
    *,
    word: str = "table",
    schedule: str | None = None,
) -> Iterator[Running]:
    """Record the block as a run of the report, as done, failed, cancelled or interrupted.

    Args:
        database: where it is recorded.
        request: what is run.
        format_: the format that is written; None for none.
        target: the file that is written; None for none.
        word: what stands for the format where there is none.
        schedule: the name of the schedule that runs it.
    """
    number = record_start(
        database.path,
        request.report.id,
        parameters=request.for_programs(),
        as_of=str(request.as_of),
        file_format=format_.id if format_ else word,
        path=_as_text(target.absolute()) if target else None,
        schedule=schedule,
    )
    running = Running()
    try:
        yield running
    except Cancelled:
        record_end(database.path, number, "cancelled", row_count=running.row_count)
        raise
    except Fault as fault:
        record_end(database.path, number, "failed", row_count=running.row_count, message=fault.message)
        raise
    except BrokenPipeError:
        record_end(database.path, number, "interrupted", row_count=running.row_count, message="The reader went away.")
        raise
    except BaseException as error:
        if is_asked_to_end() or not isinstance(error, Exception):
            record_end(database.path, number, "interrupted", row_count=running.row_count)
        else:
            record_end(database.path, number, "failed", row_count=running.row_count, message="A fault of partner-tui.")
        raise
    record_end(database.path, number, "done", row_count=running.row_count, message=running.message)


def _as_text(path: Path) -> str:
    """Return a path as the database can hold it: a name may have bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
