"""A partner's accounts as the vendor lists them, read whole and once each, as a table that import takes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from core.text.vocabulary import count_of
from core.vendor.client import Client, StrayLink
from core.vendor.faults import QuotaExceeded, Refused, VendorFault

TYPES = {"managed": "Managed", "unmanaged": "Referred"}
"""The vendor's `account_type` to ours (its *unmanaged* is our *referred*), in the order in which they are read."""
LIMIT = "50"
"""Accounts of a page, the most that there are [D]."""

ID, USERNAME, COMPANY, SIZE, STATUS = (
    "encoded_account_id",
    "site_owner_name",
    "organization_name",
    "subscriber_count",
    "billing_status",
)
LAST_LOGIN = "last_login_date"
HEADINGS = {
    ID: "Account ID",
    USERNAME: "Username",
    COMPANY: "Company",
    SIZE: "List Size",
    STATUS: "Status",
    LAST_LOGIN: "Last Login",
}
TYPE, PLAN = "Account Type", "Plan Type"

Tick = Callable[[int], None]
"""Told the accounts read so far."""


@dataclass(slots=True)
class Fetched:
    """What the vendor listed."""

    rows: list[dict[str, str]] = field(default_factory=list)
    """Each account by our headings; what it does not say is ''."""
    repeated: int = 0
    """Accounts that came more than once, since pages shift while they are read; each is a row once."""
    plans_unknown: int = 0
    """Accounts of which the vendor did not tell the plan, though asked."""
    stopped: VendorFault | None = None
    """Why the lists, or the plans, were not read to their end."""
    is_complete: bool = False
    """Whether both lists ended cleanly: who is not in them is no longer the partner's."""

    @property
    def headings(self) -> list[str]:
        """The columns that say something of any account."""
        always = [HEADINGS[ID], HEADINGS[USERNAME], HEADINGS[COMPANY], HEADINGS[SIZE], HEADINGS[STATUS], TYPE]
        return always + [name for name in (HEADINGS[LAST_LOGIN], PLAN) if any(row.get(name) for row in self.rows)]

    def notes(self) -> list[tuple[str, str, int]]:
        """Return what a reader must know: its kind, a plain sentence, and how many accounts it counts."""
        notes = []
        if self.repeated:
            text = f"{count_of(self.repeated, 'account')} came more than once, as the list changed while it was read."
            notes.append(("listed_again", text, self.repeated))
        if self.plans_unknown:
            text = f"The vendor did not tell the plan of {count_of(self.plans_unknown, 'account')}."
            notes.append(("plans_unknown", text, self.plans_unknown))
        if self.stopped and not self.is_complete:
            notes.append(("list_incomplete", "The list is not complete, so no account counts as gone.", 0))
        return notes


def fetch_accounts(client: Client, tick: Tick = lambda _: None) -> Fetched:
    """Read all of a partner's accounts, the managed ones and then the others.

    Where the pages do not lead to their end, or the day's requests are used up, what was read is returned, with
    `stopped`.

    Raises:
        VendorFault: the vendor gives no answer.
        WorkFailed: it does not take the partner's credentials.
    """
    fetched = Fetched()
    add_accounts(client, fetched, tick)
    return fetched


def add_accounts(client: Client, fetched: Fetched, tick: Tick = lambda _: None) -> None:
    """Read all accounts, and add those that `fetched` lacks: a page that shifts can hide one.

    Raises:
        VendorFault, WorkFailed: as for `fetch_accounts`.
    """
    before = {row[HEADINGS[ID]] for row in fetched.rows}
    seen: set[str] = set()
    try:
        for kind, words in TYPES.items():
            query = {"account_type": kind, "limit": LIMIT}
            for page in client.pages("/partner/accounts", f"The list of {words.lower()} accounts", query):
                for row in _rows(page, words):
                    number = row[HEADINGS[ID]]
                    if number in seen:
                        fetched.repeated += 1
                    elif number not in before:
                        fetched.rows.append(row)
                    if number:
                        seen.add(number)
                tick(len(fetched.rows))
    except (StrayLink, QuotaExceeded) as fault:
        if not fetched.rows:
            raise
        fetched.stopped, fetched.is_complete = fault, False
    else:
        fetched.is_complete = True


def add_plans(client: Client, fetched: Fetched, last: Collection[str], tick: Tick = lambda _: None) -> None:
    """Ask for the plan of each account, one request each; those in `last` (ids) after the others.

    When the day's requests are used up, the rest keeps the plan that is known.

    Raises:
        VendorFault, WorkFailed: as for `fetch_accounts`.
    """
    asked = 0
    for row in sorted(fetched.rows, key=lambda row: row[HEADINGS[ID]] in last):
        if not (number := row[HEADINGS[ID]]):
            continue
        try:
            said = client.get(f"/partner/accounts/{quote(number, safe='')}/plan", f"The plan of account {number}")
        except QuotaExceeded as fault:
            fetched.stopped = fault
            return
        except Refused as fault:
            if fault.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST):
                raise
            fetched.plans_unknown += 1
        else:
            row[PLAN] = _text(said.get("plan_type"))
            fetched.plans_unknown += not row[PLAN]
        asked += 1
        tick(asked)


def _rows(page: dict[str, Any], words: str) -> list[dict[str, str]]:
    owners = page.get("site_owner_list")
    if not isinstance(owners, list):
        raise VendorFault("The list of accounts: the vendor answered with what is no answer.", "Try again later.")
    return [_row(owner if isinstance(owner, dict) else {}, words) for owner in owners]


def _row(owner: dict[str, Any], words: str) -> dict[str, str]:
    return {heading: _text(owner.get(name)) for name, heading in HEADINGS.items()} | {TYPE: words}


def _text(value: Any) -> str:
    """Return a value as a file would have it; null is blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value)
