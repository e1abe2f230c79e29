"""What Changed and Growth by Month computed a second time: plain Python over whole snapshots, day by day, no log.

Written from the words of the rules (insight, sections 4 and 5) alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tests.core.past.histories import Snapshot

Account = dict[str, Any]
STATUS = {"O": "Open", "T": "Trial", "E": "Expired Trial", "C": "Canceled"}
CONTACT = ["company", "username", "first_name", "last_name", "email", "phone"]
ONE_DAY = timedelta(1)


def word(status: str | None) -> str | None:
    return STATUS.get(status, status) if status else None


def known_on(standing: Sequence[Snapshot], day: date) -> int:
    """Return the place of the last snapshot of that day or before; -1 for none."""
    return max((at for at, snapshot in enumerate(standing) if snapshot.day <= day), default=-1)


def out(account: Account, day: date) -> str | None:
    """Return how an account has left the partnership: domain rule 2, and gone."""
    moved = account["moved_out_on"]
    if (moved is not None and moved <= str(day)) or (moved is None and account["moved_to"] is not None):
        return "Moved Out"
    return "Gone" if account["gone_on"] is not None and account["gone_on"] <= str(day) else None


def never_sent(account: Account) -> bool:
    return account["last_campaign_sent_on"] is None and account["campaigns_sent"] in (0, None)


def learnt(standing: Sequence[Snapshot], until: int, each: int, keys: Sequence[str]) -> date:
    """Return the day told of by the last import up to `until` that changed a field, else by the one it came with."""
    for at in range(until, -1, -1):
        before = standing[at - 1].state.get(each) if at else None
        if before is None:
            break
        if any(before[key] != standing[at].state[each][key] for key in keys):
            break
    return standing[at].day


def what_changed(
    standing: Sequence[Snapshot], since: int, until: int, since_day: date, until_day: date
) -> tuple[list[tuple[Any, ...]], int]:
    """Return the rows (account, change, field, before, after, difference, learnt on), and how many differ without."""
    rows: list[tuple[Any, ...]] = []
    silent = 0
    for each, new in standing[until].state.items():
        old = standing[since].state.get(each)

        def add(change, keys, before, after, *, field=None, difference=None, each=each):
            day = learnt(standing, until, each, keys)
            rows.append((each, change, field, before, after, difference, day))

        count = len(rows)
        how = out(new, until_day)
        if old is None:
            at = min(at for at in range(until + 1) if each in standing[at].state)
            while at and each in standing[at - 1].state:
                at -= 1
            rows.append((each, "New", None, None, word(new["status"]), None, standing[at].day))
            if new["status"] == "C":
                add("Canceled", ["status"], None, "Canceled")
        else:
            was = out(old, since_day)
            pair = old["status"], new["status"]
            returned = pair in (("C", "O"), ("C", "T"))
            if pair in (("T", "O"), ("E", "O")):
                add("Upgraded", ["status"], word(pair[0]), word(pair[1]))
            elif pair == ("T", "E"):
                add("Trial Expired", ["status"], word(pair[0]), word(pair[1]))
            elif pair[0] != pair[1] and pair[1] == "C":
                add("Canceled", ["status"], word(pair[0]), word(pair[1]))
            elif pair[0] != pair[1] and not returned:
                add("Status", ["status"], word(pair[0]), word(pair[1]))
            came_back = was is not None and how is None
            if returned or came_back:
                keys = ["status"] * returned + ["moved_out_on", "moved_to", "gone_on"] * came_back
                left = old["cancelled_on"] or "Canceled"
                if came_back:
                    left = old["gone_on"] if was == "Gone" else old["moved_out_on"] or old["moved_to"]
                add("Returned", keys, left, word(new["status"]))
            for change, key, words in (
                ("Account Type", "relationship", {"managed": "Managed", "referred": "Referred"}),
                ("Plan Type", "plan_type", {}),
            ):
                if None not in (old[key], new[key]) and old[key] != new[key]:
                    add(change, [key], words.get(old[key], old[key]), words.get(new[key], new[key]))
            if None not in (old["list_size"], new["list_size"]):
                difference = new["list_size"] - old["list_size"]
                if abs(difference) >= 50 and abs(difference) >= old["list_size"] / 10:
                    change = "List Grew" if difference > 0 else "List Shrank"
                    sizes = str(old["list_size"]), str(new["list_size"])
                    add(change, ["list_size"], *sizes, difference=difference)
            if old["last_login_on"] is None and new["last_login_on"] is not None:
                add("First Login", ["last_login_on"], None, new["last_login_on"])
            if never_sent(old) and not never_sent(new):
                sent = new["last_campaign_sent_on"] or str(new["campaigns_sent"])
                add("First Campaign", ["last_campaign_sent_on", "campaigns_sent"], None, sent)
            for key in CONTACT:
                if old[key] != new[key]:
                    add("Contact", [key], old[key], new[key], field=key)
        if how and (old is None or out(old, since_day) is None):
            if how == "Gone":
                add("Gone", ["gone_on"], None, new["gone_on"])
            else:
                add("Moved Out", ["moved_out_on", "moved_to"], None, new["moved_out_on"] or new["moved_to"])
        silent += len(rows) == count and old is not None and old != new
    return rows, silent


# --- growth ---


def paid_on(account: Account) -> date | None:
    text = account["initial_upgrade_on"] or account["first_payment_on"]
    return date.fromisoformat(text) if text else None


def left_out(account: Account) -> list[str]:
    """Return why an account's days cannot be told."""
    paid, found = paid_on(account), []
    if account["status"] == "O" and paid is None:
        found.append("open")
    cancelled, moved, gone = account["cancelled_on"], account["moved_out_on"], account["gone_on"]
    if account["status"] == "C" and (not cancelled or (paid and cancelled < str(paid))):
        found.append("canceled")
    if account["moved_to"] and not moved:
        found.append("moved")
    if paid and any(day and day < str(paid) for day in (moved, gone)):
        found.append("early")
    return found


