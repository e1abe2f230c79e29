"""A report as a saved view shows it: what --view asks for."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from core.database import Database
from core.query.request import Request
from core.views.saved_views import load_view
from core.views.view import ViewState, layout_at_first


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
