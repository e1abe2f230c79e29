"""`partner-tui lists export`: the contacts of a list as files to upload."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.clock import parse_day, today
from core.database import Database
from core.errors import WrongUse
from core.lists.exports import last_exports, wrote_words
from core.lists.members import ListReport
from core.paths import written_path
from core.query.list_filters import parse_size
from core.query.request import ask
from tui.cli.deliver import check_force, text_output
from tui.cli.hint_words import hint_words
from tui.cli.lists_show import chosen_list
from tui.cli.option_checks import not_empty, text
from tui.cli.talk import Progress, put_path, say

if TYPE_CHECKING:
    from exporters.contact_files.contact_files import Upload, Uploaded
    from tui.cli.chosen import Chosen


@click.command()
@click.argument("name", callback=text)
@click.option("--for", "purpose", required=True, metavar="web|api", help="The vendor's upload page, or its import API.")
@click.option("--output", callback=not_empty, metavar="PATH|-", help="A .csv file or folder to write; - for stdout.")
@click.option("--list-size", callback=text, metavar="SIZE", help="For the list that asks for one: 500-2500, 500-.")
@click.option("--new-since-last", "new_only", is_flag=True, help="Only who was never exported from this list.")
@click.option("--left-out", callback=not_empty, metavar="FILE", help="Write who is left out, and why, as CSV.")
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--dry-run", "only_look", is_flag=True, help="Say what would be written; write and record nothing.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@click.pass_obj
def export(
    chosen: Chosen,
    name: str,
    purpose: str,
    output: str | None,
    list_size: str | None,
    new_only: bool,
    left_out: str | None,
    as_of: str | None,
    only_look: bool,
    force: bool,
) -> None:
    """Write the contacts of the list NAME as files to upload.

    Only accounts with a valid email address are written, each address once, values untouched. Where the vendor's
    limits ask for several files they are numbered: NAME-1-of-3.csv. The absolute paths are the last lines on stdout.
    Who was exported is remembered, so that --new-since-last writes to nobody twice.
    """
    from exporters.contact_files.contact_files import Upload, check_names, checked_path
    from exporters.contact_files.purpose import purpose_named

    size = parse_size(list_size) if list_size else None
    day = parse_day(as_of) if as_of else today()
    way = purpose_named(purpose)
    file = _path(output) if output not in (None, "-") else None
    beside = _path(left_out)
    check_names(file, beside)
    check_force(file, beside, force=force)
    if output is None and not only_look:
        raise WrongUse("Where are the contacts to go?", "Add --output FILE.csv, or --dry-run to look first.")
    database = chosen.database()
    upload = Upload(chosen_list(database, name, size), day, way, new_only, beside)
    if file is not None and not only_look:
        checked_path(upload, file, force=force)
    _say_notes(database, upload)
    if only_look:
        _look(database, upload)
    else:
        _say_written(_write(database, upload, file, force=force))


def _path(given: str | None) -> Path | None:
    return written_path(given) if given else None


def _say_notes(database: Database, upload: Upload) -> None:
    """Say whom the list holds, and which fields are unknown for many: before anyone is written to."""
    say(f"{upload.target.name} as of {upload.as_of}, for the {upload.purpose.label}.")
    report = ListReport(upload.target)
    with closing(database.read()) as connection:
        for note in report.notes(connection, ask(report, upload.as_of)):
            say(f"Note: {note}")
        if upload.new_only and (last := last_exports(connection).get(upload.target.key)):
            say(wrote_words(last))


def _look(database: Database, upload: Upload) -> None:
    from core.lists.contacts import preview

    progress = Progress("looked at")
    try:
        with closing(database.read()) as connection:
            statement = preview(connection, upload.target, upload.as_of, new_only=upload.new_only, tick=progress.tick)
    finally:
        progress.end()
    say("Nothing is written; this is what would happen:")
    for line in statement.lines(hint_words):
        say(line)


def _write(database: Database, upload: Upload, file: Path | None, *, force: bool) -> Uploaded:
    from exporters.contact_files.contact_files import write_upload, write_upload_to_stream

    progress = Progress("looked at")
    try:
        if file is None:
            return write_upload_to_stream(database, upload, text_output(), force=force, tick=progress.tick)
        return write_upload(database, upload, file, force=force, tick=progress.tick)
    finally:
        progress.end()


def _say_written(written: Uploaded) -> None:
    for line in written.statement.lines(hint_words):
        say(line)
    for note in written.notes:
        say(f"Note: {note}")
    for path in written.paths:
        put_path(str(path))
