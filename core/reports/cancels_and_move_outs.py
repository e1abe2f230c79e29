"""Cancels and Move-Outs: who left in the last 90 days."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from core.query.kinds import DATE, NUMBER, Words
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.report import (
    HAS_GONE,
    IN_PARTNERSHIP,
    Arm,
    Report,
    ReportColumn,
    Source,
    days_before,
    field_column,
    terms_of,
)

WINDOW_DAYS = 90
"""How far back the report looks [D]; the first and the last day count [R]."""

_EVENTS = ("Cancel", "Move-out", "Gone")
"""The events that an account may have."""

_ONLY_ON = {"reason": "event = 'Cancel'", "moved_to": "event = 'Move-out'"}
"""Columns that stand on the rows of one event."""


class CancelsAndMoveOuts(Report):
    """One row per event: an account with a cancel and a move-out has two rows (domain rule 6)."""

    id = "cancels-and-move-outs"
    title = "Cancels and Move-Outs"
    help = f"The accounts that canceled, or moved out of the partnership, in the last {WINDOW_DAYS} days."
    rules = (
        f"One row per event, dated from {WINDOW_DAYS} days ago to today, both counted; an account that canceled and"
        " moved out has two rows. A later date is not yet an event.",
        "Gone: a complete list of that day lacks the account, and it has neither canceled nor moved out. That the"
        " vendor takes canceled accounts away some months later is no event.",
        "Goes by the dates of an account, not by its status.",
        "Reason stands on Cancel rows only, Moved To on Move-out rows only.",
        "Ordered by date, newest first, unless asked otherwise; ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        field_column("relationship"),
        ReportColumn("event", "Event", Words(_EVENTS), "Cancel, Move-out or Gone.", has_badges=True),
        ReportColumn("event_on", "Date", DATE, "The day of the event."),
        ReportColumn("days_ago", "Days Ago", NUMBER, "Today less that day."),
        field_column("reason", field="cancel_reason", title="Reason", help="Why it canceled, if given."),
        field_column("moved_to", help="Where it moved, if given."),
        field_column("plan_type"),
        field_column("list_size"),
        field_column("first_payment_on"),
    )
    first_columns = ("company", "event", "event_on", "reason", "moved_to")
    order = (Sort("event_on", descending=True),)
    counted = ("event", _EVENTS)

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the events."""
        arms = (
            self._arm("Cancel", "cancelled_on", {"moved_to"}),
            self._arm("Move-out", "moved_out_on", {"reason"}),
            self._arm("Gone", "gone_on", {"reason", "moved_to"}, HAS_GONE),
        )
        since = days_before(request.as_of, WINDOW_DAYS)
        return Source(arms, {"as_of": str(request.as_of), "since": since}, is_few=True)

    def _arm(self, event: str, day: str, empty: set[str], condition: str = "true") -> Arm:
        """Return the events of one kind; the columns named in `empty` do not belong to it."""
        sql = {
            "event": f"'{event}'",
            "event_on": f"a.{day}",
            "days_ago": f"CAST(julianday(:as_of) - julianday(a.{day}) AS INTEGER)",
            **dict.fromkeys(empty, "NULL"),
        }
        columns = tuple(
            replace(
                column,
                sql=sql.get(column.key, column.sql),
                key_sql="NULL" if column.key in empty else column.key_sql,
            )
            for column in self.columns
        )
        rows = f"a.{day} BETWEEN :since AND :as_of AND {condition}"
        return Arm(terms_of(columns), where=rows)

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say who left without a date and so cannot be placed in time."""
        undated = f"a.status = 'C' AND a.cancelled_on IS NULL AND {IN_PARTNERSHIP}"
        undated_cancels = notes.count(connection, undated, request)
        undated_moves = notes.count(connection, notes.LEFT_AT_UNKNOWN_DATE, request)
        return [
            *notes.counted(
                undated_cancels,
                "canceled account has no cancel date and so is not listed.",
                "canceled accounts have no cancel date and so are not listed.",
            ),
            *notes.counted(
                undated_moves,
                "account moved out without a date and so is not listed.",
                "accounts moved out without a date and so are not listed.",
            ),
            *notes.unknown_fields(connection, request, self.source(connection, request), only_on=_ONLY_ON),
            *notes.disagreements(connection, request, "dates"),
        ]
