"""From a count to the accounts that it counts, which its report names (`Report.behind`)."""

from __future__ import annotations

from datetime import date

from core.query.request import Report, Request, ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS, REPORTS

_REPORTS = {report.id: report for report in (*REPORTS, MY_ACCOUNTS, ALL_ACCOUNTS)}


def request_behind(report: Report, row: str, column: str, as_of: date) -> Request | None:
    """Return the request for the accounts behind one cell of a report of counts; None where no table holds just them.

    Args:
        report: the report of counts.
        row: what its first column says: a status word, a month, Total.
        column: the key of the column; the first column stands for the whole row.
        as_of: the report's day.
    """
    behind = report.behind(row, column, as_of)
    if behind is None:
        return None
    return ask(_REPORTS[behind.report], as_of, where=behind.where, status=behind.status or None)
