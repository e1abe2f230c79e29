"""The four reports computed a second time: plain Python over account dicts, from the words of the rules alone.

Nothing here knows how the program does it. A report is a list of lines (column key → value, unknown is None) as the
accounts come; `in_order`, `cells` and what the notes count stand beside. Rule numbers are those of the domain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

Account = dict[str, Any]
Line = dict[str, Any]

STATUS = {"O": "Open", "T": "Trial", "E": "Expired Trial", "C": "Canceled"}
TYPE = {"managed": "Managed", "referred": "Referred"}
NUMBERS = {"list_size", "campaigns_sent", "days_since_upgrade", "days_to_go", "days_ago"}
NOT_DECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "þ": "th"})

DETAILS = [
    "account_id",
    "username",
    "company",
    "contact",
    "email",
    "phone",
    "status",
    "plan_type",
    "list_size",
    "first_payment_on",
    "last_login_on",
    "last_campaign_sent_on",
    "campaigns_sent",
    "created_on",
]
TRACKER = [
    "account_id",
    "username",
    "company",
    "relationship",
    "nab_status",
    "stated",
    "initial_upgrade_on",
    "days_since_upgrade",
    "days_to_go",
    "bonus_on",
]
DEPARTURES = [
    "account_id",
    "username",
    "company",
    "relationship",
    "event",
    "event_on",
    "days_ago",
    "reason",
    "moved_to",
    "plan_type",
    "list_size",
    "first_payment_on",
]


ORDER = {
    "managed-account-details": [("company", False)],
    "new-account-bonus-tracker": [("days_to_go", False), ("initial_upgrade_on", True)],
    "cancels-and-move-outs": [("event_on", True)],
    "my-accounts": [("company", False)],
}
"""The order of each report unless asked otherwise: (column key, whether descending)."""


def day(account: Account, key: str) -> date | None:
    return date.fromisoformat(account[key]) if account[key] else None


def folded(text: str) -> str:
    """Rule 8: a text without case and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return bare.casefold().translate(NOT_DECOMPOSED)


# --- rules 2, 3 and 7 ---


def is_gone(account: Account, today: date) -> bool:
    gone_on = day(account, "gone_on")
    return gone_on is not None and gone_on <= today


def in_partnership(account: Account, today: date) -> bool:
    if is_gone(account, today):
        return False
    moved_out_on = day(account, "moved_out_on")
    if moved_out_on:
        return moved_out_on > today
    return not account["moved_to"]


def left_at_unknown_date(account: Account) -> bool:
    return bool(account["moved_to"]) and not account["moved_out_on"]


def disagrees(account: Account, today: date) -> bool:
    cancelled_on, upgraded_on = day(account, "cancelled_on"), day(account, "initial_upgrade_on")
    if not cancelled_on:
        return False
    if account["status"] == "C":
        return cancelled_on > today
    came_back = upgraded_on is not None and cancelled_on < upgraded_on
    return account["status"] in ("O", "T", "E") and cancelled_on <= today and not came_back


def shown(account: Account) -> Line:
    """The account with the words that every table shows."""
    names = [name for name in (account["first_name"], account["last_name"]) if name]
    return {
        **account,
        "contact": " ".join(names) or None,
        "status": STATUS.get(account["status"], account["status"]),
        "relationship": TYPE.get(account["relationship"]),
        "starred": "no",
        "last_note": None,
    }


# --- the reports ---


