"""The contacts of a list: which of its accounts can be written to, each address once."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from core.errors import Say, Step
from core.lists.contact import DUPLICATE, EXPORTED_BEFORE, why_left_out
from core.lists.members import members_sql
from core.lists.target_list import TargetList
from core.query.query import BLOCK
from core.text.vocabulary import count_of
from db.list_exports import WAS_EXPORTED

CONSENT = "Write only to those who have agreed to be written to: the vendor's terms, and most laws, ask for consent."


class Candidate(NamedTuple):
    """An account of a list, as a contact or as what is left out."""

    email: str | None
    first_name: str | None
    last_name: str | None
    company: str | None
    phone: str | None
    account_id: str | None
    username: str | None
    address: str | None
    """The e-mail address in lower case: what tells contacts apart."""
    exported_before: bool
    """Whether the address was ever exported from this list."""
    reason: str | None
    """Why it is left out, in words; None for a contact."""


_CANDIDATES = """
SELECT a.email, a.first_name, a.last_name, a.company, a.phone, a.account_id, a.username, lower(a.email) AS address,
  {was_exported} AS exported_before
FROM accounts AS a WHERE a.pk IN ({members})
ORDER BY address,
  max(coalesce(a.last_login_on, ''), coalesce(a.last_campaign_sent_on, ''), coalesce(a.created_on, '')) DESC, a.pk
"""
"""By address, the newest activity first. Addresses that are valid are ASCII, so SQLite's lower() does for them."""


def candidates(
    connection: sqlite3.Connection, target: TargetList, as_of: date, *, new_only: bool = False
) -> Iterator[list[Candidate]]:
    """Yield a list's accounts in blocks, by address.

    Of several accounts with one address, the one with the newest activity (last login, last campaign, created) that can
    be written to is the contact. With `new_only` addresses that were exported from this list before are left out.

    Raises:
        WorkFailed: the list cannot be read any more.
        WrongUse: it needs a size.
    """
    members, parameters = members_sql(connection, target, as_of)
    was_exported = WAS_EXPORTED.format(address="lower(a.email)")
    cursor = connection.execute(
        _CANDIDATES.format(was_exported=was_exported, members=members), parameters | {"list_key": target.key}
    )
    last: str | None = None
    while rows := cursor.fetchmany(BLOCK):
        block = []
        for *values, address, exported_before in rows:
            reason = why_left_out(*values[:5])
            if reason is None and address == last:
                reason = DUPLICATE
            elif reason is None:
                last = address
                reason = EXPORTED_BEFORE if new_only and exported_before else None
            block.append(Candidate._make((*values, address, bool(exported_before), reason)))
        yield block


@dataclass(slots=True)
class Statement:
    """How many accounts of a list are contacts, and how many are left out and why."""

    contacts: int = 0
    exported_before: int = 0
    """How many of the contacts were exported from this list before."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason to number."""

    @property
    def accounts(self) -> int:
        """How many accounts the list holds."""
        return self.contacts + self.left_out.total()

    @property
    def new(self) -> int:
        """How many of the contacts were never exported from this list."""
        return self.contacts - self.exported_before

    def add(self, block: list[Candidate]) -> None:
        """Count some candidates."""
        left_out = [one.reason for one in block if one.reason is not None]
        self.contacts += len(block) - len(left_out)
        self.left_out.update(left_out)
        self.exported_before += sum(one.exported_before for one in block if one.reason is None)

    def lines(self, say: Say) -> list[str]:
        """Return the statement for people, as plain sentences, as a front end says the hint."""
        lines = [f"{count_of(self.accounts, 'account')} in the list: {count_of(self.contacts, 'contact')} to upload."]
        if self.left_out:
            reasons = "; ".join(f"{number:,} {reason}" for reason, number in self.left_out.most_common())
            lines.append(f"Left out: {self.left_out.total():,} ({reasons}).")
        if self.exported_before:
            lines.append(
                f"{self.exported_before:,} of the contacts were exported from this list before, {self.new:,} are new:"
                f" {say(Step.ONLY_NEW_CONTACTS())}"
            )
        if self.contacts:
            lines.append(CONSENT)
        return lines


def preview(
    connection: sqlite3.Connection,
    target: TargetList,
    as_of: date,
    *,
    new_only: bool = False,
    tick: Callable[[int], None] = lambda _: None,
) -> Statement:
    """Return what an export of a list would say, without exporting anything.

    `tick` is told the accounts looked at so far, and may raise `core.errors.Cancelled`.

    Raises:
        WorkFailed: the list cannot be read any more.
        WrongUse: it needs a size.
    """
    statement = Statement()
    for block in candidates(connection, target, as_of, new_only=new_only):
        statement.add(block)
        tick(statement.accounts)
    return statement
