"""What Changed: what is otherwise since the list before, account by account."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from core.errors import NoAccounts, Step, WrongUse
from core.past.cuts import Cut, cut_on, cuts, day_before_last
from core.past.net_changes import CHANGES, LEAST_STEP
from core.past.net_table import Comparison, accounts_table, prepare
from core.query.kinds import DATE, NUMBER, TEXT, Words
from core.query.look import Look
from core.query.parameters import DayParameter
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.report import Arm, Report, ReportColumn, Source, field_column, terms_of

SINCE, UNTIL = "since", "until"

_OF_CHANGE = {column: f"{column} is" for column in ("field", "before", "after", "difference")}


class WhatChanged(Report):
    """One row for each account and change between two lists, net (insight, section 4)."""

    id = "what-changed"
    title = "What Changed"
    help = "What is otherwise since the list before: new, upgraded, canceled, moved out, gone, grown, shrunk."
    rules = (
        "Compares the accounts as they were known on two days: after the last import that tells of the first day or an"
        " earlier one, and the same of the second. By default the last list and the one of the day before it.",
        "The comparison is net: what went and came back in between is not there. Whether an account was in the"
        " partnership is judged on each of the two days, so a move-out that was still to come counts when its day has"
        " come.",
        "New: the account was not known before; it has no other row but Canceled, Moved Out or Gone, if it is so now.",
        "Upgraded: from a trial, or an expired one, to Open. Trial Expired: from Trial to Expired Trial. Canceled: from"
        " any other status. Status: any other change of it.",
        "Returned: from Canceled to Open or Trial, or back into the partnership. Moved Out: left the partnership. Gone:"
        " left it only in that a complete list lacks it.",
        f"List Grew, List Shrank: by at least {LEAST_STEP} contacts and at least a tenth of the size before.",
        "First Login, First Campaign: none was known before. Contact: one row for each of company, username, first and"
        " last name, email and phone.",
        "Learnt On is the day told of by the last import that changed what the row rests on: when it was learnt, not"
        " when it happened.",
        "Ordered by change, as listed here, then by company; ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        field_column("relationship"),
        ReportColumn(
            "change",
            "Change",
            Words(CHANGES),
            f"One of {', '.join(CHANGES)}.",
            has_badges=True,
            sql="n.change",
            key_sql="n.change_key",
        ),
        ReportColumn("field", "Field", TEXT, "For Contact: the key of the field that changed.", sql="n.field"),
        ReportColumn(
            "before", "Before", TEXT, "What was known on the first day.", sql="n.before", key_sql="fold_key(n.before)"
        ),
        ReportColumn(
            "after", "After", TEXT, "What was known on the second day.", sql="n.after", key_sql="fold_key(n.after)"
        ),
        ReportColumn("difference", "Difference", NUMBER, "Of list sizes: contacts.", sql="n.difference"),
        ReportColumn("seen_on", "Learnt On", DATE, "The day told of by the import that changed it.", sql="n.seen_on"),
        field_column("status"),
    )
    first_columns = ("company", "change", "before", "after", "difference", "seen_on")
    order = (Sort("change"), Sort("company"))
    counted = ("change", CHANGES)
    look = Look(rows_are="Changes")
    has_past = False
    parameters = (
        DayParameter(
            name=SINCE,
            title="Since",
            help="For what-changed: compare the accounts as known on this day; by default that of the list before.",
            metavar="YYYY-MM-DD",
            example="the list before",
        ),
        DayParameter(
            name=UNTIL,
            title="Until",
            help="For what-changed: … with those as known on this day; by default now.",
            metavar="YYYY-MM-DD",
            example="now",
        ),
    )

    def check(self, request: Request) -> None:
        """Check that the days are in order.

        Raises:
            WrongUse: since is after until.
        """
        since, until = request.given.get(SINCE), _until(request)
        if isinstance(since, date) and since > until:
            raise WrongUse(f"{since} is after {until}.", Step.EARLIER_DAY())

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the changes; they are found first, and held by the connection.

        Raises:
            NoAccounts: nothing was known on the first day.
        """
        prepare(connection, comparison(connection, request))
        table = f"temp.net_changes AS n JOIN {accounts_table(connection)} AS a ON a.pk = n.account"
        arm = Arm(terms_of(self.columns), table, row_id="n.row_id", account="n.account")
        return Source((arm,), {}, is_few=True)

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say which lists are compared, and how many accounts changed in what has no row."""
        compared = comparison(connection, request)
        if compared is None:
            return ["There is only one list to look at: what changed is known from the second import on."]
        without_row = prepare(connection, compared)
        said = [f"Compares {_named(compared.since)} with {_named(compared.until)}."]
        if compared.since == compared.until:
            said = [f"No import tells of a day after {_named(compared.since)}: there is nothing to compare it with."]
        return [
            *said,
            *notes.counted(
                without_row,
                "other account changed in what has no row here, such as its last login.",
                "other accounts changed in what has no row here, such as their last login.",
            ),
            *notes.unknown_fields(connection, _on_accounts(request), self.source(connection, request)),
        ]


def _on_accounts(request: Request) -> Request:
    """Return the request without what it says of changes: that most rows have no field or size is no gap."""
    from core.conditions.tree import columns_of

    condition = request.condition
    if condition is None or any(column.key in _OF_CHANGE for column in columns_of(condition)):
        return replace(request, condition=None)
    return request


def comparison(connection: sqlite3.Connection, request: Request) -> Comparison | None:
    """Return what a request compares; None where there is only one list.

    Raises:
        NoAccounts: nothing was known on the first day.
    """
    known = cuts(connection)
    given, until = request.given.get(SINCE), _until(request)
    last = cut_on(known, until) if UNTIL in request.given else (known[-1] if known else None)
    since = given if isinstance(given, date) else day_before_last(known, last.day if last else until)
    first = cut_on(known, since) if since else None
    if last is None or (first is None and isinstance(given, date)):
        wanted = until if last is None else since
        first_day = f"The first import tells of {known[0].day}." if known else "Import a list first."
        raise NoAccounts(f"Nothing was known on {wanted}.", first_day)
    if first is None or since is None:
        return None
    return Comparison(first, last, since, until)


def _until(request: Request) -> date:
    until = request.given.get(UNTIL)
    return until if isinstance(until, date) else request.as_of


def _named(cut: Cut) -> str:
    return f"{cut.file}, of {cut.day}"
