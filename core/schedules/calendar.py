"""Calendar expressions of systemd: `Mon 07:00`, `weekly`, `Mon..Fri *-*-* 08,17:30 Europe/Berlin`.

Read here as well as by systemd, so that the next times, lateness and crontab lines are known where there is no systemd.
The grammar is that of systemd.time(7), in whole seconds.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from itertools import islice, product

from core.clock import zone_named
from core.errors import WrongUse

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As `date.weekday` numbers them."""

_WORDS = {
    "minutely": "*-*-* *:*:00",
    "hourly": "*-*-* *:00:00",
    "daily": "*-*-* 00:00:00",
    "weekly": "Mon *-*-* 00:00:00",
    "monthly": "*-*-01 00:00:00",
    "quarterly": "*-01,04,07,10-01 00:00:00",
    "semiannually": "*-01,07-01 00:00:00",
    "annually": "*-01-01 00:00:00",
    "yearly": "*-01-01 00:00:00",
}
_LONG_DAYS = {name.lower(): place for place, name in enumerate(months.day_name)}
_DAY_NUMBERS = _LONG_DAYS | {name.lower(): place for place, name in enumerate(DAYS)}

_LAST_YEAR = 2199
"""Beyond which systemd does not look either."""

_FROM_END = 28
"""Days that every month has, so that each can be counted from its end."""

_DATE = re.compile(r"(?:(?P<year>[\d*,./]+)-)?(?P<month>[\d*,./]+)(?P<from_end>[-~])(?P<day>[\d*,./]+)")
_TIME = re.compile(r"(?P<hour>[\d*,./]+):(?P<minute>[\d*,./]+)(?::(?P<second>[\d*,./]+))?")
_STEP = re.compile(r"(\d+)(?:\.\.(\d+))?(?:/(\d+))?")

_EXAMPLE = "Write it as weekly, daily, Mon 07:00, Mon,Thu 07:00 or *-*-01 06:00 (a calendar of systemd)."


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one part of an expression allows; None: anything."""

    allowed: tuple[int, ...] | None

    def __contains__(self, number: int) -> bool:
        return self.allowed is None or number in self.allowed

    def within(self, first: int, last: int) -> list[int]:
        """Return the allowed numbers from `first` to `last`."""
        return [number for number in range(first, last + 1) if number in self]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When something is to happen, by the clock on the wall of a time zone."""

    text: str
    """As it was written."""
    weekdays: frozenset[int]
    """Monday is 0. All seven where it says nothing of them."""
    years: Numbers
    months: Numbers
    days: Numbers
    is_from_end: bool
    """Whether days are counted from the end of the month: 1 is its last."""
    hours: Numbers
    minutes: Numbers
    seconds: Numbers
    zone: str | None = None
    """The time zone that it names itself."""

    @property
    def without_zone(self) -> str:
        """The expression without the zone that it names."""
        return self.text.removesuffix(self.zone or "").strip()

    @property
    def is_every_weekday(self) -> bool:
        """Whether it says nothing of the days of the week."""
        return len(self.weekdays) == len(DAYS)

    def times(self, after: datetime, zone: tzinfo) -> Iterator[datetime]:
        """Yield the moments after a moment, in order.

        Args:
            after: aware.
            zone: whose clock holds where the expression names none. An hour that this clock leaves out when summer
                time begins is left out here, as systemd does.
        """
        own = zone_named(self.zone) if self.zone else zone
        clock = [time(*parts) for parts in product(*self._clock())]
        for day in self._dates(after.astimezone(own).date()):
            for at in clock:
                moment = datetime.combine(day, at, own)
                if moment > after and moment.astimezone(UTC).astimezone(own).replace(fold=0) == moment:
                    yield moment

    def next_time(self, after: datetime, zone: tzinfo) -> datetime | None:
        """Return the first moment after a moment; None if there will be none."""
        return next(self.times(after, zone), None)

    def next_times(self, after: datetime, zone: tzinfo, count: int = 3) -> list[datetime]:
        """Return the next moments after a moment, `count` at most."""
        return list(islice(self.times(after, zone), count))

    def _clock(self) -> tuple[list[int], list[int], list[int]]:
        return self.hours.within(0, 23), self.minutes.within(0, 59), self.seconds.within(0, 59)

    def _dates(self, first: date) -> Iterator[date]:
        for year in self.years.within(first.year, _LAST_YEAR):
            for month in self.months.within(1, 12):
                length = months.monthrange(year, month)[1]
                if (year, month, length) < (first.year, first.month, first.day):
                    continue
                for number in range(1, length + 1):
                    day = date(year, month, number)
                    counted = length - number + 1 if self.is_from_end else number
                    if day >= first and counted in self.days and day.weekday() in self.weekdays:
                        yield day


