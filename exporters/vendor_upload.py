"""A targeted list goes to a list of contacts at the vendor: looked at first, sent in parts, followed and counted."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import BinaryIO

from core.database import Database
from core.errors import Advice, Cancelled, Step, WorkFailed, WrongUse
from core.lists.contacts import Candidate, Statement, candidates
from core.lists.exports import upload_journal
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.text.vocabulary import count_of
from core.vendor.activities import Job, find_job, follow, hand_over
from core.vendor.client import Client
from core.vendor.contact_lists import find_list_id, make_list
from core.vendor.faults import LoginNeeded, Refused, VendorFault
from core.vendor.summary import AccountSummary, account_summary
from exporters.contact_files.parts import contact_line
from exporters.contact_files.purpose import API
from exporters.export_options import no_progress

PART = replace(API, max_lines=API.max_lines - 1, max_bytes=API.max_bytes - 4_000)
"""What a part may hold: under the vendor's lines, and so many bytes that the form around the file fits too."""
GOES_ON_FOR = timedelta(days=1)
"""How long an upload that was broken off is gone on with; what it sent counts as written to for ever."""
ARRIVED = "arrived already, with the upload that was broken off"
"""Why a contact is left out of an upload that goes on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be uploaded."""

    target: TargetList
    as_of: date
    vendor_list: str
    """The exact name of the list at the vendor; it is made if there is none."""
    new_only: bool = False
    """Leave out who was exported from this list before."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file for the vendor, which is nowhere but in this process and vanishes with it."""

    content: BinaryIO
    name: str
    addresses: list[str]
    """In lower case, as the record of exports has them."""

    @property
    def lines(self) -> int:
        """Lines, the heading among them."""
        return len(self.addresses) + 1

    def read(self) -> bytes:
        """Return the file."""
        self.content.seek(0)
        return self.content.read()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The contacts in parts, and who is left out."""

    wanted: Wanted
    statement: Statement
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where contacts would go, as the vendor tells."""

    account: AccountSummary
    vendor_list: str
    list_id: str | None
    """None where the list has to be made."""

    def words(self) -> str:
        """Return it in a sentence."""
        made = "" if self.list_id else ", which will be made"
        return f"To the account of {self.account.words()}, list “{self.vendor_list}”{made}."


@dataclass(slots=True)
class Result:
    """What became of an upload."""

    sent: int = 0
    """Contacts in files that the vendor took."""
    arrived: int = 0
    """Of these, those that it counted without error."""
    unsubscribed: int = 0
    """Contacts that it did not add to the list, since they had unsubscribed."""
    lost: int = 0
    """Lines that it lost, or could not take."""
    jobs: list[tuple[str, int, Job]] = field(default_factory=list)
    """For each file its name, its contacts and how its job ended."""

    def lines(self) -> list[str]:
        """Return it for people, as plain sentences."""
        lines = [f"{count_of(self.sent, 'contact')} sent, {self.arrived:,} arrived."]
        if self.unsubscribed:
            lines.append(f"{self.unsubscribed:,} of them had unsubscribed, so the vendor did not add them to the list.")
        return lines


class Stopped(WorkFailed):
    """An upload ended before all of it had arrived. What had is recorded."""

    def __init__(self, message: str, hints: Sequence[Advice], result: Result) -> None:
        super().__init__(message, *hints)
        self.result = result


Told = Callable[[str], None]
"""Hears, in a few words, how far the work is; may raise `Cancelled`."""


def _told_nobody(_words: str) -> None:
    """Stand in where nobody listens."""


def look_at_vendor(client: Client, wanted: Wanted) -> Destination:
    """Ask whose account it is and whether the list is there. Nothing is changed.

    Raises:
        LoginNeeded, QuotaExceeded, VendorFault: the vendor gives no answer.
    """
    account = account_summary(client)
    return Destination(account, wanted.vendor_list, find_list_id(client, wanted.vendor_list))


