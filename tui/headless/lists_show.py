"""`partner-tui lists show`: the accounts of a list, onto the screen, into a pipe or into a file."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import click

from core.clock import parse_day, today
from core.database import Database
from core.errors import WrongUse
from core.lists.lists import find_list
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.reports.all_accounts import ALL_ACCOUNTS
from core.request import ask
from core.targets import SizeRange, parse_size
from tui.headless.deliver import deliver, destination
from tui.headless.option_checks import not_empty, text

if TYPE_CHECKING:
    from tui.cli import Chosen


def chosen_list(database: Database, name: str, size: SizeRange | None) -> TargetList:
    """Return the list of a name, and of a size where it asks for one.

    Raises:
        WrongUse: there is no such list, or a size is missing or too much.
        NoAccounts: there is no database, or no account in it.
    """
    with closing(database.read_accounts()) as connection:
        target = find_list(connection, name)
    return target.sized(size) if size else target


@click.command()
@click.argument("name", callback=text)
@click.option("--list-size", callback=text, metavar="SIZE", help="For the list that asks for one: 500-2500, 500-.")
@click.option("--where", callback=text, metavar="CONDITION", multiple=True, help="Only accounts that meet it as well.")
@click.option("--sort", callback=text, metavar="COLUMN[:desc]", multiple=True, help="Sort by a column.")
@click.option("--columns", callback=text, metavar="A,B,…", help="Only these columns, in this order.")
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--format", "format_word", metavar="csv|html|pdf|xls|json", help="The format.")
@click.option("--raw", is_flag=True, help="CSV: do not mark values that a spreadsheet could take for formulas.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark.")
@click.option("--output", callback=not_empty, metavar="PATH|-", help="A file or folder to write; - for stdout.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.pass_obj
def show(
    chosen: Chosen,
    name: str,
    list_size: str | None,
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
    """Show the accounts of the list NAME, as partner-tui report shows a report."""
    size = parse_size(list_size) if list_size else None
    day: date = parse_day(as_of) if as_of else today()
    wanted = columns.split(",") if columns else ()
    checked = ask(ALL_ACCOUNTS, day, where=where, sort=sort, columns=wanted)  # every list has these columns
    shown = output is None and sys.stdout.isatty()
    to = None if output == "-" else output
    format_, _ = destination(to, format_word, checked, shown=shown)
    if (raw or bom) and (format_ is None or format_.id != "csv"):
        raise WrongUse("--raw and --bom are for CSV alone.", "Add --format csv, or leave them out.")
    database = chosen.database()
    report = ListReport(chosen_list(database, name, size))
    request = ask(report, day, where=where, sort=sort, columns=wanted)
    format_, target = destination(to, format_word, request, shown=shown)
    deliver(database, request, format_, target, shown=shown, force=force, raw=raw, bom=bom, record=False)
