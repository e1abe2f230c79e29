"""Who is in a built-in list, computed a second time: plain Python over account dicts, from the words of the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.core.reports.oracle import Account, cancels_and_move_outs, in_partnership, new_account_bonus_tracker


def _never_sent(account: Account) -> bool:
    return not account["last_campaign_sent_on"] and account["campaigns_sent"] in (None, 0)


def _idle(account: Account, today: date) -> bool:
    sent_on = account["last_campaign_sent_on"]
    return _never_sent(account) or (sent_on is not None and date.fromisoformat(sent_on) < today - timedelta(60))


def members(key: str, accounts: list[Account], today: date, size: tuple[int, int] = (0, 0)) -> list[Account]:
    """Return the accounts of the built-in list of a key."""
    if key == "left":
        gone = [line["pk"] for line in cancels_and_move_outs(_numbered(accounts), today)]
        return [account for number, account in enumerate(accounts) if number in gone]
    nab: dict[int, Any] = {line["pk"]: line for line in new_account_bonus_tracker(_numbered(accounts), today)}

    def wanted(number: int, account: Account) -> bool:
        pending = number in nab and nab[number]["nab_status"] == "Pending"
        match key:
            case "no-list":
                return account["list_size"] in (None, 0)
            case "list-of-a-size":
                return account["list_size"] is not None and size[0] <= account["list_size"] <= size[1]
            case "never-logged-in":
                return account["last_login_on"] is None
            case "never-sent":
                return _never_sent(account)
            case "expired-trials":
                return True
            case "idle-60-days":
                return account["status"] == "O" and _idle(account, today)
            case "bonus-due-14":
                return pending and nab[number]["days_to_go"] <= 14
            case "bonus-due":
                return pending and nab[number]["days_to_go"] <= 30
            case "bonus-at-risk":
                return pending and _idle(account, today)
        raise AssertionError(key)

    statuses = ("E",) if key == "expired-trials" else ("O", "T")
    return [
        account
        for number, account in enumerate(accounts)
        if account["status"] in statuses and in_partnership(account, today) and wanted(number, account)
    ]


def _numbered(accounts: list[Account]) -> list[Account]:
    return [account | {"pk": number} for number, account in enumerate(accounts)]
