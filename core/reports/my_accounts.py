"""My accounts: every account that was ever imported, with all that is known of it."""

from __future__ import annotations

import sqlite3

from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.report import LAST_NOTE, STARRED, Arm, Report, Source, field_column, terms_of
from db.fields import FIELDS


class MyAccounts(Report):
    """The page My accounts: no report of the vendor's, but a table like theirs."""

    id = "my-accounts"
    title = "My accounts"
    help = "Every account, with all that is known of it."
    rules = ("Lists every account, those that have left the partnership included.", "Ordered by company.")
    columns = (*(field_column(field.key) for field in FIELDS), STARRED, LAST_NOTE)
    shows_all = True
    order = (Sort("company"),)
    totals = (("Contacts in their lists", "list_size"),)

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return all accounts."""
        return Source((Arm(terms_of(self.columns)),), {})

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say where a filter rests on what is hardly known."""
        return notes.unknown_fields(connection, request, self.source(connection, request))