def parse_calendar(text: str) -> Calendar:
    """Return what a calendar expression says.

    Raises:
        WrongUse: it is none, names an unknown time zone, or names a day that never comes.
    """
    written = " ".join(text.split())
    rest, zone = _without_zone(written)
    words = (_WORDS.get(rest.lower()) or rest).split()
    weekdays = frozenset(range(7))
    if words and words[0][0].isalpha():
        weekdays = _weekdays(written, words.pop(0))
    elif not words:
        raise _no_calendar(text)
    day, clock = _parts(written, words)
    found = Calendar(
        text=written,
        weekdays=weekdays,
        years=_numbers(written, day["year"] or "*", 1970, _LAST_YEAR),
        months=_numbers(written, day["month"], 1, 12),
        days=_days_from_end(written, day["day"]) if day["from_end"] == "~" else _numbers(written, day["day"], 1, 31),
        is_from_end=day["from_end"] == "~",
        hours=_numbers(written, clock["hour"], 0, 23),
        minutes=_numbers(written, clock["minute"], 0, 59),
        seconds=_numbers(written, clock["second"] or "0", 0, 59),
        zone=zone,
    )
    if found.next_time(datetime.now(UTC), UTC) is None:
        raise WrongUse(f"'{written}' is a calendar that never comes again.", _EXAMPLE)
    return found


def _without_zone(text: str) -> tuple[str, str | None]:
    """Part an expression from the time zone at its end: UTC, or a name with a letter that no other part has."""
    rest, _, last = text.rpartition(" ")
    is_zone = last == "UTC" or re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)+", last)
    if not (rest and is_zone):
        return text, None
    zone_named(last)
    return rest, last


def _weekdays(text: str, word: str) -> frozenset[int]:
    """Read `Mon,Wed..Fri`."""
    allowed: set[int] = set()
    for part in word.rstrip(",").lower().split(","):
        first, _, last = part.replace("-", "..").partition("..")
        start, stop = _DAY_NUMBERS.get(first), _DAY_NUMBERS.get(last or first)
        if start is None or stop is None or start > stop:
            raise _no_calendar(text)
        allowed.update(range(start, stop + 1))
    return frozenset(allowed)


def _parts(text: str, words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the parts of the date and of the time of day, either of which may be left out."""
    day = {"year": "*", "month": "*", "from_end": "-", "day": "*"}
    clock = {"hour": "0", "minute": "0", "second": "0"}
    if words and (found := _DATE.fullmatch(words[0])):
        day = found.groupdict()
        words = words[1:]
    if words and (found := _TIME.fullmatch(words[0])):
        clock = found.groupdict()
        words = words[1:]
    if words:
        raise _no_calendar(text)
    return day, clock


def _numbers(text: str, part: str, first: int, last: int) -> Numbers:
    """Read `*`, or a list of `7`, `7..9` and `0/15`."""
    if part == "*":
        return Numbers(None)
    allowed: set[int] = set()
    for one in part.split(","):
        found = _STEP.fullmatch(one)
        if not found:
            raise _no_calendar(text)
        start, stop, step = (None if given is None else int(given) for given in found.groups())
        if start is not None and first == 1970 and start < 100:  # a year of two figures, as systemd reads it
            start += 2000 if start < 70 else 1900
        end = stop if stop is not None else last if step else start
        if start is None or end is None or not first <= start <= end <= last or step == 0:
            raise _no_calendar(text)
        if step and stop is None and start + step > last:
            raise _no_calendar(text)
        allowed.update(range(start, end + 1, step or 1))
    return Numbers(tuple(sorted(allowed)))


def _days_from_end(text: str, part: str) -> Numbers:
    """Read the days behind `~`: 1 is the last of the month. Steps go towards its end: `7/1` is the last seven days."""
    if part == "*":
        return Numbers(None)
    allowed: set[int] = set()
    for one in part.split(","):
        found = _STEP.fullmatch(one)
        start, stop, step = (int(given or 0) for given in found.groups()) if found else (0, 0, 0)
        if step and not stop:
            if not step < start <= _FROM_END:
                raise _no_calendar(text)
            allowed.update(range(start, 0, -step))
        else:
            allowed.update(_numbers(text, one, 1, _FROM_END).allowed or ())
    return Numbers(tuple(sorted(allowed)))


def _no_calendar(text: str) -> WrongUse:
    what = f"'{text}' is no calendar." if text.strip() else "It is not said yet when it is to run."
    return WrongUse(what, _EXAMPLE)
