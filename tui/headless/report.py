"""`partner-tui report`: run a report, onto the screen, into a pipe or into a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from core.clock import parse_day, today
from core.errors import WrongUse
from core.reports.catalogue import REPORTS, find_report
from core.request import ask
from core.targets import Targets, parse_size
from tui.headless.deliver import deliver, destination
from tui.headless.option_checks import not_empty, text

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
@click.option(
    "--view", "view_name", callback=text, metavar="NAME", help="As saved in the application; options given here win."
)
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
    view_name: str | None,
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
    format_, target = destination(None if output == "-" else output, format_word, request, shown=shown)
    if (raw or bom) and (format_ is None or format_.id != "csv"):
        raise WrongUse("--raw and --bom are for CSV alone.", "Add --format csv, or leave them out.")
    database = chosen.database()
    if view_name is not None:
        from tui.headless.viewed import as_viewed

        request = as_viewed(database, request, view_name)
    deliver(database, request, format_, target, shown=shown, force=force, raw=raw, bom=bom)
