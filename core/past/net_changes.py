"""What is otherwise between two cuts, account by account: the rows of *What Changed*.

The comparison is net: what went and came back in between is not there. It goes over the log of changes and asks for an
account only where the log does not say enough, since of a million accounts few change in a week.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from core.past.cuts import Cut
from core.query.columns import Value
from core.text.vocabulary import RELATIONSHIP_WORDS, status_word

CHANGES = (
    "New",
    "Upgraded",
    "Returned",
    "Trial Expired",
    "Canceled",
    "Moved Out",
    "Gone",
    "Status",
    "Account Type",
    "Plan Type",
    "List Grew",
    "List Shrank",
    "First Login",
    "First Campaign",
    "Contact",
)
"""The kinds of change, in the order in which they are listed."""

CONTACT_FIELDS = ("company", "username", "first_name", "last_name", "email", "phone")
"""The fields of which each has a row of its own when it changes."""

LEAST_STEP, LEAST_SHARE = 50, 10
"""A list grew or shrank when it differs by at least so many contacts, and by at least one in so many."""

_LEAVING = ("moved_out_on", "moved_to", "gone_on")
_SENDING = ("last_campaign_sent_on", "campaigns_sent")


class NetChange(NamedTuple):
    """One row: a change of one account."""

    account: int
    slot: int
    """Tells the rows of an account apart, and orders them: the place of the change, or of the field behind it."""
    change: str
    field: str | None
    """The key of the field, for a change of *Contact*."""
    before: str | None
    after: str | None
    difference: int | None
    """Contacts, where a list grew or shrank."""
    import_id: int
    """The import from which it was learnt."""


class Step(NamedTuple):
    """What became of one field between the cuts."""

    before: Value
    after: Value
    import_id: int
    """The last import that changed it."""


@dataclass
class Compared:
    """The net changes and how many accounts differ without having one."""

    connection: sqlite3.Connection
    since: Cut
    until: Cut
    since_day: date
    """The day on which it is judged whether an account was in the partnership before."""
    until_day: date
    without_row: int = 0
    """Accounts of which a field differs and that have no row; final when all rows were read."""
    is_latest: bool = field(init=False)
    """Whether no import that changed anything came after the second cut."""

    def __post_init__(self) -> None:
        """See whether imports came after the second cut, which have to be left out of account."""
        found = self.connection.execute("SELECT 1 FROM changes WHERE import_id > ? LIMIT 1", [self.until.import_id])
        self.is_latest = found.fetchone() is None

    def rows(self) -> Iterator[NetChange]:
        """Yield all rows by account; within an account in the order of `CHANGES`."""
        new = self._new()
        turned = self._turned_by_date()
        for pk, steps in self._logged():
            if pk in new:
                continue
            found = list(self._changes_of(pk, steps, is_turned=pk in turned))
            turned.discard(pk)
            if not found and any(step.before != step.after for step in steps.values()):
                self.without_row += 1
            yield from found
        for pk in sorted(turned - new.keys()):
            yield from self._changes_of(pk, {}, is_turned=True)
        for pk, added_by in new.items():
            yield from self._new_account(pk, added_by)

    # --- which accounts to look at ---

    def _logged(self) -> Iterator[tuple[int, dict[str, Step]]]:
        """Yield the accounts that imports between the cuts changed, with what became of each of their fields."""
        log = self.connection.execute(
            "SELECT account, field, old, new, import_id FROM changes WHERE import_id > ? AND import_id <= ?"
            " ORDER BY account, import_id",
            [self.since.import_id, self.until.import_id],
        )
        current: int | None = None
        steps: dict[str, Step] = {}
        for account, key, old, new, import_id in log:
            if account != current:
                if current is not None:
                    yield current, steps
                current, steps = account, {}
            first = steps.get(key)
            steps[key] = Step(first.before if first else old, new, import_id)
        if current is not None:
            yield current, steps

    def _new(self) -> dict[int, int]:
        """Return the accounts that came between the cuts, with the import that brought each.

        Later imports give higher numbers, so the newest accounts are looked at until an older one comes.
        """
        found = {}
        for pk, added_by in self.connection.execute("SELECT pk, added_by FROM accounts ORDER BY pk DESC"):
            if added_by <= self.since.import_id:
                break
            if added_by <= self.until.import_id:
                found[pk] = added_by
        return dict(sorted(found.items()))

    def _turned_by_date(self) -> set[int]:
        """Return accounts whose move-out was still to come on the first day and may have come on the second."""
        days = [self.since_day.isoformat(), self.until_day.isoformat()]
        sql = "SELECT pk FROM accounts WHERE moved_out_on > ? AND moved_out_on <= ?"
        found = {pk for (pk,) in self.connection.execute(sql, days)}
        if not self.is_latest:
            sql = "SELECT account FROM changes WHERE import_id > ? AND field = 'moved_out_on' AND old > ? AND old <= ?"
            found |= {pk for (pk,) in self.connection.execute(sql, [self.until.import_id, *days])}
        known = self._known_after(self.until)
        return {pk for pk in found if pk not in known}

    def _known_after(self, cut: Cut) -> set[int]:
        """Return the accounts that only later imports than `cut` brought."""
        if self.is_latest:
            return set()
        later = set()
        for pk, added_by in self.connection.execute("SELECT pk, added_by FROM accounts ORDER BY pk DESC"):
            if added_by <= cut.import_id:
                break
            later.add(pk)
        return later

    # --- what became of one account ---

    def _new_account(self, pk: int, added_by: int) -> Iterator[NetChange]:
        """Yield the rows of an account that was not known at the first cut."""
        account = _Account(self, pk, {})
        yield _row(pk, "New", added_by, None, _word(account.after("status")))
        if account.after("status") == "C":
            yield _row(pk, "Canceled", account.learnt("status"), None, _word("C"))
        if how := _how_left(account.after, self.until_day):
            yield _departure(account, how)

    def _changes_of(self, pk: int, steps: Mapping[str, Step], *, is_turned: bool) -> Iterator[NetChange]:
        """Yield the rows of an account that was known at both cuts."""
        account = _Account(self, pk, steps)
        may_have_left = is_turned or not steps.keys().isdisjoint(_LEAVING)
        if may_have_left or "status" in steps:
            yield from _status_and_partnership(account, may_have_left=may_have_left)
        for change, key, words in (
            ("Account Type", "relationship", RELATIONSHIP_WORDS.get),
            ("Plan Type", "plan_type", str),
        ):
            step = steps.get(key)
            if step and step.before != step.after and None not in (step.before, step.after):
                yield _row(pk, change, step.import_id, words(str(step.before)), words(str(step.after)))
        if step := steps.get("list_size"):
            yield from _list_size(pk, step)
        if (step := steps.get("last_login_on")) and step.before is None and step.after is not None:
            yield _row(pk, "First Login", step.import_id, None, str(step.after))
        if not steps.keys().isdisjoint(_SENDING):
            yield from _first_campaign(account)
        for place, key in enumerate(CONTACT_FIELDS):
            step = steps.get(key)
            if step and step.before != step.after:
                before, after = (None if value is None else str(value) for value in (step.before, step.after))
                slot = len(CHANGES) - 1 + place
                yield NetChange(pk, slot, "Contact", key, before, after, None, step.import_id)


_SLOT = {change: place for place, change in enumerate(CHANGES)}

_Known = Callable[[str], Value]
"""The value of a field as known at one of the cuts."""


class _Account:
    """One account at both cuts. What the log does not say is looked up when it is first asked for."""

    def __init__(self, compared: Compared, pk: int, steps: Mapping[str, Step]) -> None:
        self.pk = pk
        self.steps = steps
        self.compared = compared
        self._known: dict[str, Value] | None = None

    def before(self, key: str) -> Value:
        """Return a field as known at the first cut."""
        step = self.steps.get(key)
        return step.before if step else self._unchanged(key)

    def after(self, key: str) -> Value:
        """Return a field as known at the second cut."""
        step = self.steps.get(key)
        return step.after if step else self._unchanged(key)

    def learnt(self, *keys: str) -> int:
        """Return the last import, up to the second cut, that changed one of these fields; else the one it came with."""
        found = [self.steps[key].import_id for key in keys if key in self.steps]
        if found:
            return max(found)
        connection = self.compared.connection
        marks = ", ".join("?" * len(keys))
        last: int | None = connection.execute(
            f"SELECT max(import_id) FROM changes WHERE account = ? AND import_id <= ? AND field IN ({marks})",
            [self.pk, self.compared.until.import_id, *keys],
        ).fetchone()[0]
        if last is not None:
            return last
        added_by: int = connection.execute("SELECT added_by FROM accounts WHERE pk = ?", [self.pk]).fetchone()[0]
        return added_by

    def _unchanged(self, key: str) -> Value:
        """Return a field that did not change between the cuts."""
        if self._known is None:
            connection = self.compared.connection
            row = connection.execute(f"SELECT {', '.join(_LOOKED_UP)} FROM accounts WHERE pk = ?", [self.pk]).fetchone()
            self._known = dict(zip(_LOOKED_UP, row, strict=True))
            if not self.compared.is_latest:
                later = connection.execute(
                    "SELECT field, old FROM changes WHERE account = ? AND import_id > ? ORDER BY import_id DESC",
                    [self.pk, self.compared.until.import_id],
                )
                self._known.update(later.fetchall())
        return self._known[key]


_LOOKED_UP = ("status", "cancelled_on", *_LEAVING, *_SENDING)


def _row(
    pk: int, change: str, import_id: int, before: str | None, after: str | None, difference: int | None = None
) -> NetChange:
    return NetChange(pk, _SLOT[change], change, None, before, after, difference, import_id)


def _word(status: Value) -> str | None:
    return None if status is None else status_word(str(status))


def _how_left(known: _Known, day: date) -> str | None:
    """Return how an account had left the partnership by a day (domain rule 2, insight 2); None while it is in it."""
    moved_out_on, gone_on = known("moved_out_on"), known("gone_on")
    if (str(moved_out_on) <= day.isoformat()) if moved_out_on else known("moved_to"):
        return "Moved Out"
    return "Gone" if gone_on and str(gone_on) <= day.isoformat() else None


def _departure(account: _Account, how: str) -> NetChange:
    """Return the row of an account that has left: with the day, or else with where it went."""
    if how == "Gone":
        return _row(account.pk, how, account.learnt("gone_on"), None, str(account.after("gone_on")))
    said = account.after("moved_out_on") or account.after("moved_to")
    return _row(account.pk, how, account.learnt("moved_out_on", "moved_to"), None, str(said))


def _status_change(before: Value, after: Value) -> str | None:
    """Return what a change of status is called; None for none."""
    if before == after:
        return None
    if before in ("T", "E") and after == "O":
        return "Upgraded"
    if before == "C" and after in ("O", "T"):
        return "Returned"
    if before == "T" and after == "E":
        return "Trial Expired"
    return "Canceled" if after == "C" else "Status"


def _status_and_partnership(account: _Account, *, may_have_left: bool) -> Iterator[NetChange]:
    """Yield what became of the status, and whether the account left the partnership or came back to it."""
    status = account.steps.get("status")
    change = _status_change(status.before, status.after) if status else None
    was_out, how_left = None, None
    if may_have_left:
        was_out = _how_left(account.before, account.compared.since_day)
        how_left = _how_left(account.after, account.compared.until_day)
    if status and change and change != "Returned":
        yield _row(account.pk, change, status.import_id, _word(status.before), _word(status.after))
    if change == "Returned" or (was_out and not how_left):
        yield _return(account, was_out if not how_left else None, from_cancel=change == "Returned")
    if how_left and not was_out:
        yield _departure(account, how_left)


def _return(account: _Account, was_out: str | None, *, from_cancel: bool) -> NetChange:
    """Return the row of an account that came back: with the day on which it had left, and its status now."""
    keys = [*(_LEAVING if was_out else ()), *(["status"] if from_cancel else ())]
    left = {
        "Gone": account.before("gone_on"),
        "Moved Out": account.before("moved_out_on") or account.before("moved_to"),
    }.get(was_out or "", account.before("cancelled_on") or "Canceled")
    after = _word(account.after("status"))
    return _row(account.pk, "Returned", account.learnt(*keys), str(left), after)


def _list_size(pk: int, step: Step) -> Iterator[NetChange]:
    """Yield a row if the list grew or shrank by enough."""
    if not isinstance(step.before, int) or not isinstance(step.after, int):
        return
    difference = step.after - step.before
    if abs(difference) >= LEAST_STEP and abs(difference) * LEAST_SHARE >= step.before:
        change = "List Grew" if difference > 0 else "List Shrank"
        yield _row(pk, change, step.import_id, str(step.before), str(step.after), difference)


def _first_campaign(account: _Account) -> Iterator[NetChange]:
    """Yield a row if the account had never sent a campaign, and now has (domain rule 4)."""
    has_sent = any(step.before not in (None, 0) for key, step in account.steps.items() if key in _SENDING)
    if has_sent or _has_sent(account.before) or not _has_sent(account.after):
        return
    sent = account.after("last_campaign_sent_on") or account.after("campaigns_sent")
    yield _row(account.pk, "First Campaign", account.learnt(*_SENDING), None, str(sent))


def _has_sent(known: _Known) -> bool:
    return bool(known("last_campaign_sent_on")) or bool(known("campaigns_sent"))
