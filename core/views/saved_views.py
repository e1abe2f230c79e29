"""Views that are kept in the database: the last one of each report, and those that a person has named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.database import Database
from core.errors import Fault, WrongUse
from core.query.request import Request
from core.reports.report import Report
from core.text import names
from core.views.view import ViewState, layout_at_first
from db import views
from db.connection import connect_existing

_PATIENCE = 200
"""Milliseconds to wait for another process's lock before the last view is forgotten."""


def remember_view(database: Path, report: Report, state: ViewState) -> None:
    """Keep how a report was last looked at. Best effort: a database that cannot be written never stops a person."""
    try:
        with closing(connect_existing(database)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            views.save(connection, report.id, views.LAST, state.to_json())
    except (Fault, sqlite3.Error):
        return


def last_view(connection: sqlite3.Connection, report: Report) -> ViewState | None:
    """Return how a report was last looked at; None where nothing readable is kept."""
    kept = views.find(connection, report.id, views.LAST)
    return None if kept is None else _read(report, kept)


def save_view(database: Path, report: Report, name: str, state: ViewState) -> None:
    """Keep a view under a name; one that has the name already is replaced.

    Raises:
        WrongUse: the name will not do.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(name)
    with closing(connect_existing(database)) as connection:
        views.save(connection, report.id, checked, state.to_json())


def load_view(connection: sqlite3.Connection, report: Report, name: str) -> ViewState:
    """Return the view of a report that has this name, in any case.

    Raises:
        WrongUse: there is none; the names that there are are said. Or it was kept by another version.
    """
    wanted = checked_name(name)
    state = _read(report, views.load(connection, report.id, wanted))
    if state is None:
        raise WrongUse(f"The view '{wanted}' was kept by another version of this program.", "Save it anew.")
    return state


def view_names(connection: sqlite3.Connection, report: Report) -> list[str]:
    """Return the names of a report's saved views, in order."""
    return views.names(connection, report.id)


def delete_view(database: Path, report: Report, name: str) -> None:
    """Forget a view.

    Raises:
        WrongUse: there is none of this name.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        views.delete(connection, report.id, checked_name(name))


def checked_name(text: str) -> str:
    """Return `text` as the name of a view, outer blanks taken off.

    Raises:
        WrongUse: it is empty, too long, or cannot be shown.
    """
    return names.checked_name(text, "view", "Large lists")


def _read(report: Report, kept: dict[str, Any]) -> ViewState | None:
    """Return the state that was kept; None where it names a column to sort by that is no longer there."""
    try:
        state = ViewState.from_json(kept)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    known = {column.key for column in report.columns}
    return state if all(sort.key in known for sort in state.sort) else None


def as_viewed(database: Database, request: Request, name: str) -> Request:
    """Return the request with the filter, the order and the columns of a saved view where it says nothing of them.

    Raises:
        WrongUse: there is no such view, or it names a column that is no longer there.
        NoAccounts: there is no database.
    """
    with closing(database.read()) as connection:
        view = load_view(connection, request.report, name)
    wanted = ViewState(request.where or view.where, request.sort or view.sort).asked_of(request)
    is_arranged = not view.layout.has_same_columns(layout_at_first(request.report))
    chosen = view.layout.chosen(request.report.columns) if is_arranged else ()
    return replace(wanted, columns=request.columns or chosen)
