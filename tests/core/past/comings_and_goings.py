"""Histories in which accounts that pay cancel, move out, vanish and come back, again and again.

`histories` draws fields one by one: hardly ever does an account of it leave and return twice.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.core.past.histories import KEYS, TODAY, History, Snapshot, iso

Account = dict[str, Any]
STEPS = ["come back", "cancel", "vanish", "come back", "cancel", "come back", "vanish", "move out", "move away", "stay"]
"""What a list tells of an account; it comes back as often as it leaves."""
OF_THE_GONE = ["cancel", "come back", "move out", "stay"]
"""The same of an account that the list before lacked: away in two ways, one after the other or at once."""


@st.composite
def comings_and_goings(draw: st.DrawFn, accounts: int = 3) -> History:
    """Draw lists of a few accounts that come and go, some lists on one day, some taken back.

    Args:
        draw: given by hypothesis.
        accounts: how many there are at most.
    """
    history, stack = History(), [Snapshot(date.min, "", {})]
    day = TODAY - timedelta(draw(st.sampled_from([100, 250, 400])))
    for number in range(draw(st.integers(3, 8))):
        state = deepcopy(stack[-1].state)
        for each in range(accounts):
            is_gone = each in state and state[each]["gone_on"]
            step = draw(st.sampled_from(OF_THE_GONE if is_gone else STEPS))
            if each in state:
                _take(draw, state[each], step, day, stack[-1].day)
            elif step != "stay" or not state:
                state[each] = _came(draw, each, day)
        stack.append(Snapshot(day, f"{number}.csv", state))
        undone = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 0, 0, 1, 2]))
        undone = min(undone, len(stack) - 1)
        history.made.append((stack[-1], undone))
        del stack[len(stack) - undone :]
        day = min(TODAY, max(day, stack[-1].day) + timedelta(draw(st.sampled_from([30, 0, 7, 61, 1]))))
    return history


def _came(draw: st.DrawFn, each: int, day: date) -> Account:
    """Return an account as the first list has it that names it."""
    upgraded = draw(st.sampled_from([300, None, 40, 100, 500]))
    return dict.fromkeys(KEYS) | {
        "account_id": f"a{each}",
        "username": f"user{each}",
        "status": "T" if upgraded is None else "O",
        "created_on": iso(day - timedelta(draw(st.sampled_from([0, 30, 310])))),
        "initial_upgrade_on": None if upgraded is None else iso(day - timedelta(upgraded)),
        "list_size": draw(st.sampled_from([None, 0, 60, 500])),
        "campaigns_sent": draw(st.sampled_from([None, 0, 3])),
    }


def _take(draw: st.DrawFn, account: Account, step: str, day: date, before: date) -> None:
    """Let a list of a day tell that an account has taken a step since the list of the day before."""
    since = max(before, day - timedelta(90))
    times = [day, since + (day - since) / 2, since, since - timedelta(6), day - timedelta(1), day + timedelta(10)]
    happened = iso(draw(st.sampled_from(times)))  # between the lists, before the one before, or announced
    if step == "vanish":
        if account["gone_on"] is None:
            account |= {"gone_on": iso(day), "last_seen_on": iso(before)}
        return
    if step == "stay":
        return
    account |= {"gone_on": None, "last_seen_on": None}  # it is named
    if step == "cancel":
        account |= {"status": "C", "cancelled_on": happened, "cancel_reason": "Poor Results"}
    elif step == "move out":
        account |= {"moved_out_on": happened, "moved_to": draw(st.sampled_from([None, "Elsewhere"]))}
    elif step == "move away":
        account |= {"moved_to": "Elsewhere"}
    else:
        account |= dict.fromkeys(("cancelled_on", "cancel_reason", "moved_out_on", "moved_to")) | {"status": "O"}
        account |= {"initial_upgrade_on": account["initial_upgrade_on"] or happened, "list_size": 90}
