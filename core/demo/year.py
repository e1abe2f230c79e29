"""A year of weekly complete lists, made up backwards from what the accounts are today.

What a list would have told on its day follows from the dates of an account; where it says nothing of the past (how a
list of contacts grew, when a person logged in before the last time) a past is made up. Only days before today count, so
the same seed gives the same year on every day, moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from core.demo.accounts import Account
from core.query.columns import Value

WEEKS = 52
_GONE, _BACK, _LEFT_ONCE = 0.006, 0.002, 0.012
"""Shares of the open accounts: vanished from the lists, vanished and came back, cancelled and came back."""
_REWRITTEN, _REPLANNED = 0.03, 0.04
"""Shares of the accounts whose e-mail address, or plan, changed within the year."""
_SHRINKING = 0.05
"""Share of the lists of contacts that shrink."""

Change = tuple[int, int, str, Value, Value]
"""The import's number, the account's, the field's key, what was known and what is."""
_Course = dict[int, Value]
"""What a field becomes with lists, by their numbers; 0 for what it was before the first one."""


@dataclass
class Year:
    """The accounts with what the lists told of them."""

    today: date
    accounts: list[Account] = field(default_factory=list)
    """As they are today, in the order in which they came; gone_on and last_seen_on are among their fields."""
    added_by: list[int] = field(default_factory=list)
    """The list that each came with."""
    changes: list[Change] = field(default_factory=list)
    """In the order of the lists."""

    def day_of(self, number: int) -> date:
        """Return the day that a list tells of; the first one has the number 1, the last one is today's."""
        return self.today - timedelta(7 * (WEEKS - number))

    def counts(self) -> Iterator[dict[str, int]]:
        """Yield what each import did: rows read, new, changed, same, returned, gone."""
        new = Counter(self.added_by)
        touched: dict[int, set[int]] = {number: set() for number in range(1, WEEKS + 1)}
        gone: Counter[int] = Counter()
        back: Counter[int] = Counter()
        returned: Counter[int] = Counter()
        for number, account, key, old, value in self.changes:
            if key in ("gone_on", "last_seen_on") and value:
                gone[number] += key == "gone_on"
                continue
            touched[number].add(account)
            back[number] += key == "gone_on"
            returned[number] += key in ("gone_on", "cancelled_on") and bool(old) and not value
        known = 0
        for number in range(1, WEEKS + 1):
            known += new[number] - gone[number] + back[number]
            changed = len(touched[number])
            yield {
                "read": known,
                "new": new[number],
                "changed": changed,
                "same": known - new[number] - changed,
                "returned": returned[number],
                "gone": gone[number],
            }


def year_of(accounts: Iterator[Account], seed: int, today: date) -> Year:
    """Return the year of accounts, which are as of today and agree in status and dates."""
    random = Random(seed + 1)  # noqa: S311 - nothing secret is made of it
    year = Year(today)
    made = []
    for account in accounts:
        past = _Past(year, account, random)
        made.append((past.first, account, past.courses()))
    made.sort(key=lambda one: one[0])  # they come in the order of the lists, which sorting leaves as they are
    for pk, (first, account, courses) in enumerate(made, start=1):
        year.accounts.append(account)
        year.added_by.append(first)
        for key, course in courses.items():
            year.changes += _logged(pk, key, first, course)
    year.changes.sort(key=lambda change: change[:3])
    return year


def _logged(pk: int, key: str, first: int, course: _Course) -> Iterator[Change]:
    """Yield the log of a field: what came with the account is no change."""
    known: Value = None
    for number in sorted(course):
        value = course[number]
        if number > first and value != known:
            yield number, pk, key, known, value
        known = value


