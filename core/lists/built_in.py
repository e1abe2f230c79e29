"""The lists that are there from the start: whom the vendor, and we, advise partners to write to.

They hold accounts in the partnership, managed and referred, of status Open or Trial unless they say otherwise; an
account whose type is not known is in them too. What the words mean stands in domain rule 4.
"""

from __future__ import annotations

from core.lists.target_list import BY_COMPANY, TargetList
from core.query.sorting import Sort
from core.reports.all_accounts import ALL_ACCOUNTS, BONUS_AT_RISK, HERE, IDLE, NEVER_SENT, OPEN_OR_TRIAL

SOONEST_FIRST = (Sort("days_to_go"), *BY_COMPANY)


def _list(
    key: str, name: str, help: str, *where: str, needs_size: bool = False, order: tuple[Sort, ...] = BY_COMPANY
) -> TargetList:
    given = {"report": ALL_ACCOUNTS.id, "where": list(where)}
    return TargetList(key, name, given, help, is_built_in=True, needs_size=needs_size, order=order)


BUILT_IN: tuple[TargetList, ...] = (
    _list(
        "no-list",
        "No list",
        "Accounts without a single contact",
        "(list_size is empty or list_size = 0)",
        *OPEN_OR_TRIAL,
    ),
    _list(
        "list-of-a-size",
        "List of a certain size",
        "Accounts by the number of their contacts",
        *OPEN_OR_TRIAL,
        needs_size=True,
    ),
    _list(
        "never-logged-in",
        "Never logged in",
        "Accounts of which no login is known",
        "last_login_on is empty",
        *OPEN_OR_TRIAL,
    ),
    _list(
        "never-sent",
        "Never sent a campaign",
        "Accounts that have sent nothing yet",
        NEVER_SENT,
        *OPEN_OR_TRIAL,
    ),
    _list(
        "expired-trials",
        "Expired trials",
        "Accounts to make an offer to",
        'status = "Expired Trial"',
        HERE,
    ),
    _list(
        "idle-60-days",
        "Idle 60 days",
        "Open accounts whose last campaign was sent over 60 days ago, or never",
        IDLE,
        "status = Open",
        HERE,
    ),
    _list(
        "bonus-due-14",
        "Bonus due within 14 days",
        "Open or trial, about to earn the new account bonus",
        "nab_status = Pending",
        "days_to_go <= 14",
        *OPEN_OR_TRIAL,
        order=SOONEST_FIRST,
    ),
    _list(
        "bonus-due",
        "Bonus due within 30 days",
        "Open or trial, soon to earn the new account bonus",
        "nab_status = Pending",
        "days_to_go <= 30",
        *OPEN_OR_TRIAL,
        order=SOONEST_FIRST,
    ),
    _list(
        "bonus-at-risk",
        "Bonus at risk",
        "Accounts whose bonus is pending, and that are idle or have never sent",
        *BONUS_AT_RISK,
        order=SOONEST_FIRST,
    ),
    _list(
        "left",
        "Left in the last 90 days",
        "Accounts that canceled, moved out or are gone, each once",
        "left_on between today-90 and today",
    ),
)
