"""The partner's accounts from the vendor as an import: read, compared, taken in along the path of every file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.clock import today
from core.errors import NoAccounts, WorkFailed
from core.importing.import_options import ImportOptions
from core.importing.importer import Listed, PendingImport
from core.importing.notes import Note
from core.importing.report import ImportReport
from core.importing.staged_rows import Tick
from core.importing.table import BLOCK_ROWS, Block, Table
from core.vendor.accounts import Fetched, add_accounts, add_plans, fetch_accounts
from core.vendor.client import Client
from db.connection import connect_reading

SOURCE = "vendor API"
"""What the history calls it."""


def fetch(client: Client, database: Path, tick: Tick, *, plans: bool = False) -> Fetched:
    """Read all accounts from the vendor, and their plans if asked.

    Where accounts would be gone the list is read once more, for a page that shifts while it is read can hide one.

    Raises:
        VendorFault: the vendor gives no answer, or lists nobody.
        WorkFailed: it does not take the partner's credentials, or the database cannot be read.
    """
    fetched = fetch_accounts(client, tick)
    if not fetched.rows:
        raise WorkFailed("The vendor lists no account at all; nothing was changed.", "Check the partner's credentials.")
    if fetched.is_complete:
        with pending_sync(database, fetched, tick, only_look=True) as look:
            someone_is_gone = look.preview().gone > 0
        if someone_is_gone:
            add_accounts(client, fetched, tick)
    if plans:
        add_plans(client, fetched, _with_a_plan(database), tick)
    return fetched


def pending_sync(
    database: Path, fetched: Fetched, tick: Tick, *, accept_gone: bool = False, only_look: bool = False
) -> PendingImport:
    """Return what was read as an import that waits; a complete list only if it was read to its end.

    Raises:
        WorkFailed: the database cannot be opened, or its last import tells of a later day.
    """
    options = ImportOptions(
        accept_new_ids=True,
        dated=today(),
        complete="all" if fetched.is_complete else None,
        accept_gone=accept_gone,
    )
    listed = Listed(SOURCE, lambda: _table(fetched))
    return PendingImport(database, Path(SOURCE), options, tick, only_look=only_look, listed=listed)


def stopped(fetched: Fetched, report: ImportReport, *, only_look: bool) -> WorkFailed | None:
    """Return the fault of a list, or of plans, that were not read to their end, with what is now true."""
    if fetched.stopped is None:
        return None
    done = f"{report.read - len(report.rejected):,} accounts {'would be' if only_look else 'were'} taken in"
    what = "" if fetched.is_complete else ", and none counts as gone"
    return WorkFailed(f"{fetched.stopped.message} {done}{what}.", *fetched.stopped.hints, "Then sync again.")


def _table(fetched: Fetched) -> Table:
    headings = fetched.headings

    def blocks() -> Iterator[Block]:
        for begin in range(0, len(fetched.rows), BLOCK_ROWS):
            rows = fetched.rows[begin : begin + BLOCK_ROWS]
            numbers = list(range(begin + 1, begin + 1 + len(rows)))
            yield Block(numbers, [[row.get(heading, "") for heading in headings] for row in rows])

    return Table(
        SOURCE,
        headings,
        0,
        blocks,
        lambda: None,
        notes=[Note(kind, text, count) for kind, text, count in fetched.notes()],
    )


def _with_a_plan(database: Path) -> set[str]:
    """Return the ids of accounts whose plan is known: they can wait, should the day's requests not be enough."""
    try:
        with closing(connect_reading(database)) as connection:
            return _ids(connection)
    except NoAccounts:
        return set()


def _ids(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT account_id FROM accounts WHERE plan_type IS NOT NULL AND account_id IS NOT NULL")
    return {number for (number,) in rows}
