"""Managed Account Details: the managed accounts of one status, and what they have done."""

from __future__ import annotations

import sqlite3

from core.query.list_filters import LIST_FILTERS
from core.query.parameters import STATUS
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.report import CONTACT, IN_PARTNERSHIP, Arm, Report, Source, field_column, terms_of


class ManagedAccountDetails(Report):
    """The managed accounts in the partnership of one status, narrowed to make targeted lists (domain rules 2 to 4)."""

    id = "managed-account-details"
    title = "Managed Account Details"
    help = "The managed accounts of one status: first payment, list size, plan, last login, campaigns."
    rules = (
        "Lists the managed accounts in the partnership that have the chosen status.",
        "Status is one capital letter: O open, T trial, E expired trial, C canceled. It goes by the status of an"
        " account, not by its dates.",
        "No list: the list size is 0 or not known. A list of a certain size: from–to, both ends counted; an unknown"
        " size is in no range. Never logged in: no last login is known. Never sent a campaign: no last campaign is"
        " known, and campaigns sent is 0 or not known. Filters combine with and.",
        "Ordered by company unless asked otherwise, ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        CONTACT,
        field_column("email"),
        field_column("phone"),
        field_column("status"),
        field_column("plan_type"),
        field_column("list_size", help="Number of contacts in the account."),
        field_column("first_payment_on"),
        field_column("last_login_on"),
        field_column("last_campaign_sent_on"),
        field_column("campaigns_sent"),
        field_column("created_on"),
    )
    order = (Sort("company"),)
    totals = (("Contacts in their lists", "list_size"), ("Campaigns sent", "campaigns_sent"))
    parameters = (STATUS, *LIST_FILTERS)

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the managed accounts of the status."""
        where = f"a.relationship = 'managed' AND a.status = :status AND {IN_PARTNERSHIP}"
        parameters: dict[str, str | int] = {"as_of": str(request.as_of), "status": request.status or ""}
        return Source((Arm(terms_of(self.columns), where=where),), parameters)

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say where a filter rests on what is hardly known, and how many statuses are doubtful."""
        return [
            *notes.unknown_fields(connection, request, self.source(connection, request)),
            *notes.given_letters(connection, request),
            *notes.disagreements(connection, request, "status"),
        ]