@contextmanager
def prepared(
    database: Database,
    wanted: Wanted,
    arrived: frozenset[str] | set[str] = frozenset(),
    tick: Callable[[int], None] = no_progress,
) -> Iterator[Prepared]:
    """Write the contacts into parts for the vendor; they are gone when the block ends.

    Args:
        database: where the accounts are.
        wanted: which list, and where to.
        arrived: addresses, in lower case, that an upload which is gone on with has brought there already.
        tick: told the accounts looked at so far; may raise `Cancelled`.

    Raises:
        NoAccounts: there is no database, or no account in it.
        WorkFailed: the list cannot be read any more, or there is no room.
        WrongUse: it needs a size.
    """
    with ExitStack() as files, closing(database.read_accounts()) as connection:
        connection.execute("BEGIN")
        statement = Statement()
        parts = _Parts(files, wanted)
        for block in candidates(connection, wanted.target, wanted.as_of, new_only=wanted.new_only):
            left = [one._replace(reason=ARRIVED) if one.address in arrived and not one.reason else one for one in block]
            statement.add(left)
            try:
                parts.write([one for one in left if one.reason is None])
            except OSError as error:
                raise WorkFailed(f"The contacts cannot be prepared: {error.strerror}.", "Make room first.") from error
            tick(statement.accounts)
        connection.execute("ROLLBACK")
        yield Prepared(wanted, statement, parts.done())


class _Parts:
    """Contacts on their way into files, a new one where the next line would go over a limit."""

    def __init__(self, files: ExitStack, wanted: Wanted) -> None:
        self._files = files
        self._stem = _file_stem(wanted)
        self._parts: list[Part] = []
        self._bytes = 0

    def write(self, contacts: list[Candidate]) -> None:
        for one in contacts:
            line = contact_line(one[:5])
            if not self._parts or self._parts[-1].lines == PART.max_lines or self._bytes + len(line) > PART.max_bytes:
                self._begin()
            self._parts[-1].content.write(line)
            self._parts[-1].addresses.append(one.address or "")
            self._bytes += len(line)

    def _begin(self) -> None:
        content = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed with all the others
        heading = contact_line(PART.headings)
        content.write(heading)
        self._bytes = len(heading)
        self._parts.append(Part(content, f"{self._stem}-{len(self._parts) + 1}.csv", []))

    def done(self) -> list[Part]:
        return self._parts


def _file_stem(wanted: Wanted) -> str:
    """Return the beginning of names that no other upload has."""
    word = re.sub(r"[^a-z0-9]+", "-", ListReport(wanted.target).id.casefold()).strip("-")[:40]
    return f"partner-tui-{word}-{wanted.as_of:%Y%m%d}-{secrets.token_hex(8)}"


def broken_off(database: Database, wanted: Wanted, account: AccountSummary) -> bool:
    """Return whether an upload of this list to this account did not end; `settle` finds out what became of it.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be opened.
    """
    with upload_journal(database.path, wanted.target, account.encoded_account_id) as journal:
        return journal.unfinished() is not None


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """An upload of this list that did not end, as it now stands at the vendor."""

    begun_at: datetime
    by: str
    arrived: set[str]
    """Addresses that need not be sent again."""

    def words(self) -> str:
        """Return it in a sentence."""
        when = f"{self.begun_at:%Y-%m-%d %H:%M} UTC"
        return f"The upload that {self.by} began on {when} was broken off: {len(self.arrived):,} of it had arrived."


def settle(
    client: Client, database: Database, wanted: Wanted, account: AccountSummary, told: Told = _told_nobody
) -> BrokenOff | None:
    """Find out what became of an upload of this list that did not end; None if there is none.

    What arrived is recorded. Nothing is sent.

    Raises:
        WorkFailed: it is still under way in another process, or the database cannot be written.
        LoginNeeded, QuotaExceeded, VendorFault: the vendor gives no answer.
    """
    with upload_journal(database.path, wanted.target, account.encoded_account_id) as journal:
        before = journal.unfinished()
        if before is None:
            return None
        if before.is_under_way:
            raise WorkFailed(f"{before.by} is uploading this list right now.", "Wait until that has ended.")
        for part in before.parts:
            if part.state not in ("sending", "taken"):
                continue
            told("asking what became of the upload that was broken off")
            job = find_job(client, part.file) if part.state == "sending" else _known(client, part.activity_id or "")
            if job is None:
                journal.move(before.id, part.number, "failed")
                continue
            journal.move(before.id, part.number, "taken", job.id)
            job = follow(client, job, lambda job: told(f"the vendor is at work ({job.state_words})"))
            journal.move(before.id, part.number, "done" if job.state == "completed" else "failed")
        journal.record(before.id)
        is_fresh = datetime.now(UTC) - before.begun_at < GOES_ON_FOR
        return BrokenOff(before.begun_at, before.by, journal.arrived(before.id) if is_fresh else set())


def _known(client: Client, activity_id: str) -> Job | None:
    """Return a job by its id; None if the vendor has forgotten it."""
    try:
        return follow(client, Job(activity_id, "", None, 0, 0, ()), lambda _: None)
    except Refused as fault:
        if fault.status == HTTPStatus.NOT_FOUND:
            return None
        raise


