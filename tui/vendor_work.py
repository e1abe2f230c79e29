"""What the pages of the vendor have done beside the screen: nothing here touches a widget, and all of it may stop.

The HTTP library is loaded in here, so that no screen waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.database import Database, check_accounts
from core.errors import Fault, Say, WorkFailed
from core.lists.contacts import Statement, preview
from core.lists.members import ListReport
from core.query.request import ask
from core.work import Work

if TYPE_CHECKING:
    from core.importing.report import ImportReport
    from core.vendor.accounts import Fetched
    from core.vendor.client import Client
    from core.vendor.login import DeviceCode
    from exporters.vendor_upload import BrokenOff, Destination, Result, Wanted

Told = Callable[[str], None]
"""Hears, in a few words, how far the work is; called by the thread that works."""


# Whose account it is


def known_client_id() -> str:
    """Return the client id of the last login; '' if there was none.

    Raises:
        WorkFailed: the file of the login cannot be read, or others can.
    """
    from core.vendor.credentials import CredentialsFile

    return CredentialsFile().text("client_id")


def log_in(client_id: str, work: Work, given: Callable[[DeviceCode, bool], object]) -> str:
    """Log in by device code, and return in a sentence whose account it is.

    Args:
        client_id: the application's at the vendor.
        work: asked whether to go on waiting.
        given: told the code that a person has to type, and whether the login's folder was open to others before.

    Raises:
        Cancelled: it was left.
        WorkFailed: it was denied, came too late, or cannot be kept; or the vendor gives no answer.
    """
    from core.vendor.sessions import logging_in
    from core.vendor.summary import account_summary
    from core.vendor.waiting import Clock

    with logging_in(Clock(work.check)) as session:
        was_open = session.store.make_private()
        code = session.server.begin(client_id)
        given(code, was_open)
        session.server.finish(client_id, code)
        try:
            return f"Logged in to the account of {account_summary(session.client()).words()}."
        except Fault as fault:
            return f"You are logged in. {fault.message}"


def who(work: Work) -> str | None:
    """Return in words whose account somebody is logged in to; None if nobody is.

    Raises:
        WorkFailed: the login is dead or cannot be read, or the vendor gives no answer.
    """
    from core.vendor.credentials import CredentialsFile

    if CredentialsFile().login() is None:
        return None

    from core.vendor.sessions import user_client
    from core.vendor.summary import account_summary
    from core.vendor.waiting import Clock

    with user_client(Clock(work.check)) as client:
        return account_summary(client).words()


def log_out(work: Work) -> bool:
    """Forget the login; return whether there was one.

    Raises:
        WorkFailed: the file of the login cannot be read or written.
    """
    from core.vendor.credentials import CredentialsFile
    from core.vendor.waiting import Clock

    store = CredentialsFile()
    return store.path.exists() and store.forget(Clock(work.check))


def is_partner(_work: Work) -> bool:
    """Return whether there are a technology partner's credentials."""
    from core.vendor.credentials import CredentialsFile
    from core.vendor.partner_credentials import has_partner_credentials

    return has_partner_credentials(CredentialsFile())


# Uploading a list


@dataclass(frozen=True, slots=True)
class Looked:
    """What an upload would do."""

    statement: Statement
    notes: list[str]
    to: Destination | None
    """None where there is nobody to upload, so that the vendor was not asked."""
    before: BrokenOff | None
    """An upload that was broken off, as it now stands."""

    def lines(self, say: Say) -> list[str]:
        """Return it as plain sentences, as a front end says the hints: first where to."""
        lines = [self.to.words()] if self.to else []
        lines += [self.before.words()] if self.before else []
        return [*lines, *self.statement.lines(say), *self.notes]