def all_accounts_summary(accounts: Sequence[Account], today: date) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the column keys and the rows."""
    here = [account for account in accounts if in_partnership(account, today)]

    def row(title: str, some: list[Account]) -> tuple[Any, ...]:
        types = [account["relationship"] for account in some]
        unknown = [sum(kind not in TYPE for kind in types)] if any(a["relationship"] not in TYPE for a in here) else []
        return (title, types.count("managed"), types.count("referred"), *unknown, len(types))

    rows = [row(word, [a for a in here if a["status"] == letter]) for letter, word in STATUS.items()]
    if others := [account for account in here if account["status"] not in STATUS]:
        rows.append(row("Other", others))
    rows.append(row("Total", here))
    unknown = ["unknown"] if len(rows[0]) == 5 else []
    return ["status", "managed", "referred", *unknown, "total"], rows


def managed_account_details(
    accounts: Sequence[Account],
    today: date,
    status: str,
    *,
    no_list: bool = False,
    sizes: tuple[int | None, int | None] | None = None,
    never_logged_in: bool = False,
    never_sent: bool = False,
) -> list[Line]:
    def wanted(account: Account) -> bool:
        size = account["list_size"]
        if no_list and size not in (0, None):
            return False
        if sizes and (size is None or size < (sizes[0] or 0) or (sizes[1] is not None and size > sizes[1])):
            return False
        if never_logged_in and account["last_login_on"]:
            return False
        return not (never_sent and (account["last_campaign_sent_on"] or account["campaigns_sent"] not in (0, None)))

    return [
        shown(account)
        for account in accounts
        if account["relationship"] == "managed" and account["status"] == status and in_partnership(account, today)
        if wanted(account)
    ]


def new_account_bonus_tracker(accounts: Sequence[Account], today: date) -> list[Line]:
    lines = []
    for account in accounts:
        upgraded_on = day(account, "initial_upgrade_on")
        if upgraded_on is None or upgraded_on > today:
            continue
        days = (today - upgraded_on).days
        nab = _nab(account, upgraded_on, today)
        lines.append(
            {
                **shown(account),
                "nab_status": nab,
                "stated": account["nab_status"],
                "days_since_upgrade": days,
                "days_to_go": 95 - days if nab == "Pending" else None,
                "bonus_on": (upgraded_on + timedelta(95)).isoformat() if nab in ("Pending", "Earned") else None,
            }
        )
    return lines


def _nab(account: Account, upgraded_on: date, today: date) -> str:
    cancelled_on, moved_out_on = day(account, "cancelled_on"), day(account, "moved_out_on")
    if cancelled_on and cancelled_on < upgraded_on:
        cancelled_on = None
    ends = [ended for ended in (cancelled_on, moved_out_on) if ended and ended <= today]
    if ends and (min(ends) - upgraded_on).days < 95:
        return "Lost"
    if is_gone(account, today):
        if (date.fromisoformat(account["gone_on"]) - upgraded_on).days < 95:
            return "Lost"
        seen_on = day(account, "last_seen_on")
        if seen_on and (seen_on - upgraded_on).days < 95:
            return "Unknown"
    if account["status"] == "C" and not cancelled_on:
        return "Unknown"
    if account["status"] in ("T", "E") or left_at_unknown_date(account):
        return "Unknown"
    return "Earned" if (today - upgraded_on).days >= 95 else "Pending"


def cancels_and_move_outs(accounts: Sequence[Account], today: date) -> list[Line]:
    lines = []
    for account in accounts:
        for event, key in (("Cancel", "cancelled_on"), ("Move-out", "moved_out_on"), ("Gone", "gone_on")):
            event_on = day(account, key)
            if event == "Gone" and _has_ended_otherwise(account):
                continue
            if event_on is None or not 0 <= (today - event_on).days <= 90:
                continue
            lines.append(
                {
                    **shown(account),
                    "event": event,
                    "event_on": event_on.isoformat(),
                    "days_ago": (today - event_on).days,
                    "reason": account["cancel_reason"] if event == "Cancel" else None,
                    "moved_to": account["moved_to"] if event == "Move-out" else None,
                }
            )
    return lines


def _has_ended_otherwise(account: Account) -> bool:
    """Whether an account that is gone has cancelled or moved out, so that its vanishing is no event."""
    gone_on, cancelled_on = day(account, "gone_on"), day(account, "cancelled_on")
    if account["status"] == "C" or account["moved_out_on"] or account["moved_to"]:
        return True
    return bool(gone_on and cancelled_on and cancelled_on <= gone_on)


# --- what the notes count ---


def disagreements(accounts: Iterable[Account], today: date) -> int:
    return sum(disagrees(account, today) for account in accounts)


def open_without_upgrade(accounts: Iterable[Account], today: date) -> int:
    return sum(
        account["status"] == "O" and not account["initial_upgrade_on"] and in_partnership(account, today)
        for account in accounts
    )


def cancelled_without_date(accounts: Iterable[Account], today: date) -> int:
    return sum(
        account["status"] == "C" and not account["cancelled_on"] and in_partnership(account, today)
        for account in accounts
    )


def moved_without_date(accounts: Iterable[Account]) -> int:
    return sum(map(left_at_unknown_date, accounts))


# --- rule 8: order ---


def in_order(lines: Iterable[Line], sorts: Sequence[tuple[str, bool]]) -> list[Line]:
    """Sort lines by (column key, whether descending), ties by account id, unknown values last in either direction.

    Lines that are still equal stay as they come.
    """
    ordered = list(lines)
    for key, descending in reversed([*sorts, ("account_id", False)]):
        known = [line for line in ordered if line.get(key) is not None]
        unknown = [line for line in ordered if line.get(key) is None]
        # reverse=True keeps equal lines in their order, as sorting up does
        known.sort(key=lambda line: line[key] if key in NUMBERS else folded(line[key]), reverse=descending)
        ordered = known + unknown
    return ordered


def cells(lines: Iterable[Line], keys: Sequence[str]) -> list[tuple[Any, ...]]:
    return [tuple(line[key] for key in keys) for line in lines]
