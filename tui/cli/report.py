"""`partner-tui report`: run a report, onto the screen, into a pipe or into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from core.database import Database
from core.query.request import Request
from core.reports.catalogue import PARAMETERS, REPORTS, find_report
from tui.cli.deliver import deliver, destination
from tui.cli.mailing import MailOptions, mail_options, mail_report, mailed_file
from tui.cli.option_checks import text
from tui.cli.table_options import TableOptions, parameter_options, table_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tui.cli.chosen import Chosen


def _complete_report(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(report.id, help=report.help) for report in REPORTS if report.id.startswith(begun)]


def _view_name(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    if text(ctx, param, given) is None:
        return None
    from core.views.saved_views import checked_name

    return checked_name(given or "")


@click.command()
@click.argument("report", shell_complete=_complete_report)
@parameter_options(PARAMETERS)
@click.option(
    "--view",
    "view_name",
    callback=_view_name,
    metavar="NAME",
    help="As saved in the application; options given here win.",
)
@table_options
@mail_options
@click.pass_obj
def report(chosen: Chosen, /, **given: Any) -> None:
    """Run REPORT.

    REPORT is all-accounts-summary, managed-account-details, new-account-bonus-tracker or cancels-and-move-outs; see:
    partner-tui reports.

    On a terminal the report is shown as a table; into a pipe it goes as CSV, or as --format says. With --output it
    becomes a file, whose absolute path is the last line on stdout. With --mail-to it becomes a message.
    """
    asked = read_options(**given)
    database = chosen.database()
    request = asked.request_in(database)
    if asked.mail:
        mail_report(database, request, asked.options, asked.mail)
    else:
        deliver(database, request, asked.options)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report's options ask for."""

    request: Request
    view_name: str | None
    options: TableOptions
    mail: MailOptions

    def request_in(self, database: Database) -> Request:
        """Return the request, with what a saved view adds.

        Raises:
            WrongUse: there is no such view.
            NoAccounts: there is no database.
        """
        if self.view_name is None:
            return self.request
        from core.views.saved_views import as_viewed

        return as_viewed(database, self.request, self.view_name)


def read_options(**given: Any) -> Asked:
    """Return what the command's options ask for, before any database is looked for.

    Raises:
        WrongUse: they do not fit the report, or each other.
        WorkFailed: the folder to write into does not exist.
    """
    asked = asked_of(**given)
    asked.mail.check()
    if asked.mail:
        asked.mail.envelope()
        mailed_file(asked.request, asked.options, asked.mail)
    else:
        destination(asked.request, asked.options)
    return asked


def asked_of(*, report: str, view_name: str | None, **given: Any) -> Asked:
    """Return what the command's options ask for, wherever it is to go.

    Raises:
        WrongUse: they do not fit the report, or each other.
    """
    mail = MailOptions.taken_from(given)
    parameters = {parameter.name: given.pop(parameter.name) for parameter in PARAMETERS}
    options = TableOptions(**given)
    return Asked(options.request(find_report(report), **parameters), view_name, options, mail)
