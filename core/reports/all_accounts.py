"""All accounts, with what the reports compute of each: what targeted lists filter."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from core.query.kinds import DATE, Words
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.new_account_bonus_tracker import BONUS_DAYS, COMPUTED, NewAccountBonusTracker
from core.reports.report import (
    CONTACT,
    HAS_GONE,
    IN_PARTNERSHIP,
    LAST_NOTE,
    STARRED,
    Arm,
    Report,
    ReportColumn,
    Source,
    days_before,
    field_column,
    terms_of,
)
from db.fields import FIELDS


def _upgraded(column: ReportColumn) -> ReportColumn:
    """Return a column of the bonus tracker for all accounts: unknown for those that the tracker does not list."""
    return replace(column, sql=f"CASE WHEN a.initial_upgrade_on <= :as_of THEN {column.sql} END")


def _past(day: str, condition: str = "true") -> str:
    return f"CASE WHEN a.{day} <= :as_of AND {condition} THEN a.{day} ELSE '' END"


_TRACKER = {column.key: column for column in NewAccountBonusTracker.columns}

COLUMNS: tuple[ReportColumn, ...] = (
    *(field_column(field.key) for field in FIELDS if field.key != "nab_status"),
    CONTACT,
    ReportColumn(
        "in_partnership",
        "In Partnership",
        Words(("yes", "no")),
        "yes or no: whether the account has neither moved out nor gone.",
        sql=f"CASE WHEN {IN_PARTNERSHIP} THEN 'yes' ELSE 'no' END",
    ),
    ReportColumn(
        "left_on",
        "Left On",
        DATE,
        "The day of the last cancel or move-out that is not after today; else the one from which it is gone.",
        sql=f"nullif(max({_past('cancelled_on')}, {_past('moved_out_on')}, {_past('gone_on', HAS_GONE)}), '')",
    ),
    _TRACKER["stated"],
    *(_upgraded(_TRACKER[key]) for key in COMPUTED),
    STARRED,
    LAST_NOTE,
)

COMPUTED_FROM: dict[str, tuple[str, ...]] = {
    "in_partnership": (),
    "left_on": (),
    "contact": ("last_name",),
    **dict.fromkeys(COMPUTED, ("initial_upgrade_on",)),
}
"""Column to the fields without which it cannot be known. That an account has not left is no gap in what is known."""


HERE = "in_partnership = yes"
OPEN_OR_TRIAL = ("status in (Open, Trial)", HERE)
"""Stands last: what few accounts meet is asked first, which is quicker and reads better."""
NEVER_SENT = "last_campaign_sent_on is empty and (campaigns_sent is empty or campaigns_sent = 0)"
IDLE = f"(last_campaign_sent_on < today-60 or {NEVER_SENT})"
BONUS_AT_RISK = ("nab_status = Pending", IDLE, *OPEN_OR_TRIAL)
"""Conditions that targeted lists are made of; the last ones are those of the list *Bonus at risk*."""


class AllAccounts(Report):
    """Every account that was ever imported, those that have left included."""

    id = "all-accounts"
    title = "All accounts"
    help = "Every account, with all that is known and computed of it."
    rules = ("Lists every account, those that have left the partnership included.", "Ordered by company.")
    columns = COLUMNS
    shows_all = True
    order = (Sort("company"),)
    totals = (("Contacts in their lists", "list_size"),)

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return all accounts."""
        return Source((Arm(terms_of(self.columns)),), day_parameters(request.as_of))

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say where a filter rests on what is hardly known."""
        return notes.unknown_fields(connection, request, self.source(connection, request), COMPUTED_FROM)


def day_parameters(as_of: date) -> dict[str, str | int]:
    """Return the days that the columns compare with."""
    return {"as_of": str(as_of), "earned_by": days_before(as_of, BONUS_DAYS)}


ALL_ACCOUNTS = AllAccounts()
