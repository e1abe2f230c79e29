"""A report as a message: onto stdout, as a filter, or handed to the machine's mailer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from core.database import Database
from core.errors import WrongUse
from core.query.query import run_report
from core.query.request import Request
from core.query.result import Result
from core.work import Work
from exporters.formats import Format, format_named
from tui.cli.deliver import check_force, file_to_write
from tui.cli.option_checks import text
from tui.cli.table_options import TableOptions
from tui.cli.talk import Progress, put_path, say

if TYPE_CHECKING:
    from exporters.mail import Envelope

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--mail-to", callback=text, metavar="ADDRESS", multiple=True, help="Make a message to it; several to all."
    ),
    click.option("--mail-from", callback=text, metavar="ADDRESS", help="Whom it is from; else you, at this host."),
    click.option(
        "--subject",
        callback=text,
        metavar="TEXT",
        help="Its subject; else the report and the day its accounts tell of.",
    ),
    click.option("--attach", is_flag=True, help="Attach the report's file, in --format, else PDF."),
    click.option(
        "--send", is_flag=True, help="Send it with sendmail; else it goes to stdout, for msmtp -t and others."
    ),
)


def mail_options(command: Command) -> Command:
    """Give a command these options; it takes them as keywords, for `MailOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class MailOptions:
    """What they were given as."""

    mail_to: tuple[str, ...]
    mail_from: str | None
    subject: str | None
    attach: bool
    send: bool

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> MailOptions:
        """Take what belongs to these options out of a command's keywords."""
        return cls(**{each.name: given.pop(each.name) for each in fields(cls)})

    def __bool__(self) -> bool:
        """Whether a message is asked for."""
        return bool(self.mail_to)

    def check(self) -> None:
        """Check that they fit together.

        Raises:
            WrongUse: one is given, and no address to mail to.
        """
        given = {"--mail-from": self.mail_from, "--subject": self.subject, "--attach": self.attach, "--send": self.send}
        for option, value in given.items():
            if value and not self.mail_to:
                raise WrongUse(
                    f"{option} is for a message, and none is asked for.", f"Add --mail-to, or leave {option} out."
                )

    def envelope(self) -> Envelope:
        """Return from whom to whom.

        Raises:
            WrongUse: an address is none, or a line break stands somewhere.
        """
        from exporters.mail import envelope

        return envelope(self.mail_to, self.mail_from, self.subject)


def mailed_file(request: Request, options: TableOptions, mail: MailOptions) -> tuple[Format | None, Path | None]:
    """Return the format of the file that goes with a message, None for none, and where it is to stay, None for nowhere.

    Raises:
        WrongUse: the options do not fit together.
        WorkFailed: the folder to write into does not exist.
    """
    if options.output == "-":
        raise WrongUse("The report and its message cannot both go to stdout.", "Give --output FILE, or leave it out.")
    if options.file is not None:
        format_, target = file_to_write(request, options.file, options.format_word)
    elif mail.attach:
        format_, target = format_named(options.format_word or "pdf"), None
    elif options.format_word:
        raise WrongUse("--format says how a file is attached, and none is.", "Add --attach, or leave --format out.")
    else:
        format_, target = None, None
    options.style(format_)
    check_force(target, force=options.force)
    return format_, target


def mail_report(database: Database, request: Request, options: TableOptions, mail: MailOptions) -> None:
    """Run the report, make its file if one is wanted, and then the message; record the run.

    Raises:
        WrongUse: as for `mailed_file`, or an address is none.
        NoAccounts: there is no database, or no account in it.
        WorkFailed: it cannot be read, the file not be written, or the message not be sent; the file stays.
    """
    from exporters.mail import report_letter
    from exporters.outbox import can_attach, empty_outbox, send_or_keep, with_file
    from exporters.run import MAIL, recorded
    from exporters.sendmail import as_bytes

    format_, target = mailed_file(request, options, mail)
    envelope = mail.envelope()
    with (
        closing(database.read_accounts()) as connection,
        Progress("written") as work,
        recorded(database, request, format_.id if format_ else MAIL, target, work=work) as run,
    ):
        result = run_report(connection, request)
        run.row_count = result.row_count
        file, notes = _made_file(result, format_, target, options, work) if format_ else (None, [])
        message = with_file(envelope, report_letter(result, notes), file, attach=mail.attach)
        if mail.send:
            send_or_keep(message, file)
        else:
            sys.stdout.buffer.write(as_bytes(message))
            sys.stdout.buffer.flush()
    if mail.send:
        say(f"Sent to {', '.join(address.addr_spec for address in envelope.to)}: {message['Subject']}")
    if file is None:
        return
    if target is None and can_attach(file):
        empty_outbox(file)
    elif mail.send:
        put_path(str(file))
    else:
        say(f"The file: {file}")


def _made_file(
    result: Result, format_: Format, target: Path | None, options: TableOptions, work: Work
) -> tuple[Path, list[str]]:
    """Write the file that goes with a message; return its path and what was found while writing."""
    from exporters.export import export, target_path
    from exporters.outbox import empty_outbox, new_outbox

    file = target or target_path(result, format_, new_outbox())
    try:
        made = export(result, format_, file, force=options.force, tick=work.tick, style=options.style(format_))
    except BaseException:
        empty_outbox(file)
        raise
    return made.path, made.notes
