"""`partner-tui lists`: targeted lists, their counts, and what a person does with them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from core.clock import local, parse_day, today
from core.errors import WrongUse
from core.lists.counts import Counted, counted
from core.lists.exports import ListExport, last_exports
from core.lists.lists import (
    all_lists,
    copy_list,
    delete_list,
    edit_list,
    find_list,
    new_list,
    rename_list,
    undelete_list,
)
from core.lists.names import checked_name
from core.lists.target_list import TargetList, request_sentence, source_named
from core.people import by_words
from core.query.list_filters import parse_size
from core.query.request import Request, ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import REPORTS
from core.reports.own_columns import bound_to
from core.text.vocabulary import count_of
from tui.cli.lists_export import export
from tui.cli.lists_show import show
from tui.cli.lists_upload import upload
from tui.cli.option_checks import text
from tui.cli.table_options import parameter_options
from tui.cli.talk import put, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen

Command = TypeVar("Command", bound=Callable[..., Any])

_PARAMETERS = tuple(dict.fromkeys(parameter for report in REPORTS if report.is_list for parameter in report.parameters))
"""What may be said to a report whose accounts a list holds."""

_FILTERS = (
    click.option(
        "--from",
        "source",
        callback=text,
        metavar="REPORT",
        default=ALL_ACCOUNTS.id,
        help="Filter the accounts of a report; else all accounts.",
    ),
    parameter_options(_PARAMETERS),
    click.option(
        "--where",
        callback=text,
        metavar="CONDITION",
        multiple=True,
        help="Only accounts that meet it, such as 'status = Open and last_login_on < today-90'.",
    ),
)


def _filters(command: Command) -> Command:
    """Give a command the options that say whom a list holds."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@click.group(context_settings={"max_content_width": 100})
def lists() -> None:
    """Pick the customers to write to: targeted lists.

    A list is a saved filter over all accounts. Some are built in; make your own with new. NAME is a list's name in any
    case, in quotes if it has blanks.
    """


lists.add_command(show)
lists.add_command(export)
lists.add_command(upload)


@lists.command("list")
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--known-on", callback=text, metavar="YYYY-MM-DD", help="The accounts as they were known on this day.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(chosen: Chosen, as_of: str | None, known_on: str | None, as_json: bool) -> None:
    """Show all lists: how many accounts each holds now, and whom."""
    known = parse_day(known_on) if known_on else None
    day = parse_day(as_of) if as_of else known or today()
    with closing(replace(chosen.database(), known_on=known).read_accounts()) as connection:
        lines = counted(connection, all_lists(connection), day)
        exports = last_exports(connection)
    if as_json:
        put_json([_for_programs(line, exports.get(line.target.key)) for line in lines])
    for line in lines:
        if line.fault:
            say(str(line.fault).replace("\n", " "))
        if not as_json:
            _print(line, exports.get(line.target.key))


def _print(line: Counted, exported: ListExport | None) -> None:
    target = line.target
    count = "asks for --list-size" if target.needs_size else "cannot be read"
    if line.count is not None:
        count = count_of(line.count, "account")
    put(f"  {count}", target.name)
    for words in dict.fromkeys((target.help, line.sentence)):
        if words:
            put(f"  {words}.")
    if exported:
        when = local(exported.exported_at).strftime("%Y-%m-%d %H:%M")
        by = f" by {by_words(exported.by, exported.sudo_by)}" if exported.by else ""
        contacts = count_of(exported.contacts, "contact")
        put(f"  Last exported {when} for {exported.purpose}{by}: {contacts}.")


def _for_programs(line: Counted, exported: ListExport | None) -> dict[str, Any]:
    target = line.target
    return {
        "name": target.name,
        "id": target.key if target.is_built_in else None,
        "built_in": target.is_built_in,
        "selection": target.is_selection,
        "needs_size": target.needs_size,
        "count": line.count,
        "sentence": line.sentence,
        "filter": dict(target.given) or None,
        "fault": line.fault.message if line.fault else None,
        "last_export": exported
        and {
            "exported_at": exported.exported_at.isoformat(),
            "for": exported.purpose,
            "path": exported.path,
            "contacts": exported.contacts,
            "left_out": exported.left_out,
            "vendor_list": exported.vendor_list,
            "by": exported.by,
            "sudo_by": exported.sudo_by,
        },
    }


@lists.command()
@click.argument("name", callback=text)
@_filters
@click.pass_obj
def new(chosen: Chosen, /, name: str, **filters: Any) -> None:
    """Make the list NAME of all accounts that a filter holds, now and later.

    Dates such as today-60 are counted from the day on which the list is asked.
    """
    request = _request(chosen, **filters)
    _say_whom(new_list(chosen.database().path, name, request), "is made", request)


@lists.command()
@click.argument("name", callback=text)
@_filters
@click.pass_obj
def edit(chosen: Chosen, /, name: str, **filters: Any) -> None:
    """Let the list NAME hold what another filter holds. What was exported from it stays known."""
    request = _request(chosen, **filters)
    _say_whom(edit_list(chosen.database().path, name, request), "is changed", request)


@lists.command()
@click.argument("name", callback=text)
@click.argument("new_name", callback=text)
@click.option("--list-size", callback=text, metavar="SIZE", help="For the list that asks for one.")
@click.pass_obj
def copy(chosen: Chosen, name: str, new_name: str, list_size: str | None) -> None:
    """Copy the list NAME, built in or not, as NEW_NAME."""
    size = parse_size(list_size) if list_size else None
    new_name = checked_name(new_name)
    database = chosen.database()
    with closing(database.read()) as connection:
        target = find_list(connection, name)
    made = copy_list(database.path, target.sized(size) if size else target, new_name)
    say(f"“{made.name}” is a copy of “{target.name}”.")


@lists.command()
@click.argument("name", callback=text)
@click.argument("new_name", callback=text)
@click.pass_obj
def rename(chosen: Chosen, name: str, new_name: str) -> None:
    """Call the list NAME by NEW_NAME."""
    say(f"The list is called “{rename_list(chosen.database().path, name, new_name).name}” now.")


@lists.command()
@click.argument("name", callback=text)
@click.pass_obj
def delete(chosen: Chosen, name: str) -> None:
    """Delete the list NAME; undelete brings it back. No account and no file is touched."""
    deleted = delete_list(chosen.database().path, name)
    say(f"“{deleted.name}” is deleted. Bring it back with: partner-tui lists undelete")


@lists.command()
@click.argument("name", callback=text, required=False)
@click.option("--as", "new_name", callback=text, metavar="NEW_NAME", help="Under another name.")
@click.pass_obj
def undelete(chosen: Chosen, name: str | None, new_name: str | None) -> None:
    """Bring back the deleted list NAME, or the one deleted last."""
    say(f"“{undelete_list(chosen.database().path, name, new_name).name}” is back.")


def _request(chosen: Chosen, /, source: str, where: tuple[str, ...], **given: Any) -> Request:
    """Return the request that a list's options make.

    Raises:
        WrongUse: they do not fit together, or filter nothing.
    """
    report = bound_to(source_named(source), chosen.database())
    if report.id == ALL_ACCOUNTS.id and not where:
        raise WrongUse("A list needs a filter.", "Add --where CONDITION, or --from REPORT.")
    return ask(report, today(), where=where, **given)


def _say_whom(target: TargetList, done: str, request: Request) -> None:
    say(f"“{target.name}” {done}. It holds: {request_sentence(request)}.")
