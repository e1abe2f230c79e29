"""Which accounts are in a list: as SQL, and as a table."""

from __future__ import annotations

import sqlite3
from datetime import date

from core.clock import today
from core.lists.target_list import TargetList
from core.query.query import Query
from core.query.request import Request
from core.reports.all_accounts import ALL_ACCOUNTS, day_parameters
from core.reports.report import Arm, Report, Source, terms_of
from db.lists import SELECTED_ACCOUNTS

Parameters = dict[str, str | int]


def members_sql(connection: sqlite3.Connection, target: TargetList, as_of: date) -> tuple[str, Parameters]:
    """Return the SQL of a list's accounts (`pk`, some perhaps twice), and the values it needs.

    Raises:
        WorkFailed: the list cannot be read any more.
    """
    if target.is_selection:
        return SELECTED_ACCOUNTS, {"list": int(target.key)}
    query = Query(connection, target.request(as_of))
    return query.accounts_sql(), query.parameters


class ListReport(Report):
    """The accounts of one list, as a table that can be sorted, filtered further, shown and exported like any report."""

    columns = ALL_ACCOUNTS.columns
    shows_all = True
    totals = ALL_ACCOUNTS.totals
    rules = (
        "Lists the accounts of one targeted list.",
        "Ordered by company, those of a bonus by days to go, unless asked otherwise.",
    )

    def __init__(self, target: TargetList) -> None:
        """Show the accounts of `target`."""
        self.target = target
        self.id = f"list-{_word(target.name)}"
        self.title = target.name
        self.help = target.help or "The accounts of a targeted list."
        self.order = target.order
        asked = (key for key in target.asked_columns(today()) if key != "in_partnership")
        self.first_columns = tuple(dict.fromkeys(("company", *asked, *ALL_ACCOUNTS.first_columns)))

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the list's accounts.

        Raises:
            WorkFailed: the list cannot be read any more.
        """
        members, parameters = members_sql(connection, self.target, request.as_of)
        arm = Arm(terms_of(self.columns), where=f"a.pk IN ({members})")
        return Source((arm,), parameters | day_parameters(request.as_of), is_few=True)

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say whom the list holds, and where it rests on what is hardly known."""
        holds = f"The list holds: {self.target.sentence(request.as_of)}."
        if self.target.is_selection:
            return [holds]
        asked = self.target.request(request.as_of)
        return [holds, *asked.report.notes(connection, asked)]


def _word(name: str) -> str:
    """Return a name as one word that any file system takes."""
    return "-".join("".join(char if char.isalnum() else " " for char in name.casefold()).split()) or "of-accounts"
