"""A report becomes a file or a stream: what holds for every format stands here, once, in front of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from core.clock import local
from core.errors import WorkFailed, WrongUse
from core.paths import is_folder
from core.query.file_stem import file_stem
from core.query.request import Request
from core.query.result import Result
from exporters.atomic import write_whole
from exporters.export_options import FileStyle, Job, no_progress, usual_style
from exporters.formats import Format

_AT_ONCE = 1 << 20
"""Bytes copied to a stream at once."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    path: Path
    """Absolute."""
    size: int
    """In bytes."""
    notes: list[str]
    """What was found while writing, to be said beside the result's own notes."""


def export(
    result: Result,
    format_: Format,
    target: Path,
    *,
    force: bool = False,
    tick: Callable[[int], None] = no_progress,
    style: FileStyle | None = None,
) -> Exported:
    """Write `result` to the file `target`, or into the folder `target` under the report's name.

    `tick` and `style` are as in `Job`; without a style that of the settings holds. Whatever goes wrong leaves what was
    there as it was.

    Raises:
        WorkFailed: The file exists and `force` is not set, or it cannot be written; `tick` may raise `Cancelled`.
        WrongUse: SOURCE_DATE_EPOCH holds no moment, or a setting not what it can be.
    """
    path = target_path(result, format_, target)
    job = Job(made_at=made_at(), tick=tick, style=style or usual_style())
    write = format_.exporter()
    notes = write_whole(path, lambda out: write(result, out, job), force=force)
    return Exported(path, path.stat().st_size, notes)


def export_to_stream(
    result: Result,
    format_: Format,
    stream: BinaryIO,
    *,
    tick: Callable[[int], None] = no_progress,
    style: FileStyle | None = None,
) -> list[str]:
    """Write `result` to an open stream, flush it, and return the notes found while writing.

    Text formats go straight. The others go by a temporary file without a name, so that a reader gets a whole file or
    nothing.

    Raises:
        BrokenPipeError: The reader went away; the caller should end quietly.
        WorkFailed: The stream or the temporary file cannot be written; `tick` may raise `Cancelled`.
        WrongUse: SOURCE_DATE_EPOCH holds no moment, or a setting not what it can be.
    """
    job = Job(made_at=made_at(), tick=tick, style=style or usual_style())
    write = format_.exporter()
    if format_.is_text:
        with _faults_of("The output"):
            notes = write(result, stream, job)
            stream.flush()
        return notes
    import tempfile

    temporary = f"The temporary file in {tempfile.gettempdir()}"
    with _faults_of(temporary, "Set TMPDIR to another folder."), tempfile.TemporaryFile() as whole:
        notes = write(result, whole, job)
        whole.seek(0)
        with _faults_of("The output"):
            shutil.copyfileobj(whole, stream, _AT_ONCE)
            stream.flush()
        return notes


def target_path(result: Result, format_: Format, target: Path) -> Path:
    """Return the file's absolute path: `target`, or in the folder `target` the report's own name."""
    path = target.absolute()
    if not is_folder(path):
        return path
    return path / f"{result.file_stem}{format_.ending}"


def file_name(request: Request, format_: Format) -> str:
    """Return the name of a report's file, such as managed-account-details-O-2026-03-04.pdf; see `file_stem`."""
    return file_stem(request) + format_.ending


def advice(result: Result, format_: Format) -> str | None:
    """Return what a person should know before a file of so many rows is made, if anything."""
    if format_.many is None or result.row_count <= format_.many:
        return None
    return format_.too_many.format(result.row_count)


def made_at() -> datetime:
    """Return the moment to write into files: SOURCE_DATE_EPOCH (in UTC) if set, else now in the partner's zone.

    Raises:
        WrongUse: SOURCE_DATE_EPOCH is no number of seconds, or names no year that a calendar has.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return local(datetime.now(UTC))
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise WrongUse(
            f"SOURCE_DATE_EPOCH is '{seconds}', which is no moment.", "Give whole seconds since 1970, or unset it."
        ) from error


@contextmanager
def _faults_of(what: str, hint: str = "") -> Iterator[None]:
    """Say for a person which of the places that are written to failed; a reader that went away is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WorkFailed(f"{what} could not be written: {error.strerror or error}.", hint) from error