def look_at_upload(database: Database, wanted: Wanted, work: Work, told: Told) -> Looked:
    """Find out what an upload would do. Nothing is sent.

    Raises:
        LoginNeeded: nobody is logged in, or the login is dead.
        WorkFailed: the list cannot be read, or the vendor gives no answer.
        WrongUse: the accounts are the demo's, or the vendor takes no such name of a list.
    """
    from core.vendor.contact_lists import check_list_name

    check_list_name(wanted.vendor_list)
    with database.reading(work) as connection:
        check_accounts(connection)
        report = ListReport(wanted.target)
        notes = report.notes(connection, ask(report, wanted.as_of))
        statement = preview(connection, wanted.target, wanted.as_of, new_only=wanted.new_only, tick=work.tick)
    if not statement.contacts:
        return Looked(statement, notes, None, None)
    told("Asking the vendor whose account this is, and for the list")

    from core.vendor.sessions import user_client
    from core.vendor.waiting import Clock
    from exporters.vendor_upload import prepared

    with user_client(Clock(work.check)) as client, database.writing(work):
        to, before = _look_there(client, database, wanted, told)
        if before and before.arrived:
            with prepared(database, wanted, before.arrived, work.tick) as ready:
                statement = ready.statement
    return Looked(statement, notes, to, before)


def upload(database: Database, wanted: Wanted, looked: Looked, work: Work, told: Told) -> Result:
    """Upload what was looked at, and nothing else.

    Raises:
        Stopped: it ended before all had arrived.
        LoginNeeded: nobody is logged in any more.
        WorkFailed: it is no longer what was looked at, or the vendor gives no answer: nothing was sent.
    """
    from core.vendor.sessions import user_client
    from core.vendor.waiting import Clock
    from exporters.vendor_upload import prepared, send

    with user_client(Clock(work.check)) as client, database.writing(work):
        to, before = _look_there(client, database, wanted, told)
        if looked.to is None or to.account != looked.to.account:
            raise _changed("Another account is logged in")
        with prepared(database, wanted, before.arrived if before else set(), work.tick) as ready:
            if ready.statement != looked.statement:
                raise _changed("The contacts are others")
            return send(client, database, ready, to, told)


def _look_there(client: Client, database: Database, wanted: Wanted, told: Told) -> tuple[Destination, BrokenOff | None]:
    from exporters.vendor_upload import check_may_upload, look_at_vendor, settle

    check_may_upload(database, client)
    to = look_at_vendor(client, wanted)
    return to, settle(client, database, wanted, to.account, told)


def _changed(what: str) -> WorkFailed:
    return WorkFailed(f"{what} than when this was shown, so nothing was sent.", "Look at it again.")


def result_of(fault: Fault) -> Result | None:
    """Return what arrived before an upload stopped; None where nothing was begun."""
    from exporters.vendor_upload import Stopped

    return fault.result if isinstance(fault, Stopped) else None


def needs_login(fault: BaseException | None) -> bool:
    """Return whether logging in mends a fault."""
    from core.vendor.faults import LoginNeeded

    return fault is not None and (isinstance(fault, LoginNeeded) or needs_login(fault.__cause__))


# Taking the accounts in


@dataclass(frozen=True, slots=True)
class Listed:
    """The accounts as the vendor lists them, compared with those that are known."""

    fetched: Fetched
    report: ImportReport
    fault: WorkFailed | None
    """Why they were not read to their end."""


def look_at_accounts(database: Database, work: Work, *, plans: bool) -> Listed:
    """Read a partner's accounts from the vendor. Nothing is stored.

    Raises:
        WorkFailed: credentials are missing or not taken, or the vendor gives no list.
    """
    from core.vendor.sessions import partner_client
    from core.vendor.sync import fetch, pending_sync, stopped
    from core.vendor.waiting import Clock

    with database.writing(work) as path:
        with partner_client(Clock(work.check)) as client:
            fetched = fetch(client, path, work.tick, plans=plans)
        with pending_sync(path, fetched, work.tick, only_look=True) as pending:
            report = pending.preview()
    return Listed(fetched, report, stopped(fetched, report, only_look=True))


def take_in(database: Database, listed: Listed, work: Work, *, accept_gone: bool) -> Listed:
    """Store what was read, as one import, and return how it went.

    Raises:
        Refused: so many accounts would be gone that it looks like half a list.
        WorkFailed: the database cannot be written.
    """
    from core.vendor.sync import pending_sync, stopped

    with (
        database.writing(work) as path,
        pending_sync(path, listed.fetched, work.tick, accept_gone=accept_gone) as pending,
    ):
        report = pending.apply()
    return Listed(listed.fetched, report, stopped(listed.fetched, report, only_look=False))
