"""`partner-tui sync`: a technology partner's accounts, from the vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from core.importing.refusal import Refused
from core.importing.report import ImportReport
from tui.cli.ending import end_if_asked
from tui.cli.hint_words import hint_words
from tui.cli.talk import Progress, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.command()
@click.option("--plans", is_flag=True, help="Ask for the plan of each account too: one request each.")
@click.option("--accept-gone", is_flag=True, help="Even if so many accounts are gone that it looks like half a list.")
@click.option("--dry-run", "only_look", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def sync(chosen: Chosen, plans: bool, accept_gone: bool, only_look: bool, as_json: bool) -> None:
    """Take your accounts in as the vendor lists them now: for technology partners.

    It is one import of a complete list: accounts that it lacks are gone, and partner-tui undo-import takes it back. Set
    partner_client_id in the settings, and let PARTNER_TUI_PARTNER_SECRET_FILE name the file of the secret.
    """
    from core.vendor.sessions import partner_client
    from core.vendor.sync import fetch, pending_sync, stopped
    from core.vendor.waiting import Clock

    database = chosen.database().path
    progress = Progress("read")
    reports: list[dict[str, Any]] = []
    try:
        with partner_client(Clock(end_if_asked)) as client:
            fetched = fetch(client, database, progress.tick, plans=plans)
        with pending_sync(database, fetched, progress.tick, accept_gone=accept_gone, only_look=only_look) as pending:
            report = pending.rehearse() if only_look else pending.apply()
        progress.end()
        reports.append(report.to_json(hint_words))
        _say_report(report, only_look=only_look)
        if fault := stopped(fetched, report, only_look=only_look):
            raise fault
    except Refused as refused:
        progress.end()
        reports.append(refused.report.to_json(hint_words))
        _say_report(refused.report, only_look=True)
        raise
    finally:
        progress.end()
        if as_json:
            put_json({"files": reports})


def _say_report(report: ImportReport, *, only_look: bool) -> None:
    if only_look:
        say("Nothing is changed; this is what would happen:")
    for line in report.lines(hint_words):
        say(line)
