"""What Home shows beyond counts: what changed, who pays, which bonuses come, whom to call, who left and why."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from core.database import Database
from core.errors import WrongUse
from core.kept_figures import digest_of, figures_for, keep_figures
from core.past.cuts import Cut, cut_on, cuts, day_before_last
from core.past.statuses_then import statuses_then
from core.query.columns import Row, Value
from core.query.look import TOTAL
from core.query.query import Query
from core.query.request import Request, ask
from core.reports.catalogue import find_report
from core.settings.settings import load_settings
from core.work import Work

CALLED = 30
"""Accounts to call that are named at most, the most urgent ones."""
REASONS = 3
"""Reasons of cancels that are named, the most frequent ones."""

ARRIVALS = ("New", "Upgraded", "Returned")
DEPARTURES = ("Canceled", "Moved Out", "Gone", "Trial Expired")
RULES = 1
"""Raised when the figures come to be found otherwise: what is kept from before holds no more then."""

USE = ("List Grew", "List Shrank", "First Login", "First Campaign")


@dataclass(frozen=True, slots=True)
class Insight:
    """The figures, kept until the next import or day."""

    kept_for: str
    """Tells all that they rest on: the imports, the day, and what a bonus brings."""
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


def forecast_request(as_of: date, *columns: str) -> Request:
    """Return the request for the bonuses that come."""
    return ask(find_report("bonus-forecast"), as_of, columns=columns)


def calls_request(as_of: date, *columns: str) -> Request:
    """Return the request for the accounts to call."""
    return ask(find_report("accounts-at-risk"), as_of, columns=columns)


def gather_insight(database: Database, as_of: date, kept: Insight | None, work: Work) -> Insight:
    """Return the figures, those that are kept if they still hold; for a worker.

    They are all of one state of the accounts, whatever is imported meanwhile, and so is what they are kept for.
    """
    with database.reading(work) as connection:
        connection.execute("BEGIN")
        kept_for = _rests_on(connection, database, as_of)
        if kept is not None and kept.kept_for == kept_for:
            return kept
        if found := _kept(connection, kept_for):
            return found
        found = replace(_found(connection, as_of), kept_for=kept_for)
    keep_figures(str(database.path.absolute()), kept_for, _without_names(found))
    return found


def _rests_on(connection: sqlite3.Connection, database: Database, as_of: date) -> str:
    """Return a name for all that the figures rest on. Notes and stars are not among it: no figure counts them."""
    imports = connection.execute("SELECT id, imported_at, dated FROM imports WHERE undone_at IS NULL ORDER BY id")
    place = (str(database.path.absolute()), _file_number(database.path), str(database.known_on))
    return digest_of((RULES, place, str(as_of), load_settings().bonus_amount, imports.fetchall()))


def _file_number(path: Path) -> int:
    """Tell a database from a copy put in its place, which may know other imports under the same numbers."""
    with suppress(OSError):
        return path.stat().st_ino
    return 0


def _found(connection: sqlite3.Connection, as_of: date) -> Insight:
    known = cuts(connection)
    since = day_before_last(known, known[-1].day) if known else None
    first = cut_on(known, since) if since else None
    months = _rows(connection, growth_request(as_of))
    forecast = _forecast(connection, as_of)
    call_count, calls = _calls(connection, as_of)
    return Insight(
        kept_for="",
        since=since,
        changes=_changes(connection, as_of) if first else {},
        deltas=_deltas(connection, as_of, first, since) if first and since else {},
        months=[(str(row["month"]), _whole(row["end"])) for row in months],
        net=_whole(months[-1]["net"]),
        due=_whole(forecast["due"]),
        at_risk=_whole(forecast["at_risk"]),
        expected=float(forecast["expected"]) if isinstance(forecast["expected"], int | float) else None,
        amount=_whole(forecast["amount"]) if forecast.get("amount") is not None else None,
        calls=calls,
        call_count=call_count,
        reasons=_reasons(connection, as_of),
        lists=len(known),
    )


def _forecast(connection: sqlite3.Connection, as_of: date) -> dict[str, Value]:
    """Return the forecast's Total; without the amount where what is set for it will not do, as a start says."""
    try:
        rows = _rows(connection, forecast_request(as_of))
    except WrongUse:
        rows = _rows(connection, forecast_request(as_of, "month", "due", "at_risk", "expected"))
    return next(row for row in rows if row["month"] == TOTAL)


def _calls(connection: sqlite3.Connection, as_of: date) -> tuple[int, list[tuple[int, Row]]]:
    """Return how many accounts are at risk, and the first of them. Points are given once: it costs the most."""
    query = Query(connection, calls_request(as_of, "company", "username", "risk", "reasons"))
    rids = query.row_ids()
    first = rids[:CALLED]
    named = [
        (account, (company or username or "–", *rest))
        for account, (company, username, *rest) in zip(query.accounts_of(first), query.rows_of(first), strict=True)
    ]
    return len(rids), named


def _changes(connection: sqlite3.Connection, as_of: date) -> dict[str, int]:
    return {word: number for word, number in Query(connection, changes_request(as_of)).totals()[1] if number}


def _deltas(connection: sqlite3.Connection, as_of: date, first: Cut, since: date) -> dict[str, int]:
    before = statuses_then(connection, first, since)
    return {status: number - before[status] for status, number in _statuses(connection, as_of).items()}


# What is kept


def _without_names(insight: Insight) -> dict[str, Any]:
    """Return figures as they are kept: accounts to call by their numbers alone."""
    calls = [(account, risk, reasons) for account, (_, risk, reasons) in insight.calls]
    return asdict(insight) | {"since": insight.since and str(insight.since), "calls": calls}


def _kept(connection: sqlite3.Connection, kept_for: str) -> Insight | None:
    """Return the figures that an earlier start has kept; None where they hold no more, or cannot be read."""
    figures = figures_for(kept_for)
    if figures is None:
        return None
    with suppress(KeyError, TypeError, ValueError):
        return _read(connection, figures)
    return None


def _read(connection: sqlite3.Connection, figures: Mapping[str, Any]) -> Insight:
    """Return figures as they were before they were kept.

    Raises:
        KeyError, TypeError, ValueError: they are not as they are kept, or an account is no longer there.
    """
    numbers = [account for account, _, _ in figures["calls"]]
    marks = ", ".join("?" * len(numbers))
    names = dict(
        connection.execute(
            f"SELECT pk, coalesce(nullif(company, ''), nullif(username, ''), '–') FROM accounts WHERE pk IN ({marks})",
            numbers,
        )
    )
    return Insight(
        **{
            **figures,
            "since": date.fromisoformat(figures["since"]) if figures["since"] else None,
            "months": [(str(month), int(number)) for month, number in figures["months"]],
            "calls": [(account, (names[account], risk, reasons)) for account, risk, reasons in figures["calls"]],
            "reasons": [(str(reason), int(number)) for reason, number in figures["reasons"]],
        }
    )


# How it is found


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
