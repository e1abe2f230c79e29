"""A request read back from what was kept of it: `Request.for_programs`, and the report's id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.query.request import Report, Request, ask


def ask_again(report: Report, given: Mapping[str, Any], as_of: date) -> Request:
    """Return the request that was kept as `given`, as of another day.

    Raises:
        WrongUse: a column that it names is no longer there, or nothing readable is kept.
    """
    known_on = given.get("known_on")
    others = ("report", "where", "sort", "columns", "selected", "known_on")
    return ask(
        report,
        as_of,
        where=given.get("where", ()),
        sort=given.get("sort", ()),
        columns=given.get("columns", ()),
        known_on=date.fromisoformat(known_on) if known_on else None,
        **{name: value for name, value in given.items() if name not in others},
    )
