"""How many accounts each list holds now."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.conditions.sql import to_sql
from core.errors import WorkFailed
from core.lists.members import Parameters, members_sql
from core.lists.target_list import TargetList
from core.query.request import Request
from core.reports.all_accounts import ALL_ACCOUNTS


@dataclass(frozen=True, slots=True)
class Counted:
    """A list and how many accounts are in it now."""

    target: TargetList
    sentence: str = ""
    """Whom it holds, in words; '' if it cannot be read."""
    count: int | None = None
    """None if it needs a size, or cannot be read."""
    fault: WorkFailed | None = None
    """Why it cannot be read."""


def counted(connection: sqlite3.Connection, targets: Sequence[TargetList], as_of: date) -> list[Counted]:
    """Return each list with its count. One that cannot be read does not keep the others from being counted.

    The lists that filter all accounts, as the built-in ones do, are counted in one pass over them.
    """
    lines: list[Counted] = []
    together: dict[int, Request] = {}
    for place, target in enumerate(targets):
        try:
            line = Counted(target, target.sentence(as_of))
            if target.is_selection or target.given.get("report") != ALL_ACCOUNTS.id:
                line = replace(line, count=_count(connection, target, as_of))
            elif not target.needs_size:
                together[place] = target.request(as_of)
        except WorkFailed as fault:
            line = Counted(target, fault=fault)
        lines.append(line)
    for place, count in zip(together, _count_together(connection, list(together.values())), strict=True):
        lines[place] = replace(lines[place], count=count)
    return lines


def _count(connection: sqlite3.Connection, target: TargetList, as_of: date) -> int:
    members, parameters = members_sql(connection, target, as_of)
    number: int = connection.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT * FROM ({members}))", parameters
    ).fetchone()[0]
    return number


def _count_together(connection: sqlite3.Connection, requests: Sequence[Request]) -> list[int]:
    """Return the counts of requests that filter all accounts as of one day."""
    if not requests:
        return []
    most = max(requests, key=lambda request: len(request.report.columns))  # with the partner's own fields, if one has
    source = most.report.source(connection, most)
    parameters: Parameters = dict(source.parameters)
    conditions = (request.condition for request in requests)
    terms = (to_sql(c, most.report.folded, parameters) if c else "true" for c in conditions)
    counts = ", ".join(f"count(*) FILTER (WHERE {term})" for term in terms)
    return list(connection.execute(f"SELECT {counts} FROM ({source.sql})", parameters).fetchone())
