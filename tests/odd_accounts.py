"""Generated accounts as careless data has them, for tests and measurements.

Strange names, statuses and dates that disagree, and every edge of the rules are among them.

The same seed and day give the same accounts on every machine, however many are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from core.demo.accounts import DEMO_KEYS, Account
from core.query.columns import Row
from core.text.vocabulary import CANCEL_REASONS
from tests.odd_words import NAMES, PARTNERS, PLANS, STRANGE_COMPANIES, USERNAMES

_Choice = TypeVar("_Choice")

_EDGES = (0, 1, 89, 90, 91, 94, 95, 96, 365, -1, -30)
"""Days ago at which the rules of bonuses and departures turn; the last ones are days to come."""

_NAMES = [names for names in NAMES for _ in range(names.share)]
_REASONS = tuple(CANCEL_REASONS.values())
_OLDEST = 3_300
"""Days: the oldest account."""
_TRIAL, _STAY = 45, 500
"""Days: the longest trial before a paid plan, and how long those that leave have stayed on average."""

_STATUSES: tuple[str | None, ...] = (
    *["O"] * 580,
    *["C"] * 170,
    *["T"] * 130,
    *["E"] * 90,
    *["Single Bill"] * 10,
    *["Disabled - balance due"] * 6,
    *["Disabled - compliance"] * 6,
    *[None] * 8,
)
_RELATIONSHIPS: tuple[str | None, ...] = (*["managed"] * 62, *["referred"] * 36, *[None] * 2)


def odd_rows(count: int, seed: int, today: date) -> Iterator[Row]:
    """Yield `count` accounts, values in the order of `DEMO_KEYS`, typed as they are stored."""
    maker = _Maker(seed, today)
    for number in range(count):
        account = maker.account(number)
        yield tuple(account[key] for key in DEMO_KEYS)


class _Maker:
    """Makes one account after the other."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(seed)
        self._days = {ago: (today - timedelta(days=ago)).isoformat() for ago in range(-60, _OLDEST + 1)}
        self._leap_day = next(
            ago for ago in range(_OLDEST) if (today - timedelta(days=ago)).strftime("%m-%d") == "02-29"
        )

    def account(self, number: int) -> Account:
        """Return the next account; `number` makes its id and username its own."""
        status = self._one_of(_STATUSES)
        account: Account = dict.fromkeys(DEMO_KEYS)
        account["status"] = status
        account["relationship"] = self._one_of(_RELATIONSHIPS)
        account["plan_type"] = "Trial" if status in ("T", "E") else self._one_of(PLANS)
        self._name(account, number)
        age = self._age(status)
        created = age + self._trial(account, status, age)
        account["created_on"] = self._days[created]
        self._activity(account, created)
        self._departure(account, status, age)
        if number < 3 * len(_EDGES):
            self._edge(account, number)
        return account

    def _name(self, account: Account, number: int) -> None:
        """Give the account its names and how to reach it."""
        names = self._one_of(_NAMES)
        last = self._one_of(names.last)
        account["first_name"], account["last_name"] = self._one_of(names.first), last
        company = self._one_of(names.companies).format(last=last)
        strange, odd = divmod(number, 150)
        account["company"] = STRANGE_COMPANIES[strange % len(STRANGE_COMPANIES)] if odd == 75 else company
        username = f"{self._one_of(USERNAMES)}{number + 1:05}"
        account["account_id"] = f"a07e{(number * 2_654_435_761 + 20_250_101) % 2**32:08x}"
        account["username"] = username
        account["email"] = f"{username}@example.{self._one_of(('com', 'org', 'net'))}"
        account["phone"] = f"({self._below(700) + 201}) 555-01{number % 100:02}"

    def _age(self, status: str | None) -> int:
        """Return how many days ago the account got its paid plan, or its trial if it has none."""
        if status == "T":
            return self._below(60)
        if status == "E":
            return 31 + self._below(700)
        return int((_OLDEST - _TRIAL) * self._random.random() ** 1.3)

    def _trial(self, account: Account, status: str | None, upgraded: int) -> int:
        """Make a paid plan of a trial, so many days ago, and return how long the trial was; 0 if there is no plan."""
        if status in ("T", "E") or self._chance(0.015):
            return 0
        account["initial_upgrade_on"] = self._days[upgraded]
        account["first_payment_on"] = self._days[upgraded - self._below(min(4, upgraded + 1))]
        if self._chance(0.05):
            account["nab_status"] = self._one_of(("Eligible", "Earned", "Pending", "Not eligible"))
        return self._below(_TRIAL)

    def _activity(self, account: Account, created: int) -> None:
        """Let the account be used, or not."""
        if not self._chance(0.11):
            account["list_size"] = min(250_000, int(self._random.lognormvariate(6.2, 1.5)))
        elif self._chance(0.7):
            account["list_size"] = 0
        if self._chance(0.12):
            return
        idle = min(created, int(self._random.expovariate(1 / 40)))
        account["last_login_on"] = self._days[idle]
        if self._chance(0.2):
            account["campaigns_sent"] = 0 if self._chance(0.6) else None
            return
        account["campaigns_sent"] = 1 + int(self._random.lognormvariate(2.3, 1.1))
        account["last_campaign_sent_on"] = self._days[min(created, idle + self._below(30))]

    def _departure(self, account: Account, status: str | None, since: int) -> None:
        """Let the account cancel or move out; now and then its status and its dates disagree, as in life."""
        cancelled = self._chance(0.98) if status == "C" else self._chance(0.005)
        if cancelled:
            late = status == "C" and self._chance(0.01)
            account["cancelled_on"] = self._days[-1 - self._below(30) if late else self._since(since)]
        if status == "C" or cancelled:
            account["cancel_reason"] = self._one_of(_REASONS) if self._chance(0.9) else None
        if self._chance(0.04):
            account["moved_to"] = self._one_of(PARTNERS)
            if self._chance(0.92):
                soon = self._chance(0.05)
                account["moved_out_on"] = self._days[-1 - self._below(30) if soon else self._since(since)]

    def _since(self, earliest: int) -> int:
        """Return a day between `earliest` and today."""
        stayed = int(self._random.expovariate(1 / _STAY))
        return earliest - stayed if stayed <= earliest else self._below(earliest)

    def _edge(self, account: Account, number: int) -> None:
        """Make one of the first accounts stand on an edge of the rules."""
        kind, edge = divmod(number, len(_EDGES))
        day = self._days[_EDGES[edge]]
        account["relationship"] = "managed" if number % 2 else "referred"
        account["created_on"] = account["initial_upgrade_on"] = account["first_payment_on"] = self._days[self._leap_day]
        account["cancelled_on"] = account["cancel_reason"] = account["moved_out_on"] = account["moved_to"] = None
        account["status"] = "O"
        if kind == 0:
            account["created_on"] = account["initial_upgrade_on"] = account["first_payment_on"] = day
        elif kind == 1:
            account["status"], account["cancelled_on"], account["cancel_reason"] = "C", day, _REASONS[0]
        else:
            account["moved_out_on"], account["moved_to"] = day, PARTNERS[0]

    def _below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Sequence[_Choice]) -> _Choice:
        return choices[int(self._random.random() * len(choices))]
