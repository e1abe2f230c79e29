"""`partner-tui lists upload`: the contacts of a list to a list at the vendor."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from core.clock import parse_day, today
from core.database import Database
from core.errors import WrongUse
from core.lists.contacts import Statement, preview
from core.lists.members import ListReport
from core.query.list_filters import parse_size
from core.query.request import ask
from tui.cli.ending import end_if_asked
from tui.cli.hint_words import hint_words
from tui.cli.lists_show import chosen_list
from tui.cli.option_checks import text
from tui.cli.talk import Progress, put_json, say

if TYPE_CHECKING:
    from core.vendor.client import Client
    from exporters.vendor_upload import BrokenOff, Destination, Result, Wanted
    from tui.cli.chosen import Chosen


@click.command()
@click.argument("name", callback=text)
@click.option("--list", "vendor_list", callback=text, metavar="NAME", help="The list at the vendor; by default NAME.")
@click.option("--list-size", callback=text, metavar="SIZE", help="For the list that asks for one: 500-2500, 500-.")
@click.option("--new-since-last", "new_only", is_flag=True, help="Only who was never exported from this list.")
@click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today.")
@click.option("--dry-run", "only_look", is_flag=True, help="Say what would be sent, and where to; send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def upload(
    chosen: Chosen,
    name: str,
    vendor_list: str | None,
    list_size: str | None,
    new_only: bool,
    as_of: str | None,
    only_look: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Upload the contacts of the list NAME to your account at Constant Contact.

    It says first what would go where, who is left out and why, and asks. The list there is found by its exact name, or
    made. What arrived is counted and remembered, so that --new-since-last writes to nobody twice; an upload that was
    broken off is gone on with by the same command. Log in first: partner-tui login.
    """
    from core.vendor.contact_lists import check_list_name
    from exporters.vendor_upload import Wanted

    size = parse_size(list_size) if list_size else None
    day = parse_day(as_of) if as_of else today()
    if vendor_list is not None:
        check_list_name(vendor_list)
    database = chosen.database()
    target = chosen_list(database, name, size)
    wanted = Wanted(target, day, vendor_list or target.name, new_only)
    check_list_name(wanted.vendor_list)
    _say_notes(database, wanted)
    _Upload(database, wanted, only_look=only_look, yes=yes, as_json=as_json).run()


def _say_notes(database: Database, wanted: Wanted) -> None:
    """Say whom the list holds, and which fields are unknown for many: before anyone is written to."""
    report = ListReport(wanted.target)
    with closing(database.read()) as connection:
        for note in report.notes(connection, ask(report, wanted.as_of)):
            say(f"Note: {note}")


class _Upload:
    """One run of the command."""

    def __init__(self, database: Database, wanted: Wanted, *, only_look: bool, yes: bool, as_json: bool) -> None:
        self._database = database
        self._wanted = wanted
        self._only_look = only_look
        self._yes = yes
        self._as_json = as_json
        self._statement = Statement()
        self._to: Destination | None = None
        self._result: Result | None = None

    def run(self) -> None:
        """Look, say, ask, send."""
        from core.vendor.sessions import user_client
        from core.vendor.waiting import Clock

        self._statement = self._preview()
        if not self._statement.contacts:
            self._say_statement()
            say("There is nobody to upload: nothing is sent.")
            self._put_json()
            return
        if not (self._only_look or self._yes) and not sys.stdin.isatty():
            raise WrongUse("Nobody is there to be asked.", "Add --yes to upload, or --dry-run to look first.")
        with user_client(Clock(end_if_asked)) as client:
            self._with(client)

    def _with(self, client: Client) -> None:
        from exporters.vendor_upload import broken_off, check_may_upload, look_at_vendor, prepared, send, settle

        check_may_upload(self._database, client)
        self._to = to = look_at_vendor(client, self._wanted)
        before: BrokenOff | None = None
        if not self._only_look:
            before = settle(client, self._database, self._wanted, to.account, say)
        elif broken_off(self._database, self._wanted, to.account):
            say("An upload of this list was broken off: the next one asks first what of it arrived.")
        if before:
            say(before.words())
        arrived = before.arrived if before else set()
        progress = Progress("looked at")
        try:
            contacts = prepared(self._database, self._wanted, arrived, progress.tick)
            with contacts as ready:
                progress.end()
                self._statement = ready.statement
                self._say_statement()
                say(to.words())
                if self._only_look:
                    say("Nothing is sent; this is what would happen.")
                elif not ready.parts:
                    say("There is nobody left to upload: nothing is sent.")
                elif self._yes or click.confirm("Upload them?", err=True):
                    self._send(lambda: send(client, self._database, ready, to, say))
                else:
                    say("Nothing is sent.")
        finally:
            progress.end()
        self._put_json()

    def _send(self, work: Any) -> None:
        from exporters.vendor_upload import Stopped

        try:
            self._result = work()
        except Stopped as stopped:
            self._result = stopped.result
            self._say_result(stopped.result)
            self._put_json()
            raise
        self._say_result(self._result)

    def _say_result(self, result: Result) -> None:
        if result.sent:
            for line in result.lines():
                say(line)

    def _preview(self) -> Statement:
        progress = Progress("looked at")
        try:
            with closing(self._database.read_accounts()) as connection:
                return preview(
                    connection,
                    self._wanted.target,
                    self._wanted.as_of,
                    new_only=self._wanted.new_only,
                    tick=progress.tick,
                )
        finally:
            progress.end()

    def _say_statement(self) -> None:
        for line in self._statement.lines(hint_words):
            say(line)

    def _put_json(self) -> None:
        if self._as_json:
            put_json(_for_programs(self._wanted, self._statement, self._to, self._result, self._only_look))


def _for_programs(
    wanted: Wanted, statement: Statement, to: Destination | None, result: Result | None, only_look: bool
) -> dict[str, Any]:
    return {
        "list": wanted.target.name,
        "vendor_list": wanted.vendor_list,
        "account": to.account.to_json() if to else None,
        "list_exists": to.list_id is not None if to else None,
        "accounts": statement.accounts,
        "contacts": statement.contacts,
        "exported_before": statement.exported_before,
        "left_out": dict(statement.left_out.most_common()),
        "dry_run": only_look,
        "sent": result.sent if result else 0,
        "arrived": result.arrived if result else 0,
        "unsubscribed": result.unsubscribed if result else 0,
        "lost": result.lost if result else 0,
        "parts": [
            {
                "file": name,
                "contacts": contacts,
                "activity_id": job.id,
                "state": job.state,
                "items_total_count": job.total,
                "error_count": job.errors,
                "cannot_add_to_list_count": job.unsubscribed,
            }
            for name, contacts, job in (result.jobs if result else ())
        ],
    }
