"""Who paid when: the months of *Growth by Month* (insight, section 5).

Everything goes by the days on which things happened. What an import cleared stands in the log of changes alone: without
it, a return would rewrite the past.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from core.past.days import kept_day

CONVERTED_WITHIN = 60
"""Days from an account's creation in which a trial must begin to pay to count as converted."""
FEWEST = 20
"""Accounts, or trials, below which a rate would say more about chance than about the business."""

PAID_ON = "coalesce(a.initial_upgrade_on, a.first_payment_on)"
"""The day on which an account began to pay; NULL if it never did, or the day is not known."""

LEFT_OUT = {
    "open": f"a.status = 'O' AND {PAID_ON} IS NULL",
    "canceled": f"a.status = 'C' AND (a.cancelled_on IS NULL OR a.cancelled_on < {PAID_ON})",
    "moved": "a.moved_out_on IS NULL AND a.moved_to IS NOT NULL",
    "early": f"(a.moved_out_on < {PAID_ON} OR a.gone_on < {PAID_ON})",
}
"""Accounts whose days cannot be told, as conditions. None is ever NULL where it matters: NULL is *not left out*."""

_CANCEL, _MOVE_OUT, _GONE = 0, 1, 2
_KIND = {"cancelled_on": _CANCEL, "moved_out_on": _MOVE_OUT, "gone_on": _GONE}
"""The kinds of gap; of two that begin on one day the lower one counts."""


class Gap(NamedTuple):
    """Days in which an account did not pay: from its first day, which is one of them, until the day it came back."""

    start: date
    kind: int
    end: date | None
    """The first day on which it pays again; None where it never came back."""


@dataclass
class Month:
    """The figures of one month. *start + started + returned − canceled − moved_out = end*."""

    first: date
    last: date
    """The month's last day, or `as_of` in its month."""
    start: int = 0
    started: int = 0
    returned: int = 0
    canceled: int = 0
    moved_out: int = 0
    """Move-outs, and accounts that a complete list lacked."""
    lost: int = 0
    """Gaps that began in the month, of accounts that paid at its start."""
    trials: int = 0
    converted: int = 0

    @property
    def end(self) -> int:
        """Accounts that paid on the last day."""
        return self.start + self.net

    @property
    def net(self) -> int:
        """What came less what went."""
        return self.started + self.returned - self.canceled - self.moved_out

    def loss_rate(self, as_of: date) -> float | None:
        """Return what left of those that paid at the start, in percent; None while the month lasts, or for few."""
        if self.last >= as_of or self.start < FEWEST:
            return None
        return round(100 * self.lost / self.start, 1)

    def conversion(self, as_of: date) -> float | None:
        """Return the trials that began to pay, in percent; None until each has had its days, or for few."""
        if (as_of - self.last).days < CONVERTED_WITHIN or self.trials < FEWEST:
            return None
        return round(100 * self.converted / self.trials, 1)


def months_until(as_of: date, number: int) -> list[Month]:
    """Return the last months without figures, that of `as_of` at the end, which ends on `as_of`; fewer near year 1."""
    found: list[Month] = []
    last = as_of
    while len(found) < number:
        first = last.replace(day=1)
        found.append(Month(first, last))
        if first == date.min:
            break
        last = first - timedelta(1)
    return found[::-1]


def growth(connection: sqlite3.Connection, as_of: date, number: int) -> list[Month]:
    """Return the last months with their figures, the oldest first."""
    months = months_until(as_of, number)
    count = _Counting(months)
    with_gaps = _cleared_gaps(connection)
    for paid_on, gap, accounts in _grouped(connection, as_of):
        count.account(paid_on, [gap] if gap else [], accounts)
    for paid_on, own, cleared in _one_by_one(connection, as_of, with_gaps):
        simple = [own] if own else []
        count.account(paid_on, simple, -1)  # it is among the grouped ones, as if it had never come back
        count.account(paid_on, merged(paid_on, as_of, simple, cleared), 1)
    count.carry_on()
    _trials(connection, as_of, months)
    return months


