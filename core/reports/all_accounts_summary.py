"""All Accounts Summary: how many accounts of each status there are, managed and referred."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date

from core.query.columns import Value
from core.query.kinds import NUMBER, TEXT
from core.query.look import TOTAL, Chart, ChartShape, Look
from core.query.request import Behind, Request
from core.reports import notes
from core.reports.report import IN_PARTNERSHIP, Report, ReportColumn, Source, rows_source
from core.text.vocabulary import STATUS_WORDS

OTHER = "Other"
_GROUPS = ("managed", "referred", "unknown")
_HERE = (
    "(moved_out_on > today or moved_out_on is empty and moved_to is empty) and (gone_on > today or gone_on is empty)"
)
"""Domain rule 2, as a condition on My accounts."""
_OF_GROUP = {
    "managed": "relationship = managed",
    "referred": "relationship = referred",
    "unknown": "relationship is empty",
}

Counts = dict[str, Counter[str]]
"""Row by row (a status word, Other, Total), how many accounts of each group and in total."""


class AllAccountsSummary(Report):
    """Counts of the accounts in the partnership, which always add up to all of them (domain rules 2 and 3)."""

    id = "all-accounts-summary"
    title = "All Accounts Summary"
    help = "How many accounts are open, on trial, expired and canceled, each split into managed and referred."
    rules = (
        "Counts the accounts in the partnership: those that by today have neither moved out nor gone from a complete"
        " list.",
        "Goes by the status of an account, not by its dates.",
        "Other holds the statuses that are neither Open, Trial, Expired Trial nor Canceled, and accounts without one;"
        " Unknown holds the accounts that are neither managed nor referred. Both are shown only when not empty, so the"
        " totals always add up to all accounts.",
    )
    columns = (
        ReportColumn("status", "Status", TEXT, "Open, Trial, Expired Trial, Canceled, Other, and the Total."),
        ReportColumn("managed", "Managed", NUMBER, "Accounts that the partner runs."),
        ReportColumn("referred", "Referred", NUMBER, "Accounts that came by the partner's link and run themselves."),
        ReportColumn("unknown", "Unknown", NUMBER, "Accounts that are neither known as managed nor as referred."),
        ReportColumn("total", "Total", NUMBER, "All of the row."),
    )
    is_list = False
    look = Look(
        total_in="status",
        chart=Chart(
            ChartShape.BARS,
            "Accounts by status",
            category="status",
            series=_GROUPS,
            description="Bars: the accounts of each status by account type.",
        ),
    )

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the counts as rows."""
        rows = summary_counts(connection, request)
        cells: list[list[Value]] = [
            [status, *(counts[group] for group in (*_GROUPS, "total"))] for status, counts in rows.items()
        ]
        return rows_source(self.columns, cells, frozenset() if rows[TOTAL]["unknown"] else frozenset({"unknown"}))

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say who is not counted, and how many statuses are doubtful."""
        return [
            *notes.outside_partnership(connection, request),
            *notes.given_letters(connection, request),
            *notes.disagreements(connection, request, "status"),
        ]

    def behind(self, row: str, column: str, as_of: date) -> Behind:
        """Return the accounts of a status and group; see `Report.behind`."""
        letter = next((letter for letter, word in STATUS_WORDS.items() if word == row), None)
        if letter and column == "managed":
            return Behind("managed-account-details", status=letter)
        conditions = [_HERE]
        if letter:
            conditions.append(f"status = {letter}")
        elif row == OTHER:
            known = ", ".join(f'"{word}"' for word in STATUS_WORDS.values())
            conditions.append(f"(status is empty or status not in ({known}))")
        if column in _OF_GROUP:
            conditions.append(_OF_GROUP[column])
        return Behind("my-accounts", tuple(conditions))


def summary_counts(connection: sqlite3.Connection, request: Request) -> Counts:
    """Return the counts of the rows that are shown, Total last."""
    counts: Counts = {word: Counter() for word in (*STATUS_WORDS.values(), OTHER)}
    groups = connection.execute(
        f"SELECT a.status, a.relationship, count(*) FROM accounts AS a WHERE {IN_PARTNERSHIP} GROUP BY 1, 2",
        {"as_of": str(request.as_of)},
    )
    for status, relationship, number in groups:
        row = counts[STATUS_WORDS.get(status, OTHER)]
        row[relationship or "unknown"] += number
        row["total"] += number
    if not counts[OTHER]:
        del counts[OTHER]
    total: Counter[str] = Counter()
    for row in counts.values():
        total += row
    return counts | {TOTAL: total}
