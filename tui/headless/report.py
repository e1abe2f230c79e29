"""`partner-tui report`: run a report, onto the screen, into a pipe or into a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from core.clock import parse_day, today
from core.database import Database
from core.errors import WorkFailed, WrongUse
from core.query import run_report
from core.reports.catalogue import REPORTS, find_report
from core.request import Request, ask
from core.result import Result
from core.targets import Targets, parse_size
from core.words import count_of
from exporters.formats import Format, format_for, format_named
from tui.headless.option_checks import not_empty, text
from tui.headless.talk import Progress, put_path, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tui.cli import Chosen

_FORMATS = "csv|html|pdf|xls|json"


def _complete_report(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(report.id, help=report.help) for report in REPORTS if report.id.startswith(begun)]


@click.command()
@click.argument("report", shell_complete=_complete_report)
@click.option("--status", metavar="O|T|E|C", help="For managed-account-details: one capital letter.")
@click.option("--no-list", is_flag=True, help="Only accounts without contacts.")
@click.option("--list-size", callback=text, metavar="SIZE", help="Only lists of a size: 500-2500, 500-, -2500 or 500.")
@click.option("--never-logged-in", is_flag=True, help="Only accounts that have never logged in.")
@click.option("--never-sent", is_flag=True, help="Only accounts that have never sent a campaign.")
@click.option(
    "--where",
    callback=text,
    metavar="CONDITION",
    multiple=True,
    help="Only rows that meet it, such as 'list_size >= 500'.",
)
@click.option(
    "--sort", callback=text, metavar="COLUMN[:desc]", multiple=True, help="Sort by a column; several in their order."
)
@click.option("--columns", callback=text, metavar="A,B,…", help="Only these columns, in this order.")
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--format", "format_word", metavar=_FORMATS, help="The format; else the ending of the file gives it.")
@click.option("--raw", is_flag=True, help="CSV: do not mark values that a spreadsheet could take for formulas.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark.")
@click.option("--output", callback=not_empty, metavar="PATH|-", help="A file or folder to write; - for stdout.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.pass_obj
def report(
    chosen: Chosen,
    report: str,
    status: str | None,
    no_list: bool,
    list_size: str | None,
    never_logged_in: bool,
    never_sent: bool,
    where: tuple[str, ...],
    sort: tuple[str, ...],
    columns: str | None,
    as_of: str | None,
    format_word: str | None,
    raw: bool,
    bom: bool,
    output: str | None,
    force: bool,
) -> None:
    """Run REPORT.

    REPORT is all-accounts-summary, managed-account-details, new-account-bonus-tracker or cancels-and-move-outs; see:
    partner-tui reports.

    On a terminal the report is shown as a table; into a pipe it goes as CSV, or as --format says. With --output it
    becomes a file, whose absolute path is the last line on stdout.
    """
    request = ask(
        find_report(report),
        parse_day(as_of) if as_of else today(),
        status=status,
        targets=Targets(no_list, parse_size(list_size) if list_size else None, never_logged_in, never_sent),
        where=where,
        sort=sort,
        columns=columns.split(",") if columns else (),
    )
    shown = output is None and sys.stdout.isatty()
    format_, target = _destination(None if output == "-" else output, format_word, request, shown=shown)
    if (raw or bom) and (format_ is None or format_.id != "csv"):
        raise WrongUse("--raw and --bom are for CSV alone.", "Add --format csv, or leave them out.")
    _run(chosen.database(), request, format_, target, shown=shown, force=force, raw=raw, bom=bom)


def _destination(
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


def _run(
    database: Database,
    request: Request,
    format_: Format | None,
    target: Path | None,
    *,
    shown: bool,
    force: bool,
    raw: bool,
    bom: bool,
) -> None:
    """Run the report and put it where it belongs, and record that."""
    from tui.headless.recording import recorded

    connection = database.read_accounts()
    try:
        with recorded(database, request, format_, target) as run:
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
    """Write to stdout; what goes to a terminal is made harmless on the way."""
    from exporters.export import export_to_stream

    out = sys.stdout.buffer
    if harmless:
        from tui.headless.harmless import HarmlessStream

        out = cast(BinaryIO, HarmlessStream(out))
    return export_to_stream(result, format_, out, tick=progress.tick, raw=raw, bom=bom)


def _say_beside(result: Result, notes: list[str]) -> None:
    """Say on stderr what the rows alone do not tell."""
    rows = f", {count_of(result.row_count, 'row')}" if result.is_list else ""
    say(f"{result.title} as of {result.as_of}{rows}. Accounts from {result.freshness_words()}.")
    for note in (*result.notes, *notes):
        say(f"Note: {note}")
