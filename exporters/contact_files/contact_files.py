"""A targeted list becomes the files that are uploaded, and the export is recorded: all of it or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from core.database import Database
from core.errors import Step, WorkFailed, WrongUse
from core.lists.contacts import Statement, candidates
from core.lists.exports import Recording, recording
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.paths import is_folder
from core.query.columns import Column, Row
from core.query.kinds import ID
from core.query.result import Result
from core.scratch import scratch_folder
from exporters import csv_file
from exporters.atomic import check_target, fault_of
from exporters.contact_files.parts import Parts
from exporters.contact_files.purpose import Purpose
from exporters.export import made_at
from exporters.export_options import Job, no_progress
from exporters.file_set import FileSet

_LEFT_OUT = (
    Column("account_id", "Account ID", ID),
    Column("username", "Username"),
    Column("company", "Company"),
    Column("email", "Email"),
    Column("reason", "Reason"),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be written: which list, for which way in, and for whom."""

    target: TargetList
    as_of: date
    purpose: Purpose
    new_only: bool = False
    """Leave out who was exported from this list before."""
    left_out: Path | None = None
    """Where to name the accounts that are left out, and why."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was written."""

    paths: list[Path]
    """Absolute; more than one where the vendor's limits ask for it."""
    statement: Statement
    notes: list[str]


def check_names(output: Path | None, left_out: Path | None) -> None:
    """Check the names of the files that are asked for, before the accounts are looked at.

    Raises:
        WrongUse: one that is no folder does not end in .csv, or both are the same.
    """
    for path in (output, left_out):
        if path is not None and not is_folder(path) and path.suffix.lower() != ".csv":
            raise WrongUse(f"{path.name}: contacts are written as CSV.", f"Name the file {path.stem}.csv.")
    if output is not None and left_out is not None and output.absolute() == left_out.absolute():
        raise WrongUse("The contacts and what is left out cannot be one file.", Step.OTHER_LEFT_OUT())


def _none(_path: Path) -> bool:
    return False


def checked_path(upload: Upload, output: Path, *, force: bool, may_replace: Callable[[Path], bool] = _none) -> Path:
    """Return the absolute path of an upload: `output`, or in the folder `output` LIST-PURPOSE-DAY.csv.

    Raises:
        WrongUse: a file does not end in .csv, or both are the same.
        WorkFailed: a file exists and `force` is not set, or could not be written.
    """
    check_names(output, upload.left_out)
    path = output.absolute()
    if is_folder(path):
        path /= f"{ListReport(upload.target).id}-{upload.purpose.id}-{upload.as_of}.csv"
    check_target(path, force=force or may_replace(path))
    if upload.left_out:
        beside = upload.left_out.absolute()
        check_target(beside, force=force or may_replace(beside))
    return path


def write_upload(
    database: Database,
    upload: Upload,
    output: Path,
    *,
    force: bool = False,
    may_replace: Callable[[Path], bool] = _none,
    tick: Callable[[int], None] = no_progress,
) -> Uploaded:
    """Write a list's contacts to the file `output`, or into the folder `output`, and record the export.

    Where the vendor's limits ask for several files they are numbered: NAME-1-of-3.csv. If one of them, the file of what
    is left out or the record cannot be written, none stays. A list without contacts gives the heading alone. A file
    that is there is replaced with `force`, or where `may_replace` says so. `tick` is told the accounts looked at so
    far, and may raise `Cancelled`.

    Raises:
        WrongUse: a file does not end in .csv, or both are the same.
        NoAccounts: there is no database, or no account in it.
        WorkFailed: a file exists and `force` is not set, or something cannot be written.
    """
    path = checked_path(upload, output, force=force, may_replace=may_replace)
    with FileSet(force=force, may_replace=may_replace) as files, recording(database.path, upload.target) as record:
        written = _fill(files, database, upload, path, record, tick)
        notes = files.publish([*written.contacts, *written.left_out])
        paths = [target for _, target in written.contacts]
        _keep(record, upload, written.statement, paths[0])
    return Uploaded(paths, written.statement, [*written.notes, *notes])


