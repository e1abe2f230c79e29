"""The accounts at a glance: what Home shows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from core.database import Database
from core.errors import NoAccounts
from core.query.columns import Row
from core.query.look import TOTAL
from core.query.query import Query, freshness
from core.query.request import Request, ask
from core.query.result import Freshness
from core.reports.catalogue import find_report
from core.reports.new_account_bonus_tracker import BONUS_DAYS
from core.work import Work
from db.schedules import any_schedule
from db.stored import day_of

SHOWN = 30
"""Lines of each list at most: high windows have room for them."""
DUE_WITHIN_DAYS = 30
WEEKS = 13
"""Weeks of the 91 days, today's among them, in which those left whom the report lists."""


@dataclass(frozen=True, slots=True)
class HomeData:
    """Counts, and the first lines of two lists: (account number, values)."""

    counts: list[tuple[str, int, int, int]]
    """(status, managed, referred, total), without the row Total."""
    total: int
    due: list[tuple[int, Row]]
    """(company or username, bonus date, days to go)."""
    due_count: int
    left: list[tuple[int, Row]]
    """(company or username, event, date)."""
    left_count: int
    left_by_week: list[int]
    """How many left in each week, the last seven days at the end."""
    freshness: Freshness | None


def due_request(as_of: date, *columns: str) -> Request:
    """Return the request for the bonuses that are due soon, the next one first."""
    return ask(
        find_report("new-account-bonus-tracker"),
        as_of,
        where=[
            f"initial_upgrade_on between today-{BONUS_DAYS - 1} and today-{BONUS_DAYS - DUE_WITHIN_DAYS}"
            " and nab_status = Pending"
        ],
        sort=["days_to_go"],
        columns=columns,
    )


def left_request(as_of: date, *columns: str) -> Request:
    """Return the request for those who left in the last days, the newest first."""
    return ask(find_report("cancels-and-move-outs"), as_of, columns=columns)


def has_schedules(database: Database, work: Work) -> bool:
    """Whether anything is to be run at its time: asked before all is loaded that knows of that."""
    try:
        with database.reading(work) as connection:
            return any_schedule(connection)
    except NoAccounts:
        return False


def gather(database: Database, as_of: date, work: Work) -> HomeData:
    """Read all of it; for a worker."""
    with database.reading(work) as connection:
        counts, total = _counts(connection, as_of)
        due_count, due = _top(connection, due_request(as_of, "company", "username", "bonus_on", "days_to_go"))
        left_count, left = _top(connection, left_request(as_of, "company", "username", "event", "event_on"))
        weeks = _by_week(connection, as_of)
        return HomeData(counts, total, due, due_count, left, left_count, weeks, freshness(connection))


def _counts(connection: sqlite3.Connection, as_of: date) -> tuple[list[tuple[str, int, int, int]], int]:
    request = ask(find_report("all-accounts-summary"), as_of, columns=("status", "managed", "referred", "total"))
    rows = [row for block in Query(connection, request).blocks() for row in block]
    counts = [(str(status), int(m or 0), int(r or 0), int(t or 0)) for status, m, r, t in rows]
    return [row for row in counts if row[0] != TOTAL], next(row[3] for row in counts if row[0] == TOTAL)


def _top(connection: sqlite3.Connection, request: Request) -> tuple[int, list[tuple[int, Row]]]:
    query = Query(connection, request)
    rids = query.row_ids(SHOWN)
    lines = [
        (account, (company or username or "–", *rest))
        for account, (company, username, *rest) in zip(query.accounts_of(rids), query.rows_of(rids), strict=True)
    ]
    return query.count(), lines


def _by_week(connection: sqlite3.Connection, as_of: date) -> list[int]:
    weeks = [0] * WEEKS
    for block in Query(connection, left_request(as_of, "event_on")).blocks():
        for (day,) in block:
            happened = day_of(day)
            if happened is not None and 0 <= (ago := (as_of - happened).days // 7) < WEEKS:  # else it is no day of ours
                weeks[-1 - ago] += 1
    return weeks
