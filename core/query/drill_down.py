"""From a count to the accounts that it counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from core.query.look import TOTAL
from core.query.request import Request, ask
from core.reports.all_accounts import ALL_ACCOUNTS, BONUS_AT_RISK
from core.reports.all_accounts_summary import OTHER
from core.reports.catalogue import MY_ACCOUNTS, find_report
from core.text.vocabulary import STATUS_WORDS

_IN_PARTNERSHIP = (
    "(moved_out_on > today or moved_out_on is empty and moved_to is empty) and (gone_on > today or gone_on is empty)"
)
_GROUPS = {
    "managed": "relationship = managed",
    "referred": "relationship = referred",
    "unknown": "relationship is empty",
}


def request_behind_row(report: str, row: str, column: str, as_of: date) -> Request | None:
    """Return the request for the accounts behind one cell of a report of counts; None where they are not known.

    Args:
        report: the report's id.
        row: what its first column says: a status word, a month, Total.
        column: the key of the column; the first column stands for the whole row.
        as_of: the report's day.
    """
    if report == "all-accounts-summary":
        return request_behind(row, column, as_of)
    return _bonuses_behind(row, column, as_of) if report == "bonus-forecast" else None


def _bonuses_behind(month: str, column: str, as_of: date) -> Request:
    """Return the request for the bonuses that Bonus Forecast counts in a cell; a whole row stands for those due."""
    first = as_of.replace(day=1) if month == TOTAL else date.fromisoformat(f"{month}-01")
    conditions = [f"bonus_on >= {first}"]
    if month != TOTAL:
        conditions.append(f"bonus_on <= {first.replace(day=monthrange(first.year, first.month)[1])}")
    if column == "at_risk":
        return ask(ALL_ACCOUNTS, as_of, where=[*conditions, *BONUS_AT_RISK])
    wanted = "Earned" if column == "earned" else "Pending"
    return ask(find_report("new-account-bonus-tracker"), as_of, where=[*conditions, f"nab_status = {wanted}"])


def request_behind(status: str, column: str, as_of: date) -> Request:
    """Return the request for the accounts counted in one cell of All Accounts Summary.

    Args:
        status: the row: a status word, Other or Total.
        column: the key of the column; the first column stands for the whole row.
        as_of: the summary's day.
    """
    letter = next((letter for letter, word in STATUS_WORDS.items() if word == status), None)
    if letter and column == "managed":
        return ask(find_report("managed-account-details"), as_of, status=letter)
    conditions = [_IN_PARTNERSHIP]
    if letter:
        conditions.append(f"status = {letter}")
    elif status == OTHER:
        known = ", ".join(f'"{word}"' for word in STATUS_WORDS.values())
        conditions.append(f"(status is empty or status not in ({known}))")
    if column in _GROUPS:
        conditions.append(_GROUPS[column])
    return ask(MY_ACCOUNTS, as_of, where=conditions)