def write_upload_to_stream(
    database: Database,
    upload: Upload,
    stream: BinaryIO,
    *,
    force: bool = False,
    tick: Callable[[int], None] = no_progress,
) -> Uploaded:
    """Write a list's contacts to an open stream, if one file holds them, and record the export.

    Raises:
        BrokenPipeError: the reader went away; nothing is recorded.
        NoAccounts: there is no database, or no account in it.
        WorkFailed: they need several files, or something cannot be written.
    """
    with (
        scratch_folder() as folder,
        FileSet(force=force) as files,
        recording(database.path, upload.target) as record,
    ):
        written = _fill(files, database, upload, folder / "contacts.csv", record, tick)
        if len(written.contacts) > 1:
            raise WorkFailed(
                f"{written.statement.contacts:,} contacts need {len(written.contacts)} files for the"
                f" {upload.purpose.label}.",
                Step.GIVE_OUTPUT(),
            )
        notes = files.publish([*written.contacts, *written.left_out])
        with written.contacts[0][1].open("rb") as whole:
            shutil.copyfileobj(whole, stream)
        stream.flush()
        _keep(record, upload, written.statement, None)
    return Uploaded([], written.statement, [*written.notes, *notes])


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written into files that have no names yet."""

    statement: Statement
    contacts: list[tuple[BinaryIO, Path]]
    left_out: list[tuple[BinaryIO, Path]]
    notes: list[str]


def _fill(
    files: FileSet, database: Database, upload: Upload, path: Path, record: Recording, tick: Callable[[int], None]
) -> _Written:
    """Write the contacts, and who is left out."""
    statement = Statement()
    with closing(database.read_accounts()) as connection:
        connection.execute("BEGIN")  # one state of the accounts for both files
        with _faults_of(path):
            parts = Parts(files, path, upload.purpose)
            for block in candidates(connection, upload.target, upload.as_of, new_only=upload.new_only):
                contacts = [one for one in block if one.reason is None]
                parts.write([one[:5] for one in contacts])
                record.add(one.address or "" for one in contacts)
                statement.add(block)
                tick(statement.accounts)
        left_out, notes = _write_left_out(files, connection, upload, statement)
    return _Written(statement, parts.named(), left_out, [*notes, *_left_over(parts)])


def _left_over(parts: Parts) -> list[str]:
    """Say which files of an earlier export nobody should take for ones of this."""
    if not (paths := parts.left_over()):
        return []
    names = ", ".join(path.name for path in paths)
    return [f"Files of an earlier export lie there still: {names}. Upload only the new ones."]


def _write_left_out(
    files: FileSet, connection: sqlite3.Connection, upload: Upload, statement: Statement
) -> tuple[list[tuple[BinaryIO, Path]], list[str]]:
    """Write who is left out and why, if asked: a table for people, so it is guarded as every CSV of ours is."""
    if upload.left_out is None:
        return [], []

    def blocks() -> Iterator[list[Row]]:
        for block in candidates(connection, upload.target, upload.as_of, new_only=upload.new_only):
            rows: list[Row] = [
                (one.account_id, one.username, one.company, one.email, one.reason) for one in block if one.reason
            ]
            if rows:
                yield rows

    path = upload.left_out.absolute()
    result = Result("left-out", "Left out", upload.as_of, _LEFT_OUT, statement.left_out.total(), blocks)
    with _faults_of(path):
        out = files.open(path)
        notes = csv_file.write(result, out, Job(made_at()))
        return [(out, path)], notes


def _keep(record: Recording, upload: Upload, statement: Statement, path: Path | None) -> None:
    text = os.fsencode(path).decode("utf-8", "replace") if path else None
    record.keep(upload.purpose.id, text, statement.contacts, statement.left_out.total())


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """Say for a person which file could not be written."""
    try:
        yield
    except OSError as error:
        raise fault_of(path, error) from error
