"""`partner-tui lists show`: the accounts of a list, onto the screen, into a pipe or into a file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from core.database import Database
from core.lists.lists import find_list
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.query.list_filters import SizeRange, parse_size
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.own_columns import bound_to
from tui.cli.deliver import deliver, destination
from tui.cli.option_checks import text
from tui.cli.table_options import TableOptions, table_options

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


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
@table_options
@click.pass_obj
def show(chosen: Chosen, /, name: str, list_size: str | None, **given: Any) -> None:
    """Show the accounts of the list NAME, as partner-tui report shows a report."""
    options = TableOptions(**given)
    size = parse_size(list_size) if list_size else None
    database = chosen.database()
    # Wrong use is found before a database is missed: every list has these columns.
    destination(options.request(bound_to(ALL_ACCOUNTS, database)), options)
    report = bound_to(ListReport(chosen_list(database, name, size)), database)
    deliver(database, options.request(report), options)