class _Past:
    """What the lists told of one account."""

    def __init__(self, year: Year, account: Account, random: Random) -> None:
        self._year, self._account, self._random = year, account, random
        self.first = max(1, self._list_after(account["created_on"]))
        """The list that it came with."""

    def courses(self) -> dict[str, _Course]:
        """Return what became of each field that changed, the account's own fields set to what they are at last."""
        courses = {"status": self._status(), "list_size": self._sizes()}
        for key in ("initial_upgrade_on", "first_payment_on", "moved_out_on"):
            courses[key] = self._learnt(key, self._account[key])
        courses["moved_to"] = self._learnt("moved_out_on", self._account["moved_to"])
        for key in ("cancelled_on", "cancel_reason"):
            courses[key] = self._learnt("cancelled_on", self._account[key])
        if self._account["initial_upgrade_on"]:
            courses["plan_type"] = self._plans()
        courses["last_login_on"] = self._repeated("last_login_on", 9 + self._random.randrange(60))
        courses |= self._campaigns()
        if self._random.random() < _REWRITTEN:
            email = str(self._account["email"])
            courses["email"] = {0: f"info@{email.partition('@')[2]}", self._any_list(): email}
        if self._account["status"] == "O" and not self._account["moved_out_on"]:
            self._stray(courses)
        return courses

    def _list_after(self, day: Value) -> int:
        """Return the number of the first list that knows of a day; 0 or less for before the first list."""
        if not isinstance(day, str):
            return 0
        ago = (self._year.today - date.fromisoformat(day)).days
        return WEEKS - ago // 7

    def _any_list(self) -> int:
        return 2 + self._random.randrange(WEEKS - 1)

    def _learnt(self, day_key: str, value: Value) -> _Course:
        """Return the course of what is known from a day on."""
        day = self._account[day_key]
        return {0: None, max(0, self._list_after(day)): value} if day else {0: value}

    def _status(self) -> _Course:
        """A trial expires or becomes a paid plan, and that is cancelled."""
        account, status = self._account, self._account["status"]
        if status == "T":
            return {0: "T"}
        if status == "E":
            expired = self._list_after(account["created_on"]) + 4  # some weeks: lists do not say when it expired
            return {0: "T", max(0, expired): "E"}
        course: _Course = {0: "T"}
        course[max(0, self._list_after(account["initial_upgrade_on"]))] = "O" if status == "C" else status
        if status == "C":
            course[max(0, self._list_after(account["cancelled_on"]))] = "C"
        return course

    def _plans(self) -> _Course:
        """The plan was Trial before the upgrade, and now and then a smaller one since."""
        plan = self._account["plan_type"]
        upgraded = max(0, self._list_after(self._account["initial_upgrade_on"]))
        course: _Course = {0: "Trial", upgraded: plan}
        later = self._any_list()
        if plan in ("Standard", "Premium") and later > upgraded and self._random.random() < _REPLANNED:
            course[upgraded] = "Lite" if plan == "Standard" else "Standard"
            course[later] = plan
        return course

    def _sizes(self) -> _Course:
        """A list of contacts grows by and by, or shrinks; seldom by leaps."""
        size = self._account["list_size"]
        if not isinstance(size, int) or size == 0:
            return {0: size}
        shrinks = self._random.random() < _SHRINKING
        course: _Course = {}
        number, now = WEEKS - self._random.randrange(6), float(size)
        while number > self.first:
            course[number] = round(now)
            leap = 0.3 if self._random.random() < 0.06 else 0.05
            now *= 1 + leap * self._random.random() if shrinks else 1 - leap * self._random.random()
            number -= 2 + self._random.randrange(6)
        course[0] = round(now)
        course[max(course)] = size
        return course

    def _repeated(self, key: str, every: int) -> _Course:
        """Return the course of the last day of something that was done again and again before."""
        last = self._account[key]
        if not isinstance(last, str):
            return {0: None}
        created = date.fromisoformat(str(self._account["created_on"]))
        day, course = date.fromisoformat(last), {0: None}
        found: _Course = dict(course)
        while day >= created:
            number = self._list_after(day.isoformat())
            found.setdefault(max(0, number), day.isoformat())
            if number <= 0:
                found[0] = day.isoformat()
                break
            day -= timedelta(1 + self._random.randrange(2 * every))
        return found

    def _campaigns(self) -> dict[str, _Course]:
        """Each campaign counts one more."""
        sent = self._account["campaigns_sent"]
        if not isinstance(sent, int) or sent == 0:
            return {"campaigns_sent": {0: sent}}
        days = self._repeated("last_campaign_sent_on", 18 + self._random.randrange(40))
        counts: _Course = {}
        left = sent
        for number in sorted(days, reverse=True):
            if days[number] is not None and left <= 0:  # it has sent no more than that
                days[number] = None
            counts[number] = left if days[number] else None
            left -= 1
        return {"last_campaign_sent_on": days, "campaigns_sent": counts}

    def _stray(self, courses: dict[str, _Course]) -> None:
        """Let a few open accounts vanish from the lists, for good or for some weeks, or cancel and come back."""
        lot = self._random.random()
        if lot > _GONE + _BACK + _LEFT_ONCE or self.first > WEEKS - 12:
            return
        number = self.first + 2 + self._random.randrange(WEEKS - self.first - 1)
        number, back = min(number, WEEKS), min(number, WEEKS) + 2 + self._random.randrange(6)
        day, before = (self._year.day_of(each).isoformat() for each in (number, number - 1))
        if lot > _GONE + _BACK:
            self._cancel_once(courses, number, back)
            return
        courses["gone_on"], courses["last_seen_on"] = {0: None, number: day}, {0: None, number: before}
        if lot > _GONE and back <= WEEKS:
            courses["gone_on"][back] = courses["last_seen_on"][back] = None
            self._freeze(courses, number, back)
            return
        self._account |= {"gone_on": day, "last_seen_on": before}
        self._freeze(courses, number, WEEKS + 1)

    def _cancel_once(self, courses: dict[str, _Course], number: int, back: int) -> None:
        """Let the account cancel and come back before today."""
        if back > WEEKS or self._list_after(self._account["initial_upgrade_on"]) >= number - 1:
            return
        cancelled = (self._year.day_of(number) - timedelta(self._random.randrange(7))).isoformat()
        courses["status"] |= {number: "C", back: "O"}
        courses["cancelled_on"] = {0: None, number: cancelled, back: None}
        courses["cancel_reason"] = {0: None, number: "Not Doing Email Marketing", back: None}

    def _freeze(self, courses: dict[str, _Course], number: int, back: int) -> None:
        """Let nothing be learnt of an account while no list names it."""
        for key, course in courses.items():
            if key in ("gone_on", "last_seen_on"):
                continue
            hidden = [each for each in course if number <= each < back]
            if hidden and back <= WEEKS:
                course.setdefault(back, course[max(hidden)])
            for each in hidden:
                del course[each]
            self._account[key] = course[max(course)]
