"""What Home shows beyond counts: what changed, who pays, which bonuses come, whom to call, who left and why."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date

from core.database import Database
from core.past.cuts import cut_on, cuts, day_before_last
from core.past.statuses_then import statuses_then
from core.query.columns import Row, Value
from core.query.look import TOTAL
from core.query.query import Query
from core.query.request import Request, ask
from core.reports.catalogue import find_report
from core.work import Work

CALLED = 30
"""Accounts to call that are named at most, the most urgent ones."""
REASONS = 3
"""Reasons of cancels that are named, the most frequent ones."""

ARRIVALS = ("New", "Upgraded", "Returned")
DEPARTURES = ("Canceled", "Moved Out", "Gone", "Trial Expired")
USE = ("List Grew", "List Shrank", "First Login", "First Campaign")


@dataclass(frozen=True, slots=True)
class Insight:
    """The figures, kept until the next import or day."""

    kept_for: tuple[object, ...]
    """Tells the imports and the day that they are of."""
    since: date | None
    """The day of the list before; None where there is only one."""
    changes: dict[str, int]
    """By kind of change, how many since then; only those that there are."""
    deltas: dict[str, int]
    """By status, how many accounts more, or fewer, than after the list before."""
    months: list[tuple[str, int]]
    """(month, accounts that paid at its end), the one of today last."""
    net: int
    """How many more pay than at the month's start."""
    due: int
    at_risk: int
    expected: float | None
    amount: int | None
    """Of the bonuses of the next months; amount and expected are None where they are not known."""
    calls: list[tuple[int, Row]]
    """(account number, (company or username, risk, why)), the most urgent first."""
    call_count: int
    reasons: list[tuple[str, int]]
    """(reason, cancels of the last 90 days that give it), the most frequent first."""
    lists: int
    """How many imports there are."""


def changes_request(as_of: date, words: tuple[str, ...] = ()) -> Request:
    """Return the request for what changed since the list before, or for some kinds of it."""
    listed = ", ".join(f'"{word}"' for word in words)
    where = [f"change in ({listed})"] if words else []
    return ask(find_report("what-changed"), as_of, where=where)


def growth_request(as_of: date) -> Request:
    """Return the request for the months."""
    return ask(find_report("growth-by-month"), as_of)


def forecast_request(as_of: date) -> Request:
    """Return the request for the bonuses that come."""
    return ask(find_report("bonus-forecast"), as_of)


def calls_request(as_of: date, *columns: str) -> Request:
    """Return the request for the accounts to call."""
    return ask(find_report("accounts-at-risk"), as_of, columns=columns)


def gather_insight(database: Database, as_of: date, kept: Insight | None, work: Work) -> Insight:
    """Return the figures, those that are kept if they still hold; for a worker."""
    with database.reading(work) as connection:
        known = cuts(connection)
        kept_for = (database.path, as_of, tuple(cut.import_id for cut in known))
        if kept is not None and kept.kept_for == kept_for:
            return kept
        since = day_before_last(known, known[-1].day) if known else None
        first = cut_on(known, since) if since else None
        months = _rows(connection, growth_request(as_of))
        forecast = {row["month"]: row for row in _rows(connection, forecast_request(as_of))}[TOTAL]
        calls = Query(connection, calls_request(as_of, "company", "username", "risk", "reasons"))
        rids = calls.row_ids(CALLED)
        named = [
            (account, (company or username or "–", *rest))
            for account, (company, username, *rest) in zip(calls.accounts_of(rids), calls.rows_of(rids), strict=True)
        ]
        changes = Query(connection, changes_request(as_of)).totals()[1] if first else []
        call_count, reasons = calls.count(), _reasons(connection, as_of)
        now = _statuses(connection, as_of)
        before = statuses_then(connection, first, since) if first and since else Counter[str]()
    return Insight(
        kept_for,
        since,
        {word: number for word, number in changes if number},
        {status: number - before[status] for status, number in now.items()} if first else {},
        [(str(row["month"]), _whole(row["end"])) for row in months],
        _whole(months[-1]["net"]),
        _whole(forecast["due"]),
        _whole(forecast["at_risk"]),
        float(forecast["expected"]) if isinstance(forecast["expected"], int | float) else None,
        _whole(forecast["amount"]) if forecast.get("amount") is not None else None,
        named,
        call_count,
        reasons,
        len(known),
    )


def _rows(connection: sqlite3.Connection, request: Request) -> list[dict[str, Value]]:
    query = Query(connection, request)
    keys = [column.key for column in query.columns]
    return [dict(zip(keys, row, strict=True)) for block in query.blocks() for row in block]


def _statuses(connection: sqlite3.Connection, as_of: date) -> dict[str, int]:
    request = ask(find_report("all-accounts-summary"), as_of, columns=("status", "total"))
    return {str(row["status"]): _whole(row["total"]) for row in _rows(connection, request)}


def _reasons(connection: sqlite3.Connection, as_of: date) -> list[tuple[str, int]]:
    request = ask(find_report("cancels-and-move-outs"), as_of, columns=("reason",))
    reasons = Counter(str(row["reason"]) for row in _rows(connection, request) if row["reason"])
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))[:REASONS]


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
