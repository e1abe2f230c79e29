"""New Account Bonus Tracker: which new accounts earn the bonus, and when."""

from __future__ import annotations

import sqlite3

from core.reports import notes
from core.reports.report import IN_PARTNERSHIP, Report, ReportColumn, Source, field_column, select_columns
from core.request import Request
from core.sorting import Sort

BONUS_DAYS = 95
"""Days from the initial upgrade until the bonus is earned [D]."""

_DAYS = "CAST(julianday(:as_of) - julianday(a.initial_upgrade_on) AS INTEGER)"
_CANCELLED = "CASE WHEN a.cancelled_on >= a.initial_upgrade_on THEN a.cancelled_on END"
"""A cancel before the upgrade is ignored: the account came back."""


def _lost_on(day: str) -> str:
    return f"({day}) <= :as_of AND julianday({day}) - julianday(a.initial_upgrade_on) < {BONUS_DAYS}"


NAB_STATUS = (
    f"CASE WHEN {_lost_on(_CANCELLED)} OR {_lost_on('a.moved_out_on')} THEN 'Lost'"
    f" WHEN a.status = 'C' AND ({_CANCELLED}) IS NULL OR a.status IN ('T', 'E')"
    f" OR ({notes.LEFT_AT_UNKNOWN_DATE}) THEN 'Unknown'"
    f" WHEN {_DAYS} >= {BONUS_DAYS} THEN 'Earned' ELSE 'Pending' END"
)
"""Domain rule 5, in its order. The earlier of two ends is near enough to lose the bonus when either is."""


class NewAccountBonusTracker(Report):
    """Every account that has upgraded, moved-out and cancelled ones included (domain rule 5)."""

    id = "new-account-bonus-tracker"
    title = "New Account Bonus Tracker"
    help = f"Which upgraded accounts have earned the new account bonus, {BONUS_DAYS} days after their initial upgrade."
    rules = (
        "Lists every account, managed or referred, whose initial upgrade is on or before today, moved-out and"
        " cancelled ones included.",
        f"Lost: the account cancelled or moved out fewer than {BONUS_DAYS} days after the upgrade. A cancel before the"
        " upgrade is ignored (the account came back), a move-out before it is not.",
        "Unknown: canceled without a known date, on trial or expired, or moved out at an unknown date.",
        f"Earned: {BONUS_DAYS} days or more since the upgrade. Pending: fewer.",
        f"Days To Go is {BONUS_DAYS} less the days since the upgrade while Pending, 0 when Earned. Bonus Date is the"
        f" upgrade and {BONUS_DAYS} days, when Pending or Earned.",
        "Stated is the NAB status that the imported file gave; it never replaces the computed one.",
        "Ordered by upgrade date, newest first, unless asked otherwise; ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        field_column("relationship"),
        ReportColumn("nab_status", "NAB Status", "text", "Earned, Pending, Lost or Unknown, as computed.", NAB_STATUS),
        field_column("stated", field="nab_status", title="Stated", help="The NAB status in the imported file."),
        field_column("initial_upgrade_on"),
        ReportColumn("days_since_upgrade", "Days Since Upgrade", "number", "Today less the upgrade date.", _DAYS),
        ReportColumn(
            "days_to_go",
            "Days To Go",
            "number",
            "Days until the bonus is earned.",
            f"CASE {NAB_STATUS} WHEN 'Pending' THEN {BONUS_DAYS} - {_DAYS} WHEN 'Earned' THEN 0 END",
        ),
        ReportColumn(
            "bonus_on",
            "Bonus Date",
            "date",
            "The day on which the bonus is, or was, earned.",
            f"CASE WHEN {NAB_STATUS} IN ('Pending', 'Earned')"
            f" THEN date(a.initial_upgrade_on, '+{BONUS_DAYS} days') END",
        ),
    )
    order = (Sort("initial_upgrade_on", descending=True),)
    totals = tuple((word, f"sum(nab_status = '{word}')") for word in ("Earned", "Pending", "Lost", "Unknown"))

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the accounts that have upgraded by today."""
        return Source(
            f"SELECT a.pk AS pk, a.pk AS rid, {select_columns(self.columns)} FROM accounts AS a"
            " WHERE a.initial_upgrade_on <= :as_of",
            {"as_of": str(request.as_of)},
        )

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say which open accounts are missing for want of an upgrade date."""
        missing = f"a.status = 'O' AND a.initial_upgrade_on IS NULL AND {IN_PARTNERSHIP}"
        return [
            *notes.counted(
                notes.count(connection, missing, request),
                "open account has no initial upgrade date and so is not listed.",
                "open accounts have no initial upgrade date and so are not listed.",
            ),
            *notes.unknown_fields(connection, request, self.source(connection, request)),
            *notes.disagreements(connection, request, "dates"),
        ]
