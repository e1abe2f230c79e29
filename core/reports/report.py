"""What reports are made of: columns of fields, and the SQL of the words and rules that several of them share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.query.columns import Column, Value
from core.query.kinds import DATE, ID, NUMBER, RELATIONSHIP, STATUS, TEXT, Kind
from core.query.request import Report
from core.query.source import Arm, ReportColumn, Source
from db import account_notes, complete_list
from db.fields import FIELD

__all__ = [
    "CONTACT",
    "HAS_GONE",
    "IN_PARTNERSHIP",
    "Arm",
    "Report",
    "ReportColumn",
    "Source",
    "days_before",
    "field_column",
    "rows_source",
    "terms_of",
]
"""The report itself and its source are of the query layer; whoever writes a report finds all of it here."""


def terms_of(columns: tuple[ReportColumn, ...]) -> str:
    """Return the terms of a SELECT that give each column, and its sort key, its name."""
    terms = [f"{column.sql} AS {column.key}" for column in columns]
    terms += [f"{column.key_sql} AS {column.key}_key" for column in columns if column.key_sql]
    return ", ".join(terms)


def rows_source(
    columns: Sequence[Column], rows: Sequence[Sequence[Value]], empty: frozenset[str] = frozenset()
) -> Source:
    """Return rows that were computed as a source; they are few, so they stand in the query itself."""
    parameters: dict[str, str | int] = {}
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [str(number)]
        for value in row:
            if isinstance(value, str):
                parameters[f"cell_{len(parameters)}"] = value
                cells.append(f":cell_{len(parameters) - 1}")
            else:
                cells.append("NULL" if value is None else repr(value))
        lines.append(f"({', '.join(cells)})")
    terms = ", ".join(f'column{place} AS "{column.key}"' for place, column in enumerate(columns, start=2))
    if not rows:
        lines.append(f"({', '.join(['NULL'] * (len(columns) + 1))})")  # VALUES cannot stand without a row
    arm = Arm(terms, f"(VALUES {', '.join(lines)})", "true" if rows else "false", row_id="column1", account="NULL")
    return Source((arm,), parameters, empty)


IN_PARTNERSHIP = f"({complete_list.IN_PARTNERSHIP.format(day=':as_of')})"
"""Domain rule 2, as of the request's day. Never NULL: it may be negated."""

HAS_GONE = (
    "a.status IS NOT 'C' AND coalesce(a.cancelled_on > a.gone_on, true) AND a.moved_out_on IS NULL"
    " AND a.moved_to IS NULL"
)
"""Whether that an account is gone says that it left: not of one that has cancelled, which the vendor takes away some
months later (domain rule 13), nor of one that has moved out."""

_KINDS: dict[str, Kind] = {"id": ID, "date": DATE, "number": NUMBER, "status": STATUS, "relationship": RELATIONSHIP}


def field_column(key: str, *, field: str = "", title: str = "", help: str = "") -> ReportColumn:
    """Return the column that shows an account's field as it is known."""
    source = FIELD[field or key]
    kind = _KINDS.get(source.kind, TEXT)
    return ReportColumn(
        key,
        title or source.title,
        kind,
        help,
        has_badges=key == "status",
        is_unbroken=key == "phone",
        sql=kind.of_stored_sql(f"a.{source.key}"),
        key_sql=f"a.{source.key}_key" if source.is_text else "",
    )


def _joined(first: str, last: str) -> str:
    return f"coalesce({first} || ' ' || {last}, {first}, {last})"


CONTACT = ReportColumn(
    "contact",
    "Contact",
    TEXT,
    "First and last name.",
    sql=_joined("a.first_name", "a.last_name"),
    key_sql="CASE WHEN a.first_name_key IS NULL AND a.last_name_key IS NULL THEN NULL ELSE "
    + _joined("coalesce(a.first_name_key, lower(a.first_name))", "coalesce(a.last_name_key, lower(a.last_name))")
    + " END",
)


STARRED = ReportColumn(
    "starred",
    "Starred",
    TEXT,
    "yes or no: whether the account has a star of yours.",
    sql=f"CASE WHEN {account_notes.STARRED} THEN 'yes' ELSE 'no' END",
)
LAST_NOTE = ReportColumn(
    "last_note",
    "Last Note",
    TEXT,
    "The last note that was written on the account.",
    sql=account_notes.LAST_NOTE,
    key_sql=f"fold_key({account_notes.LAST_NOTE})",
)
"""Both are as they are now, whatever day the accounts are shown of."""


def days_before(day: date, days: int) -> str:
    """Return the ISO date `days` before a day; the first of all days where there is none so early."""
    return date.fromordinal(max(1, day.toordinal() - days)).isoformat()