def send(client: Client, database: Database, contacts: Prepared, to: Destination, told: Told = _told_nobody) -> Result:
    """Send the parts one after the other, each followed to its end before the next, and record what arrived.

    All that is going to be sent is noted first, so that an upload which is broken off can be gone on with.

    Raises:
        Stopped: it ended before all had arrived; `result` has what had.
        LoginNeeded, QuotaExceeded, VendorFault: nothing was sent.
        WorkFailed: the database cannot be written, or another process uploads this list.
    """
    wanted, result = contacts.wanted, Result()
    with upload_journal(database.path, wanted.target, to.account.encoded_account_id) as journal:
        list_id = to.list_id or make_list(client, to.vendor_list)
        parts = [(part.name, len(part.addresses), part.addresses) for part in contacts.parts]
        upload = journal.begin(to.vendor_list, contacts.statement.left_out.total(), parts)
        try:
            for number, part in enumerate(contacts.parts, start=1):
                told(f"sending part {number} of {len(parts)}")
                journal.move(upload, number, "sending")
                try:
                    job = hand_over(client, list_id, part.name, part.read())
                except Refused:
                    journal.move(upload, number, "failed")
                    raise
                journal.move(upload, number, "taken", job.id)
                job = follow(client, job, _at_work(told, number, len(parts)))
                result.jobs.append((part.name, len(part.addresses), job))
                if job.state != "completed":
                    journal.move(upload, number, "failed")
                    raise _job_failed(job, number, len(parts), len(part.addresses))
                journal.move(upload, number, "done")
                _count(result, part, job)
        except WorkFailed as fault:
            journal.record(upload)
            raise _stopped(fault, result, contacts) from fault
        except BaseException:
            journal.record(upload)
            raise
        journal.end(upload)
    if result.lost:
        raise Stopped(
            f"The vendor lost {count_of(result.lost, 'row')} of {result.sent:,}: {_why(result)}",
            [Step.UPLOAD_AGAIN()],
            result,
        )
    return result


def _at_work(told: Told, number: int, parts: int) -> Callable[[Job], None]:
    """Return who tells how the job of a part stands."""

    def tell(job: Job) -> None:
        told(f"part {number} of {parts} was taken; the vendor is at work ({job.state_words})")

    return tell


def _count(result: Result, part: Part, job: Job) -> None:
    """Add what became of a part. Only the vendor's own count tells what arrived; where it gives none, nothing did."""
    missing = max(part.lines - (job.total or 0), 0)
    lost = min(max(missing + job.errors, len(job.words)), len(part.addresses))
    result.sent += len(part.addresses)
    result.arrived += len(part.addresses) - lost
    result.lost += lost
    result.unsubscribed += job.unsubscribed


def _why(result: Result) -> str:
    jobs = [job for _, _, job in result.jobs]
    words = [word for job in jobs for word in job.words]
    if words:
        return f"“{words[0]}”."
    if any(job.total is None for job in jobs):
        return "it did not say how many it read."
    return "it counts fewer lines than were sent, or errors in them."


def _job_failed(job: Job, number: int, parts: int, contacts: int) -> VendorFault:
    words = f" (“{job.words[0]}”)" if job.words else ""
    return VendorFault(
        f"The vendor's job for part {number} of {parts} ended as {job.state}{words}:"
        f" its {count_of(contacts, 'contact')} did not arrive.",
        "Try again later.",
    )


def _stopped(fault: WorkFailed, result: Result, contacts: Prepared) -> WorkFailed:
    """Return a fault with what is now true, and how to go on."""
    if isinstance(fault, Cancelled):
        fault = WorkFailed("The upload was stopped.")
    if not result.sent:
        done = "No contact is known to have arrived."
    else:
        done = f"{result.sent:,} of {contacts.statement.contacts:,} contacts had arrived, and are recorded."
    then = [] if isinstance(fault, LoginNeeded) else ["The same upload goes on with the others."]
    return Stopped(f"{fault.message} {done}", [*fault.hints, *then], result)


def check_may_upload(database: Database, client: Client) -> None:
    """Check that the accounts are somebody's: those of the demo go to no real account.

    Raises:
        WrongUse: they are the demo's, and the vendor is the real one.
    """
    if database.is_demo and not client.addresses.are_local:
        raise WrongUse("The demo's accounts are made up: there is nobody to write to.", Step.LEAVE_DEMO())
