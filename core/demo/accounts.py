"""Generated accounts as an agency's clients are: one country's names, statuses and dates that agree, nobody real.

The same seed and day give the same accounts on every machine, however many are asked for. Addresses end with *.example*
and telephone numbers begin with 555-01, which both are nobody's (RFC 2606; the North American Numbering Plan).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from core.demo.words import CAUSES, CHAINS, FIRMS, OLD_PLANS, PARTNERS, PLANS, SHOPS, THINGS, TONGUES, TRADES
from core.query.columns import Value
from core.text.vocabulary import CANCEL_REASONS
from db.fields import READ_FIELDS
from db.sort_keys import fold

DEMO_KEYS = tuple(field.key for field in READ_FIELDS)
"""The fields of each generated account, in order."""

Account = dict[str, Value]
_Choice = TypeVar("_Choice")

_OLDEST = 3_300
"""Days: the oldest account."""
_OLD_PLANS_UNTIL, _KEPT_OLD_PLAN = 1_100, 0.45
"""Days ago when the older plans were last sold, and the share of those who still have theirs."""
_TRIAL, _STAY, _SOONEST_LEFT = 45, 500, 25
"""Days: the longest trial before a paid plan, the stay on average of those that leave, and the age of their newest."""
_CHAIN, _NO_TRIAL, _SAID_BONUS, _MOVED = 0.025, 0.015, 0.05, 0.04
"""Shares: places of a chain, began with a paid plan, have a NAB status in the file, moved out."""
_UNUSED, _NEVER_SENT, _IDLE = 0.04, 0.06, 0.12
"""Shares: never logged in (and as many without a list), logged in and never sent, not used for long."""
_LONG_SITE = 22
"""Letters: what is longer is shortened by whole words."""
_TRIES = 8
"""Draws of a company's name before one that is taken stays: two companies may well have one name."""

_STATUSES = (*["O"] * 640, *["C"] * 160, *["T"] * 35, *["E"] * 160, *["Single Bill"] * 5)
_TONGUES = [tongue for tongue in TONGUES for _ in range(tongue.share)]
_PHONES = (
    *["({area}) 555-{line}"] * 14,
    *["{area}-555-{line}"] * 3,
    "{area}.555.{line}",
    *["+1 {area} 555 {line}"] * 2,
)
_MAILBOXES = (*["{first}"] * 8, *["info"] * 4, *["{initial}{last}"] * 3, *["{first}.{last}"] * 3, "hello", "office")
_REASONS = (*CANCEL_REASONS.values(), *["Not Doing Email Marketing", "Cost Too High"] * 2)
_LEGAL = (", LLC", ", Inc.", "The ")
"""What companies leave out of the names of their sites."""


def demo_accounts(count: int, seed: int, today: date) -> Iterator[Account]:
    """Yield `count` accounts by their fields' keys, values typed as they are stored."""
    maker = _Maker(seed, today)
    for number in range(count):
        yield maker.account(number)