def merged(paid_on: date, as_of: date, own: Iterable[Gap], cleared: Iterable[Gap]) -> list[Gap]:
    """Return an account's gaps in order, of which none overlap or touch.

    Args:
        paid_on: the day on which it began to pay: no gap begins before it.
        as_of: today: no gap begins after it.
        own: the gap that lasts, if there is one.
        cleared: what imports took back, whether it counts here or not.
    """
    counting = [gap for gap in cleared if paid_on <= gap.start <= as_of and gap.end and gap.start < gap.end]
    found: list[Gap] = []
    for gap in sorted([*own, *counting], key=itemgetter(0, 1)):
        last = found[-1] if found else None
        if last is None or (last.end is not None and gap.start > last.end):
            found.append(gap)
        elif last.end is not None and (gap.end is None or gap.end > last.end):
            found[-1] = last._replace(end=gap.end)
    return found


@dataclass
class _Counting:
    """Adds accounts to the months."""

    months: list[Month]
    places: dict[tuple[int, int], int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {(month.first.year, month.first.month): at for at, month in enumerate(self.months)}

    def account(self, paid_on: date, gaps: list[Gap], times: int) -> None:
        """Count an account, so many times, with the gaps of `merged`. Days after the last month are not counted."""
        first, last = self.months[0].first, self.months[-1].last
        if paid_on > last:
            return
        if paid_on < first:
            self.months[0].start += times * self._pays_before(first, gaps)
        else:
            self._month(paid_on).started += times
        for gap in gaps:
            if first <= gap.start <= last:
                month = self._month(gap.start)
                if gap.kind == _CANCEL:
                    month.canceled += times
                else:
                    month.moved_out += times
                if paid_on < month.first and self._pays_before(month.first, gaps):
                    month.lost += times
            if gap.end and first <= gap.end <= last:
                self._month(gap.end).returned += times

    def carry_on(self) -> None:
        """Let each month begin where the one before it ended."""
        for before, month in zip(self.months, self.months[1:], strict=False):
            month.start = before.end

    def _month(self, day: date) -> Month:
        return self.months[self.places[day.year, day.month]]

    @staticmethod
    def _pays_before(first: date, gaps: list[Gap]) -> bool:
        """Whether an account that has begun to pay pays on the day before a month's first."""
        day = first - timedelta(1)
        return not any(gap.start <= day and (gap.end is None or day < gap.end) for gap in gaps)


_END = (
    f"min(CASE WHEN a.cancelled_on <= :as_of AND a.cancelled_on >= {PAID_ON}"
    " THEN a.cancelled_on || '0' ELSE '~' END,"
    " CASE WHEN a.moved_out_on <= :as_of THEN a.moved_out_on || '1' ELSE '~' END,"
    " CASE WHEN a.gone_on <= :as_of THEN a.gone_on || '2' ELSE '~' END)"
)
"""The first day of the gap that lasts with its kind behind it, '~' where there is none."""

_COUNTED = f"{PAID_ON} <= :as_of AND ({' OR '.join(LEFT_OUT.values())}) IS NOT TRUE"
"""Accounts that have paid, and of which the days can be told."""


_PLAIN = (
    "a.cancelled_on IS NULL AND a.moved_out_on IS NULL AND a.gone_on IS NULL AND a.moved_to IS NULL"
    " AND a.status IS NOT 'C' AND a.initial_upgrade_on IS NOT NULL"
)
"""Accounts that have upgraded and never left: most of them. Their upgrade date says all, and stands in an index."""


def _grouped(connection: sqlite3.Connection, as_of: date) -> Iterator[tuple[date, Gap | None, int]]:
    """Yield the accounts that have paid, as if none had ever come back: (first of days alike, gap that lasts, number).

    Only months count, so the days within one are alike. All that have upgraded are counted from an index first, as if
    none had left; those that did, or began to pay otherwise, are read one by one and take their place: the first of
    these with a number below 0.
    """
    upgraded: Counter[str] = Counter()
    for day, accounts in connection.execute(
        "SELECT initial_upgrade_on, count(*) FROM accounts WHERE initial_upgrade_on IS NOT NULL"
        " GROUP BY initial_upgrade_on"
    ):
        if str(day) <= str(as_of):
            upgraded[str(day)[:7]] += accounts
    rows = connection.execute(
        f"SELECT substr(a.initial_upgrade_on, 1, 7), CASE WHEN {_COUNTED} THEN substr({PAID_ON}, 1, 7) END, {_END}"
        f" FROM accounts AS a WHERE ({PAID_ON} <= :as_of AND NOT ({_PLAIN})) IS TRUE",
        {"as_of": str(as_of)},
    )
    others: Counter[tuple[str, str]] = Counter()
    for (upgrade, paid, end), accounts in Counter(rows).items():
        if upgrade:
            upgraded[upgrade] -= accounts
        if paid:
            others[paid, end[:7] + end[-1]] += accounts
    for month, accounts in upgraded.items():
        yield kept_day(f"{month}-01"), None, accounts
    for (month, end), accounts in others.items():
        gap = None if end == "~~" else Gap(kept_day(f"{end[:7]}-01"), int(end[-1]), None)
        yield kept_day(f"{month}-01"), gap, accounts


def _cleared_gaps(connection: sqlite3.Connection) -> dict[int, list[Gap]]:
    """Return what imports took back, by account: the days on which it had left, until the days they tell of."""
    rows = connection.execute(
        "SELECT account, field, old, dated FROM changes JOIN imports ON imports.id = import_id"
        " WHERE field IN ('cancelled_on', 'moved_out_on', 'gone_on') AND old IS NOT NULL AND changes.new IS NULL"
        " ORDER BY account"
    )
    return {
        account: [Gap(kept_day(old), _KIND[key], kept_day(dated)) for _, key, old, dated in group]
        for account, group in groupby(rows, key=itemgetter(0))
    }


def _one_by_one(
    connection: sqlite3.Connection, as_of: date, cleared: dict[int, list[Gap]]
) -> Iterator[tuple[date, Gap | None, list[Gap]]]:
    """Yield the counted accounts among those that imports took something back of, each by itself."""
    for pk, gaps in cleared.items():
        row = connection.execute(
            f"SELECT {PAID_ON}, {_END} FROM accounts AS a WHERE a.pk = :pk AND {_COUNTED}",
            {"as_of": str(as_of), "pk": pk},
        ).fetchone()
        if row:
            end = row[1]
            own = None if end == "~" else Gap(kept_day(end[:-1]), int(end[-1]), None)
            yield kept_day(row[0]), own, gaps


def _trials(connection: sqlite3.Connection, as_of: date, months: list[Month]) -> None:
    """Count the trials that began in each month, and those of them that began to pay in time."""
    rows = connection.execute(
        f"SELECT substr(a.created_on, 1, 7), count(*), count(*) FILTER (WHERE {PAID_ON} <= :as_of"
        f" AND julianday({PAID_ON}) - julianday(a.created_on) <= {CONVERTED_WITHIN})"
        f" FROM accounts AS a WHERE a.created_on BETWEEN :first AND :as_of AND ({PAID_ON} <= a.created_on) IS NOT TRUE"
        f" AND ({' OR '.join(LEFT_OUT.values())}) IS NOT TRUE GROUP BY 1",
        {"as_of": str(as_of), "first": str(months[0].first)},
    )
    by_month = {f"{month.first:%Y-%m}": month for month in months}
    for month, trials, converted in rows:
        by_month[month].trials, by_month[month].converted = trials, converted