def gaps_of(standing: Sequence[Snapshot], each: int, as_of: date) -> list[tuple[date, date, int]]:
    """Return the gaps of an account: first day, day of return (one far away for none), kind."""
    account = standing[-1].state[each]
    paid = paid_on(account)
    assert paid
    found = []
    for before, after in pairwise(standing):
        if each not in before.state:
            continue
        for kind, key in enumerate(("cancelled_on", "moved_out_on", "gone_on")):
            old, new = before.state[each][key], after.state[each][key]
            if old and not new and paid <= date.fromisoformat(old) <= as_of and date.fromisoformat(old) < after.day:
                found.append((date.fromisoformat(old), after.day, kind))
    ends = [
        (date.fromisoformat(account[key]), date.max, kind)
        for kind, key in enumerate(("cancelled_on", "moved_out_on", "gone_on"))
        if account[key] and date.fromisoformat(account[key]) <= as_of
        if kind or date.fromisoformat(account[key]) >= paid
    ]
    own = min(ends, key=lambda gap: (gap[0], gap[2]), default=None)
    return [*found, *([own] if own else [])]


def growth(standing: Sequence[Snapshot], as_of: date, months: int) -> list[dict[str, Any]]:
    """Walk through every day of every account."""
    firsts = [as_of.replace(day=1)]
    while len(firsts) < months:
        firsts.insert(0, (firsts[0] - ONE_DAY).replace(day=1))
    accounts = []
    for each, account in standing[-1].state.items():
        if left_out(account):
            continue
        paid = paid_on(account)
        gaps = gaps_of(standing, each, as_of) if paid and paid <= as_of else []
        accounts.append((account, paid, gaps))

    def away(gaps, day):
        return any(start <= day < end for start, end, _ in gaps)

    def pays(paid, gaps, day):
        return paid is not None and paid <= day and not away(gaps, day)

    rows = []
    for first in firsts:
        last = min(as_of, (first + timedelta(31)).replace(day=1) - ONE_DAY)
        row = dict.fromkeys(("started", "returned", "canceled", "moved_out", "lost", "trials", "converted"), 0)
        row["start"] = sum(pays(paid, gaps, first - ONE_DAY) for _, paid, gaps in accounts)
        row["end"] = sum(pays(paid, gaps, last) for _, paid, gaps in accounts)
        for account, paid, gaps in accounts:
            row["started"] += paid is not None and first <= paid <= last
            for ordinal in range(first.toordinal(), last.toordinal() + 1):
                day = date.fromordinal(ordinal)
                if paid is None or day < paid:
                    continue
                was_away = day > paid and away(gaps, day - ONE_DAY)
                if away(gaps, day) and not was_away:
                    kind = min(kind for start, _, kind in gaps if start == day)
                    row["moved_out" if kind else "canceled"] += 1
                    row["lost"] += pays(paid, gaps, first - ONE_DAY)
                row["returned"] += was_away and not away(gaps, day)
            created = account["created_on"]
            if created and str(first) <= created <= str(last) and not (paid and str(paid) <= created):
                row["trials"] += 1
                within = paid and (paid - date.fromisoformat(created)).days <= 60
                row["converted"] += bool(within and paid <= as_of)
        closed = last < as_of
        row["loss_rate"] = round(100 * row["lost"] / row["start"], 1) if closed and row["start"] >= 20 else None
        due = last + timedelta(60) <= as_of and row["trials"] >= 20
        row["conversion"] = round(100 * row["converted"] / row["trials"], 1) if due else None
        rows.append({"month": f"{first:%Y-%m}", **row})
    return rows
