"""`partner-tui accounts`: all accounts as a table; one account whole; a note or a star of one's own on it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from core.account import account_fields, account_named, note_account, star_account
from core.clock import parse_day, today
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.own_columns import bound_to
from core.text.date_style import shown_day
from core.timeline import Entry, timeline
from tui.cli.deliver import deliver, destination
from tui.cli.option_checks import text
from tui.cli.table_options import TableOptions, table_options
from tui.cli.talk import put, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen

_WIDTH = 24
"""Cells that the names of fields take."""


@click.group(invoke_without_command=True, context_settings={"max_content_width": 100})
@table_options
@click.pass_context
def accounts(ctx: click.Context, /, **given: Any) -> None:
    """Show all accounts, those that have left too, as partner-tui report shows a report.

    show, note, star and unstar take one account, by its id, else by its username.
    """
    if ctx.invoked_subcommand is not None:
        return
    options = TableOptions(**given)
    database = ctx.obj.database()
    then = replace(database, known_on=parse_day(options.known_on) if options.known_on else None)
    request = options.request(bound_to(ALL_ACCOUNTS, then))
    destination(request, options)
    deliver(database, request, options)


@accounts.command()
@click.argument("account", metavar="ID", callback=text)
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--known-on", callback=text, metavar="YYYY-MM-DD", help="The account as it was known on this day.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def show(chosen: Chosen, account: str, as_of: str | None, known_on: str | None, as_json: bool) -> None:
    """Show the account ID whole: its fields, and its timeline, the newest first."""
    known = parse_day(known_on) if known_on else None
    day = parse_day(as_of) if as_of else known or today()
    database = replace(chosen.database(), known_on=known)
    with closing(database.read_accounts()) as connection:
        pk = account_named(connection, account)
        fields = account_fields(connection, pk)
        entries = timeline(connection, pk, day)
    if as_json:
        put_json(
            {
                "fields": {column.key: value for column, value in fields},
                "timeline": [entry.to_json() for entry in entries],
            }
        )
        return
    for column, value in fields:
        if value is not None:
            put(f"{column.title.ljust(_WIDTH)}{column.kind.show(value)}")
    put()
    for entry in entries:
        put(_line(entry))


def _line(entry: Entry) -> str:
    told = f"  ({entry.file})" if entry.file else ""
    person = f"  by {entry.by}" if entry.by and entry.kind in ("exported", "noted") else ""
    return f"{shown_day(entry.day)}  {entry.kind.ljust(9)} {entry.shown()}{told}{person}"


@accounts.command()
@click.argument("account", metavar="ID", callback=text)
@click.argument("note", callback=text)
@click.pass_obj
def note(chosen: Chosen, account: str, note: str) -> None:
    """Keep NOTE, in quotes, on the account ID, with today's date. Imports and their undo leave notes as they are."""
    note_account(chosen.database().path, account, note, today())
    say(f"Noted on {account.strip()}.")


@accounts.command()
@click.argument("account", metavar="ID", callback=text)
@click.pass_obj
def star(chosen: Chosen, account: str) -> None:
    """Give the account ID a star: --where 'starred = yes' finds it again."""
    star_account(chosen.database().path, account, starred=True)
    say(f"{account.strip()} has a star.")


@accounts.command()
@click.argument("account", metavar="ID", callback=text)
@click.pass_obj
def unstar(chosen: Chosen, account: str) -> None:
    """Take the star of the account ID away."""
    star_account(chosen.database().path, account, starred=False)
    say(f"{account.strip()} has no star.")
