"""New Account Bonus Tracker: which new accounts earn the bonus, and when."""

from __future__ import annotations

import sqlite3

from core.query.columns import Bar
from core.query.kinds import DATE, NUMBER, Words
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.report import (
    IN_PARTNERSHIP,
    Arm,
    Report,
    ReportColumn,
    Source,
    days_before,
    field_column,
    terms_of,
)

BONUS_DAYS = 95
"""Days from the initial upgrade until the bonus is earned [D]."""

_DAYS = "CAST(julianday(:as_of) - julianday(a.initial_upgrade_on) AS INTEGER)"
_BONUS_ON = f"date(a.initial_upgrade_on, '+{BONUS_DAYS} days')"

NAB_STATUS = (
    "CASE"
    " WHEN a.cancelled_on <= :as_of AND a.cancelled_on >= a.initial_upgrade_on AND a.cancelled_on < {bonus_on}"
    " OR a.moved_out_on <= :as_of AND a.moved_out_on < {bonus_on}"
    " OR a.gone_on <= :as_of AND a.gone_on < {bonus_on} THEN 'Lost'"
    " WHEN a.gone_on <= :as_of AND a.last_seen_on < {bonus_on} THEN 'Unknown'"
    " WHEN a.status = 'C' AND (a.cancelled_on IS NULL OR a.cancelled_on < a.initial_upgrade_on)"
    " OR a.status IN ('T', 'E') OR {left_at_unknown_date} THEN 'Unknown'"
    " WHEN a.initial_upgrade_on <= :earned_by THEN 'Earned' ELSE 'Pending' END"
).format(bonus_on=_BONUS_ON, left_at_unknown_date=f"({notes.LEFT_AT_UNKNOWN_DATE})")
"""Domain rule 5, in its order. The earliest of several ends loses the bonus just when one of them does; a cancel before
the upgrade is ignored (the account came back), a move-out before it is not. An account that is gone may have ended on
any day since it was last seen."""


_NAB_WORDS = ("Earned", "Pending", "Lost", "Unknown")

COMPUTED = ("nab_status", "days_since_upgrade", "days_to_go", "bonus_on")
"""Columns that follow from the dates of an account; no file gives them."""


class NewAccountBonusTracker(Report):
    """Every account that has upgraded, moved-out and cancelled ones included (domain rule 5)."""

    id = "new-account-bonus-tracker"
    title = "New Account Bonus Tracker"
    help = f"Which upgraded accounts have earned the new account bonus, {BONUS_DAYS} days after their initial upgrade."
    rules = (
        "Lists every account, managed or referred, whose initial upgrade is on or before today, moved-out and"
        " canceled ones included.",
        f"Lost: the account canceled, moved out or was gone from a complete list fewer than {BONUS_DAYS} days after"
        " the upgrade. A cancel before the upgrade is ignored (the account came back), a move-out before it is not.",
        "Unknown: canceled without a known date, on trial or expired, or moved out at an unknown date; or gone, and"
        f" last seen fewer than {BONUS_DAYS} days after the upgrade.",
        f"Earned: {BONUS_DAYS} days or more since the upgrade. Pending: fewer.",
        f"Days To Go is {BONUS_DAYS} less the days since the upgrade while Pending, else empty. Bonus Date is the"
        f" upgrade and {BONUS_DAYS} days, when Pending or Earned.",
        "Stated is the NAB status that the imported file gave; it never replaces the computed one.",
        "Ordered by days to go, soonest first, then the others by upgrade date, newest first, unless asked otherwise;"
        " ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        field_column("relationship"),
        ReportColumn(
            "nab_status",
            "NAB Status",
            Words(_NAB_WORDS),
            "Earned, Pending, Lost or Unknown, as computed.",
            has_badges=True,
            sql=NAB_STATUS,
        ),
        field_column("stated", field="nab_status", title="Stated", help="The NAB status in the imported file."),
        field_column("initial_upgrade_on"),
        ReportColumn("days_since_upgrade", "Days Since Upgrade", NUMBER, "Today less the upgrade date.", sql=_DAYS),
        ReportColumn(
            "days_to_go",
            "Days To Go",
            NUMBER,
            "Days until the bonus is earned, while it is pending.",
            bar=Bar(BONUS_DAYS),
            sql=f"CASE {NAB_STATUS} WHEN 'Pending' THEN {BONUS_DAYS} - {_DAYS} END",
        ),
        ReportColumn(
            "bonus_on",
            "Bonus Date",
            DATE,
            "The day on which the bonus is, or was, earned.",
            sql=f"CASE WHEN {NAB_STATUS} IN ('Pending', 'Earned') THEN {_BONUS_ON} END",
        ),
    )
    first_columns = ("company", "nab_status", "days_to_go", "bonus_on", "initial_upgrade_on")
    order = (Sort("days_to_go"), Sort("initial_upgrade_on", descending=True))
    order_parts = (
        ("initial_upgrade_on > :earned_by AND days_to_go IS NOT NULL", (Sort("initial_upgrade_on"),)),
        ("days_to_go IS NULL", (Sort("initial_upgrade_on", descending=True),)),
    )
    counted = ("nab_status", _NAB_WORDS)

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the accounts that have upgraded by today."""
        arm = Arm(terms_of(self.columns), where="a.initial_upgrade_on <= :as_of")
        return Source((arm,), {"as_of": str(request.as_of), "earned_by": days_before(request.as_of, BONUS_DAYS)})

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say which open accounts are missing for want of an upgrade date."""
        missing = f"a.status = 'O' AND a.initial_upgrade_on IS NULL AND {IN_PARTNERSHIP}"
        return [
            *notes.counted(
                notes.count(connection, missing, request),
                "open account has no initial upgrade date and so is not listed.",
                "open accounts have no initial upgrade date and so are not listed.",
            ),
            *notes.unknown_fields(
                connection, request, self.source(connection, request), computed_from=dict.fromkeys(COMPUTED, ())
            ),
            *notes.disagreements(connection, request, "dates"),
        ]
