"""Imports with days and complete lists once more, in plain Python: whole snapshots, and no log of changes.

Written from the words of insight.md 1 to 3 on top of `tests.db.import_model`, and sharing no code with `db`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from tests.db.import_model import Account, Model, fold, known_values


@dataclass
class Given:
    """One import: what the file says, and what is said of it."""

    keys: list[str]
    rows: dict[int, Account]
    dated: str
    complete: str | None = None
    unreadable: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Account ids and usernames in rows that could not be read."""


@dataclass
class Snapshot:
    """All accounts after an import, each with the days on which it was seen."""

    dated: str
    accounts: list[Account]
    seen: list[str]
    """For each account the last day on which an import added it, changed it, or named it in a complete list."""


@dataclass
class History:
    """The snapshots, the last one first known; the first stands before every import."""

    snapshots: list[Snapshot] = field(default_factory=lambda: [Snapshot("", [], [])])

    def take(self, given: Given) -> dict[str, object]:
        """Take an import in; return its counts, and the ids and usernames of the accounts that are gone."""
        before = self.snapshots[-1]
        model = Model(copy.deepcopy(before.accounts))
        owners, _ = model._owners(given.rows)
        counts = model.take(given.rows)
        rejected = set(counts["rejected_rows"])
        placed = {id(owner) for number, owner in owners.items() if number not in rejected}
        named = [
            id(account) in placed or self._is_in(account, given, rejected)
            for account in copy_of(before.accounts, model.accounts)
        ]
        for account, old in zip(model.accounts, before.accounts, strict=False):
            if id(account) in placed and old.get("gone_on"):
                account["gone_on"] = account["last_seen_on"] = None
                if known_values(strip(account)) == known_values(strip(old)):
                    counts["changed"] += 1
                    counts["same"] -= 1
                if not self._had_returned(old, account):
                    counts["returned"] += 1
        gone = []
        seen = list(before.seen)
        for place, old in enumerate(before.accounts):
            account = model.accounts[place]
            in_scope = self._in_scope(old, given)
            if in_scope and not named[place]:
                gone.append((account.get("account_id"), account.get("username")))
                account["gone_on"], account["last_seen_on"] = given.dated, before.seen[place]
            if known_values(account) != known_values(old) or (in_scope and named[place]):
                seen[place] = given.dated
        seen += [given.dated] * (len(model.accounts) - len(before.accounts))
        self.snapshots.append(Snapshot(given.dated, model.accounts, seen))
        return counts | {"gone": gone}

    def undo(self) -> None:
        """Take the last import back."""
        self.snapshots.pop()

    def known_on(self, day: str) -> list[Account] | None:
        """Return the accounts as known on a day; None before the first import."""
        known = [snapshot for snapshot in self.snapshots[1:] if snapshot.dated <= day]
        return known[-1].accounts if known else None

    @staticmethod
    def _is_in(account: Account, given: Given, rejected: set[int]) -> bool:
        others = [(given.rows[n].get("account_id"), given.rows[n].get("username")) for n in rejected]
        return any(
            (account_id and account_id == account.get("account_id"))
            or (username and fold(username) == fold(account.get("username")))
            for account_id, username in [*given.unreadable, *others]
        )

    @staticmethod
    def _in_scope(account: Account, given: Given) -> bool:
        if given.complete is None or (given.complete != "all" and account.get("relationship") != given.complete):
            return False
        if account.get("gone_on"):
            return False
        moved_out_on = account.get("moved_out_on")
        return moved_out_on > given.dated if moved_out_on else not account.get("moved_to")

    @staticmethod
    def _had_returned(old: Account, new: Account) -> bool:
        """Whether a return by cleared dates was counted already."""
        return any(old.get(key) and not new.get(key) for key in ("cancelled_on", "moved_out_on")) or bool(
            old.get("moved_to") and not new.get("moved_to") and not old.get("moved_out_on")
        )


def copy_of(before: list[Account], after: list[Account]) -> list[Account]:
    """Return the accounts of `after` that were there before: they stand first, in the same order."""
    return after[: len(before)]


def strip(account: Account) -> Account:
    return {key: value for key, value in account.items() if key not in ("gone_on", "last_seen_on")}
