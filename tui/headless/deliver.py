"""A request's rows go where they belong: a table on the screen, a stream into a pipe, or a file."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, cast

from core.database import Database
from core.errors import WorkFailed, WrongUse
from core.query import run_report
from core.request import Request
from core.result import Result
from core.words import count_of
from exporters.formats import Format, format_for, format_named
from tui.headless.talk import Progress, put_path, say


def destination(
    output: str | None, word: str | None, request: Request, *, shown: bool
) -> tuple[Format | None, Path | None]:
    """Return the format to write, None for a table on the screen, and the file, None for stdout.

    Raises:
        WrongUse: there is no such format, it contradicts the file's ending, or it cannot be shown.
        WorkFailed: the folder to write into does not exist.
    """
    if output is None:
        return _format_to_stdout(word, shown=shown), None
    from exporters.export import file_name, is_folder

    target = Path(os.path.expanduser(output))  # noqa: PTH111 - Path's own raises for a user who is not there
    if is_folder(target):
        format_ = format_named(word or "csv")
        return format_, target / file_name(request.report.id, request.status, request.as_of, format_)
    if output.endswith(os.sep):
        raise WorkFailed(f"The folder {target} does not exist.", "Make it, or choose another one.")
    return format_for(target, word), target


def _format_to_stdout(word: str | None, *, shown: bool) -> Format | None:
    if word is None:
        return None if shown else format_named("csv")
    format_ = format_named(word)
    if shown and not format_.is_text:
        raise WrongUse(
            f"{format_.label} cannot be shown on a terminal.",
            f"Add --output FILE{format_.ending}, or send it into a pipe.",
        )
    return format_


def deliver(
    database: Database,
    request: Request,
    format_: Format | None,
    target: Path | None,
    *,
    shown: bool,
    force: bool,
    raw: bool,
    bom: bool,
    record: bool = True,
) -> None:
    """Run the report and put it where it belongs, and record that unless it is none of the catalogue's."""
    from tui.headless.recording import Running, recorded

    connection = database.read_accounts()
    try:
        with recorded(database, request, format_, target) if record else nullcontext(Running()) as run:
            result = run_report(connection, request)
            run.row_count = result.row_count
            progress = Progress("written")
            notes: list[str] = []
            try:
                if format_ is None:
                    from tui.headless.text_table import print_table

                    notes = print_table(result, sys.stdout)
                elif target is None:
                    notes = _stream(result, format_, progress, raw=raw, bom=bom, harmless=shown)
                else:
                    from exporters.export import export

                    exported = export(result, format_, target, force=force, tick=progress.tick, raw=raw, bom=bom)
                    run.path, notes = str(exported.path), exported.notes
            finally:
                progress.end()
        _say_beside(result, notes)
        if run.path:
            put_path(run.path)
    finally:
        connection.close()


def _stream(result: Result, format_: Format, progress: Progress, *, raw: bool, bom: bool, harmless: bool) -> list[str]:
    from exporters.export import export_to_stream

    out = text_output() if harmless else sys.stdout.buffer
    return export_to_stream(result, format_, out, tick=progress.tick, raw=raw, bom=bom)


def text_output() -> BinaryIO:
    """Return stdout for text as bytes; what goes to a terminal is made harmless on the way."""
    if not sys.stdout.isatty():
        return sys.stdout.buffer
    from tui.headless.harmless import HarmlessStream

    return cast(BinaryIO, HarmlessStream(sys.stdout.buffer))


def _say_beside(result: Result, notes: list[str]) -> None:
    """Say on stderr what the rows alone do not tell."""
    rows = f", {count_of(result.row_count, 'row')}" if result.is_list else ""
    say(f"{result.title} as of {result.as_of}{rows}. Accounts from {result.freshness_words()}.")
    for note in (*result.notes, *notes):
        say(f"Note: {note}")
