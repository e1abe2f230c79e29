"""A request read back from what was kept of it: `Request.for_programs`, and the report's id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.query.request import Request, ask
from core.reports.report import Report
from core.targets import Targets, parse_size


def ask_again(report: Report, given: Mapping[str, Any], as_of: date) -> Request:
    """Return the request that was kept as `given`, as of another day.

    Raises:
        WrongUse: a column that it names is no longer there.
    """
    size, known_on = given.get("list_size"), given.get("known_on")
    return ask(
        report,
        as_of,
        status=given.get("status"),
        targets=Targets(
            no_list=bool(given.get("no_list")),
            list_size=parse_size(size) if size else None,
            never_logged_in=bool(given.get("never_logged_in")),
            never_sent=bool(given.get("never_sent")),
        ),
        where=given.get("where", ()),
        sort=given.get("sort", ()),
        columns=given.get("columns", ()),
        known_on=date.fromisoformat(known_on) if known_on else None,
    )