class _Maker:
    """Makes one account after the other."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing secret is made of it
        self._days = [(today - timedelta(days=ago)).isoformat() for ago in range(_OLDEST + 1)]
        self._companies: set[str] = set()
        self._sites: set[str] = set()
        self._usernames: set[str] = set()

    def account(self, number: int) -> Account:
        """Return the next account; `number` makes its id its own."""
        status = self._one_of(_STATUSES)
        account: Account = dict.fromkeys(DEMO_KEYS)
        account["account_id"] = f"a07e{(number * 2_654_435_761 + 20_250_101) % 2**32:08x}"
        account["status"] = status
        account["relationship"] = "managed" if self._chance(0.64) else "referred"
        self._name(account)
        age = self._age(status)
        account["plan_type"] = "Trial" if status in ("T", "E") else self._plan(age)
        created = age + self._trial(account, status, age)
        account["created_on"] = self._days[created]
        left = self._departure(account, status, age)
        self._activity(account, created, left)
        return account

    def _name(self, account: Account) -> None:
        """Give the account its people, its company and how to reach them."""
        tongue = self._one_of(_TONGUES)
        first, last = self._one_of(tongue.first), self._one_of(tongue.last)
        city, area = self._one_of(tongue.cities)
        chain, site = self._one_of(CHAINS)
        company = f"{chain} – {city}"
        if self._chance(_CHAIN) and company not in self._companies:
            self._companies.add(company)
            username, mailbox = f"{site}{_slug(city)}", _slug(city)
        else:
            company = self._company(tongue.patterns, first, last, city)
            username = site = self._site(company)
            mailbox = self._one_of(_MAILBOXES).format(first=_slug(first), last=_slug(last), initial=_slug(first)[0])
            if self._chance(0.25):
                username = f"{_slug(first)[0]}{_slug(last)}"
        line = f"01{self._below(100):02}"
        account |= {
            "first_name": first,
            "last_name": last,
            "company": company,
            "username": self._own(username),
            "email": f"{mailbox}@{site}.example",
            "phone": self._one_of(_PHONES).format(area=area, line=line),
        }

    def _company(self, patterns: Sequence[str], first: str, last: str, city: str) -> str:
        """Return a company's name that no account before has, if a few draws find one."""
        for _ in range(_TRIES):
            other = self._one_of(TONGUES[0].last)
            company = self._one_of(patterns).format(
                first=first,
                last=last,
                other=other if other != last else "Company",
                city=city,
                thing=self._one_of(THINGS),
                trade=self._one_of(TRADES),
                shop=self._one_of(SHOPS),
                firm=self._one_of(FIRMS),
                cause=self._one_of(CAUSES),
            )
            if company not in self._companies:
                break
            if "{city}" not in company and not self._chance(0.5):
                company = f"{company} {city}"
        self._companies.add(company)
        return company

    def _site(self, company: str) -> str:
        """Return what a company would call its site: its name, or the first words of a long one."""
        for part in _LEGAL:
            company = company.replace(part, "")
        words = [_slug(word) for word in company.replace("&", "and").split()]
        whole = "".join(words)
        if len(whole) <= _LONG_SITE:
            return whole
        while len("".join(words)) > _LONG_SITE:
            words.pop()
        short = "".join(words)
        if words[-1] in ("and", "of", "de") or short in self._sites:
            return whole
        self._sites.add(short)
        return short

    def _own(self, username: str) -> str:
        """Return a username that no account before has: the wished one, or that with a number."""
        own, number = username, 1
        while own in self._usernames:
            number += 1
            own = f"{username}{number}"
        self._usernames.add(own)
        return own

    def _age(self, status: str) -> int:
        """Return how many days ago the account got its paid plan, or its trial if it has none."""
        if status == "T":
            return self._below(60)
        if status == "E":
            return 31 + self._below(700)
        youngest = _SOONEST_LEFT if status == "C" else 0
        return youngest + int((_OLDEST - _TRIAL - youngest) * self._random.random() ** 1.3)

    def _plan(self, age: int) -> str:
        return self._one_of(OLD_PLANS if age > _OLD_PLANS_UNTIL and self._chance(_KEPT_OLD_PLAN) else PLANS)

    def _trial(self, account: Account, status: str, upgraded: int) -> int:
        """Make a paid plan of a trial, so many days ago, and return how long the trial was; 0 if there was none."""
        if status in ("T", "E"):
            return 0
        account["initial_upgrade_on"] = self._days[upgraded]
        account["first_payment_on"] = self._days[upgraded - self._below(min(4, upgraded + 1))]
        if self._chance(_SAID_BONUS):
            account["nab_status"] = self._one_of(("Eligible", "Earned", "Pending", "Not eligible"))
        return 0 if self._chance(_NO_TRIAL) else self._below(_TRIAL)

    def _departure(self, account: Account, status: str, since: int) -> int:
        """Let a canceled account say when and why it left, a few open ones move out; return the days since, or 0."""
        if status == "C":
            left = self._since(since)
            account["cancelled_on"], account["cancel_reason"] = self._days[left], self._one_of(_REASONS)
        elif status == "O" and self._chance(_MOVED):
            left = self._since(since)
            account["moved_to"], account["moved_out_on"] = self._one_of(PARTNERS), self._days[left]
        else:
            left = 0
        return left if status == "C" else 0  # who moved out goes on writing elsewhere

    def _since(self, earliest: int) -> int:
        """Return how many days ago an account left that came `earliest` days ago."""
        stayed = int(self._random.expovariate(1 / _STAY))
        return earliest - stayed if stayed <= earliest else self._below(earliest)

    def _activity(self, account: Account, created: int, left: int) -> None:
        """Let most accounts be used until they left, and a few not at all."""
        if self._chance(_UNUSED):
            account["list_size"] = 0 if self._chance(0.8) else None
        else:
            account["list_size"] = self._list_size(account["plan_type"])
        if self._chance(_UNUSED):
            return
        rest = 70 if self._chance(_IDLE) or account["status"] == "E" else 9
        idle = min(created, left + int(self._random.expovariate(1 / rest)))
        account["last_login_on"] = self._days[idle]
        if self._chance(_NEVER_SENT):
            account["campaigns_sent"] = 0
            return
        months = 1 + (created - idle) / 30
        account["campaigns_sent"] = 1 + int(months * self._random.lognormvariate(0.1, 0.8))
        account["last_campaign_sent_on"] = self._days[min(created, idle + self._below(24))]

    def _list_size(self, plan: Value) -> int:
        """Return how many contacts there are: trials have short lists, the largest plan long ones."""
        middle = {"Trial": 5.0, "Lite": 5.9, "Premium": 7.6}.get(str(plan), 6.6)
        return min(60_000, 12 + int(self._random.lognormvariate(middle, 1.1)))

    def _below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Sequence[_Choice]) -> _Choice:
        return choices[int(self._random.random() * len(choices))]


def _slug(text: str) -> str:
    """Return the letters and digits of a text as addresses have them."""
    return "".join(filter(str.isalnum, fold(text)))
