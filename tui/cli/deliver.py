"""A request's rows go where they belong: a table on the screen, a stream into a pipe, or a file."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from core.database import Database
from core.errors import WorkFailed, WrongUse
from core.paths import is_folder, written_path
from core.query.query import run_report
from core.query.request import Request
from core.query.result import Result
from core.text.vocabulary import count_of
from core.work import Work
from exporters.formats import Format, format_for, format_named
from tui.cli.table_options import TableOptions
from tui.cli.talk import Progress, put_path, say

if TYPE_CHECKING:
    from exporters.export import Exported


def destination(request: Request, options: TableOptions) -> tuple[Format | None, Path | None]:
    """Return the format to write, None for a table on the screen, and the file, None for stdout.

    Raises:
        WrongUse: there is no such format, it contradicts the file's ending or cannot be shown, or an option is given
            for a file or a format that is not written.
        WorkFailed: the folder to write into does not exist.
    """
    file, word = options.file, options.format_word
    format_, target = (_format_to_stdout(options), None) if file is None else file_to_write(request, file, word)
    options.style(format_)
    check_force(target, force=options.force)
    return format_, target


def file_to_write(request: Request, output: str, word: str | None) -> tuple[Format, Path]:
    """Return the format and the path of the file that --output and --format ask for.

    Raises:
        WrongUse: the format is unknown, or contradicts the file's ending.
        WorkFailed: the folder to write into does not exist.
    """
    from exporters.export import file_name

    target = written_path(output)
    if is_folder(target):
        format_ = format_named(word or "csv")
        return format_, target / file_name(request, format_)
    if output.endswith(os.sep):
        raise WorkFailed(f"The folder {target} does not exist.", "Make it, or choose another one.")
    return format_for(target, word), target


def check_force(*files: Path | None, force: bool) -> None:
    """Check that --force has something to overwrite.

    Raises:
        WrongUse: no file is written.
    """
    if force and not any(files):
        raise WrongUse("--force overwrites a file, and none is written.", "Add --output FILE, or leave --force out.")


def _format_to_stdout(options: TableOptions) -> Format | None:
    if options.format_word is None:
        return None if options.shown else format_named("csv")
    format_ = format_named(options.format_word)
    if options.shown and not format_.is_text:
        raise WrongUse(
            f"{format_.label} cannot be shown on a terminal.",
            f"Add --output FILE{format_.ending}, or send it into a pipe.",
        )
    return format_


def deliver(database: Database, request: Request, options: TableOptions) -> None:
    """Run the report and put it where it belongs, and record that.

    Raises:
        WrongUse: as for `destination`.
        NoAccounts: there is no database, or no account in it.
        WorkFailed: it cannot be read, or the file cannot be written.
    """
    format_, target = destination(request, options)
    if format_ is not None and target is not None:
        result, exported = into_file(database, request, format_, target, options)
        _say_beside(result, exported.notes)
        put_path(str(exported.path))
    else:
        _to_stdout(database, request, format_, options)


def into_file(
    database: Database, request: Request, format_: Format, target: Path, options: TableOptions
) -> tuple[Result, Exported]:
    """Run the report into a file, showing how far it is.

    Raises:
        NoAccounts: there is no database, or no account in it.
        WorkFailed: it cannot be read, or the file cannot be written.
    """
    from exporters.run import run_into_file

    with Progress("written") as work:
        return run_into_file(
            database, request, format_, target, work=work, force=options.force, style=options.style(format_)
        )


def _to_stdout(database: Database, request: Request, format_: Format | None, options: TableOptions) -> None:
    from exporters.run import TABLE, recorded

    with (
        closing(database.read_accounts()) as connection,
        Progress("written") as work,
        recorded(database, request, format_.id if format_ else TABLE, None, work=work) as run,
    ):
        result = run_report(connection, request)
        run.row_count = result.row_count
        if format_ is None:
            from tui.cli.text_table import print_table

            notes = print_table(result, sys.stdout)
        else:
            notes = _stream(result, format_, work, options)
    _say_beside(result, notes)


def _stream(result: Result, format_: Format, work: Work, options: TableOptions) -> list[str]:
    from exporters.export import export_to_stream

    out = text_output() if options.shown else sys.stdout.buffer
    return export_to_stream(result, format_, out, tick=work.tick, style=options.style(format_))


def text_output() -> BinaryIO:
    """Return stdout for text as bytes; what goes to a terminal is made harmless on the way."""
    if not sys.stdout.isatty():
        return sys.stdout.buffer
    from tui.cli.harmless import HarmlessStream

    return cast(BinaryIO, HarmlessStream(sys.stdout.buffer))


def _say_beside(result: Result, notes: list[str]) -> None:
    """Say on stderr what the rows alone do not tell."""
    rows = f", {count_of(result.row_count, 'row')}" if result.is_list else ""
    say(f"{result.title} as of {result.as_of}{rows}. Accounts from {result.freshness_words()}.")
    for note in (*result.notes, *notes):
        say(f"Note: {note}")
