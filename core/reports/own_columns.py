"""The columns of the partner's own fields, which stand behind ours in every table that shows all of an account."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from copy import copy

from core.database import Database
from core.errors import NoAccounts
from core.query.kinds import DATE, NUMBER, TEXT
from core.reports.report import Report, ReportColumn
from db.fields import Field
from db.own_fields import own_fields

_KINDS = {"date": DATE, "number": NUMBER}


def own_column(field: Field) -> ReportColumn:
    """Return the column that shows an own field."""
    key_sql = f"a.{field.key}_key" if field.is_text else ""
    kind = _KINDS.get(field.kind, TEXT)
    return ReportColumn(field.key, field.title, kind, "A field of your own.", sql=f"a.{field.key}", key_sql=key_sql)


def with_own_fields(report: Report, fields: Sequence[Field]) -> Report:
    """Return a report with the columns of own fields, if it shows all of an account; else the report itself."""
    if not report.shows_all or tuple(fields) == report.own_fields:
        return report
    bound = copy(report)
    ours = len(report.columns) - len(report.own_fields)
    bound.columns = (*report.columns[:ours], *map(own_column, fields))
    bound.own_fields = tuple(fields)
    return bound


def bound(report: Report, connection: sqlite3.Connection) -> Report:
    """Return a report with the columns that it has in the database of a connection."""
    return with_own_fields(report, own_fields(connection)) if report.shows_all else report


def bound_to(report: Report, database: Database) -> Report:
    """Return a report with the columns that it has in a database; where there is none, with ours alone.

    Raises:
        WorkFailed: the database cannot be read.
    """
    try:
        with closing(database.read()) as connection:
            return bound(report, connection)
    except NoAccounts:
        return report
