"""The import rules once more, in plain Python, row by row over dicts: what `db.apply_import` must agree with.

Written from domain.md ("Which account a row is", "What a row does", "Rejected rows") and sharing no code with `db`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Account = dict[str, object]


@dataclass
class Model:
    """The accounts, in the order they came."""

    accounts: list[Account] = field(default_factory=list)

    def take(self, rows: dict[int, Account], *, erase_blanks: bool = False) -> dict[str, object]:
        """Take in rows (number: its fields) and return the counts, and the numbers of the rejected rows."""
        owner, rejected = self._owners(rows)
        groups: dict[int, list[int]] = {}
        for number in sorted(owner):
            groups.setdefault(id(owner[number]), []).append(number)
        known = [id(account) for account in self.accounts]
        counts = {"new": 0, "changed": 0, "same": 0, "returned": 0}
        for numbers in groups.values():
            first = rows[numbers[0]]
            if any(said(rows[number]) != said(first) for number in numbers):
                rejected |= set(numbers)
                continue
            account = owner[numbers[0]]
            counts["same"] += len(numbers) - 1
            if id(account) not in known:
                account.update(first)
                self.accounts.append(account)
                counts["new"] += 1
                continue
            before = dict(account)
            counts["returned"] += apply(account, first, erase_blanks)
            counts["same" if known_values(account) == known_values(before) else "changed"] += 1
        return counts | {"rejected": len(rejected), "rejected_rows": sorted(rejected)}

    def _owners(self, rows: dict[int, Account]) -> tuple[dict[int, Account], set[int]]:
        """Return which account each row is; a new one is an empty dict that is not among the accounts yet."""
        by_id = {account["account_id"]: account for account in self.accounts if account.get("account_id")}
        claimed: set[int] = set()
        made: list[tuple[str | None, Account]] = []
        owner: dict[int, Account] = {}
        rejected: set[int] = set()
        for number in sorted(rows):
            account_id, name = rows[number].get("account_id"), fold(rows[number].get("username"))
            if not account_id:
                continue
            if account_id not in by_id:
                free = [
                    a for a in self.accounts if not a.get("account_id") and name and fold(a.get("username")) == name
                ]
                if len(free) == 1 and id(free[0]) not in claimed:
                    claimed.add(id(free[0]))
                    by_id[account_id] = free[0]
                else:
                    by_id[account_id] = {}
            owner[number] = by_id[account_id]
            if not any(owner[number] is account for account in self.accounts):
                made.append((name, owner[number]))
        by_name: dict[str, Account] = {}
        for number in sorted(rows):
            if rows[number].get("account_id"):
                continue
            name = fold(rows[number].get("username"))
            assert name
            owners = {id(a): a for a in self.accounts if fold(a.get("username")) == name}
            owners |= {id(account): account for made_name, account in made if made_name == name}
            if len(owners) > 1:
                rejected.add(number)
            elif owners:
                owner[number] = next(iter(owners.values()))
            else:
                owner[number] = by_name.setdefault(name, {})
        return owner, rejected


def fold(name: object) -> str | None:
    return name.casefold() if isinstance(name, str) else None


def said(row: Account) -> Account:
    return {key: fold(value) if key == "username" else value for key, value in row.items()}


def known_values(account: Account) -> Account:
    return {key: value for key, value in account.items() if value is not None}


def apply(account: Account, row: Account, erase_blanks: bool) -> bool:
    """Do to a known account what a row says; return whether it came back."""
    before = dict(account)
    says_open = row.get("status") in ("O", "T")
    for key, value in row.items():
        if value is not None or (erase_blanks and key != "account_id"):
            account[key] = value
    returned = False
    for date, companion in (("cancelled_on", "cancel_reason"), ("moved_out_on", "moved_to")):
        if says_open and date in row and row[date] is None and before.get(date) is not None:
            account[date], account[companion] = None, row.get(companion)
            returned = True
    if (
        says_open
        and "moved_to" in row
        and row["moved_to"] is None
        and before.get("moved_to") is not None
        and before.get("moved_out_on") is None
        and row.get("moved_out_on") is None
    ):
        account["moved_to"] = None
        returned = True
    return returned
