"""Dates as files write them, made ISO text.

Read are: year first (2026-03-04, 2026/3/4, 20260304), `MM/DD/YYYY` and the like, `DD.MM.YYYY`, month by its name in
seven languages, each with or without a weekday, a time and a zone, and a spreadsheet's serial number of five figures.
A time, and an offset from UTC, is passed over: the date is taken as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from core.importing.month_names import MONTH, WEEKDAYS, plain
from core.importing.rejected import Unreadable

DateOrder = Literal["mdy", "dmy", "ymd"]
"""Which number comes first in dates such as 03/04/2026."""

ORDER_WORDS: dict[DateOrder, str] = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}

_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:h][0-5]\d){1,2}(?:[.,]\d+)?"
_HALF_DAY = r"(?: ?[ap]\. ?m\.?| ?[ap]m?\b)?"
_ZONE = r"(?: ?(?:[a-z]{1,5}(?:/[a-z_]+)*)?(?: ?[+-]\d{1,2}(?::?\d\d)?)?(?: [a-z]{2,5})?)?(?: ?[(\[][^)\]]*[)\]])?"
_TIME = rf"(?:(?:t|[,;]? ){_CLOCK}{_HALF_DAY}{_ZONE})?"
_YEAR = r"(\d{4}|\d{2})"


def _form(day: str) -> re.Pattern[str]:
    """Compile one way to write a day, with or without a time."""
    return re.compile(day + _TIME, re.ASCII | re.IGNORECASE)


_YEAR_FIRST = _form(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DOTS = _form(rf"(\d{{1,2}})\. ?(\d{{1,2}})\. ?{_YEAR}\.?")
_NUMBERS = _form(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2{_YEAR}")
_FIGURES = re.compile(
    rf"((?:19|20)\d\d)(\d\d)(\d\d)(?:t?[ ]?(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d(?:\.\d+)?)?{_ZONE})?", re.ASCII | re.I
)
"""20260304, 20260304T103000Z and 20260304103000."""
_IDEOGRAPHS = _form(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]")
_NAME_FIRST = _form(
    rf"([a-z]{{3,10}})[. /-]{{1,2}}(\d{{1,2}})(?:st|nd|rd|th|er)?[,. /-]{{1,2}}(?:(?:de|del|of) )?{_YEAR}"
)
_NAME_SECOND = _form(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|o|a)?[. /-]{{0,2}}(?:(?:de|of|d') ?)?([a-z]{{3,10}})[,. /-]{{0,2}}"
    rf"(?:(?:de|del|of) )?{_YEAR}"
)
_NAME_THIRD = _form(r"(\d{4})[. /-]{1,2}([a-z]{3,10})[. /-]{1,2}(\d{1,2})")
_YEAR_LAST = re.compile(
    rf"([a-z]{{3,10}}) (\d{{1,2}}) {_CLOCK}{_HALF_DAY}(?: (?:[a-z]{{1,5}})?(?:[+-]\d{{1,2}}:?\d\d)?)? (\d{{4}})",
    re.ASCII | re.IGNORECASE,
)
"""Mar 04 10:00:00 UTC 2026, as programs print it."""
_WEEKDAY = re.compile(
    rf"(?:{WEEKDAYS})\.?(?:,| (?=\d)| (?=[a-z]{{3,}}\.? \d)) ?|mar\.?,? (?=\d{{1,2}}\.? (?:de )?[a-z]{{3,}})",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(r",? (?:at|um|a|alle|alle ore|ore|a las|a la|as|om|kl\.?) (?=\d{1,2}[:h]\d\d)", re.IGNORECASE)
_HOUR_WORDS = re.compile(r" ?(?:uhr|hrs?|h)\.?$", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
"""In a text fewer figures are no serial: 2026 is a year, not a day of 1905. More would be a day after 2173."""

_NO_DATE = Unreadable("not a date")
_NO_DAY = Unreadable("no such day")
CLOCK_BEGINS = Unreadable("the beginning of a clock, which means unknown")
"""In place of a day that programs write for *never*: it is unknown, and no fault."""
_BEGINNINGS = frozenset(
    {
        "0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01",
        "1969-12-31", "1970-01-01", "9999-12-31",
    }
)  # fmt: skip
"""Where the clocks of programs begin, and where one ends."""
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202c"))


def read_date(
    text: str, date_order: Callable[[], DateOrder], epoch_1904: bool = False, today: date | None = None
) -> str | Unreadable:
    """Return a date as ISO text, or why it cannot be read; `CLOCK_BEGINS` for one that means unknown.

    Args:
        text: not blank.
        date_order: asked only where it matters: how is 03/04/2026 meant? Dates with dots are always day first, four
            figures in front always the year.
        epoch_1904: whether serial 0 is 1904-01-01; else serial 1 is 1900-01-01, and 60, a day that never was, is
            unreadable.
        today: a year of two figures is the latest that is not after the year of this day + 1; the system's date by
            default.
    """
    text = " ".join(text.split())
    latest = (today or system_today()).year + 1
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4], latest)
    if match := _NUMBERS.fullmatch(text):
        return _ordered(match[1], match[3], match[4], date_order, latest)
    if match := _DOTS.fullmatch(text):
        return _day(match[3], match[2], match[1], latest)
    if match := _FIGURES.fullmatch(text):
        return _day(match[1], match[2], match[3], latest)
    if match := _SERIAL.fullmatch(text):
        return serial_date(int(match[1]), epoch_1904)
    return _spoken(plain(text.translate(_UNSEEN)), date_order, latest)


def system_today() -> date:
    """Return the date of the system, for readers that nobody tells the partner's."""
    return datetime.now().astimezone().date()


def _spoken(text: str, date_order: Callable[[], DateOrder], latest: int) -> str | Unreadable:
    """Return a date that has words around it or in it: a weekday, a month, *at*, *Uhr*."""
    text = _HOUR_WORDS.sub("", _TIME_WORDS.sub(" ", _WEEKDAY.sub("", text, count=1)))
    if match := _NAME_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        return _named(match[3], match[1], match[2], latest)
    if match := _NAME_SECOND.fullmatch(text):
        return _named(match[3], match[2], match[1], latest)
    if match := _NAME_THIRD.fullmatch(text):
        return _named(match[1], match[2], match[3], latest)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4], latest)
    if match := _NUMBERS.fullmatch(text):
        return _ordered(match[1], match[3], match[4], date_order, latest)
    if match := _DOTS.fullmatch(text):
        return _day(match[3], match[2], match[1], latest)
    if match := _IDEOGRAPHS.fullmatch(text):
        return _day(match[1], match[2], match[3], latest)
    return CLOCK_BEGINS if text in ("00:00:00", "12:00:00 am") else _NO_DATE


def number_date(number: float, epoch_1904: bool = False) -> str | Unreadable:
    """Return the date that a workbook's number stands for in a column of dates: a serial, or eight figures.

    1900 to 2100 is a year by mistake, and no day of 1905 (domain: Values).
    """
    whole = int(number // 1)
    if 1900 <= whole <= 2100 and number == whole:
        return Unreadable("a year alone")
    if match := _FIGURES.fullmatch(str(whole)):
        return _day(match[1], match[2], match[3], 0)
    return serial_date(whole, epoch_1904) if whole < 100_000 else _NO_DATE


def serial_date(serial: int, epoch_1904: bool = False) -> str | Unreadable:
    """Return the date of a spreadsheet's day number as ISO text, or why there is none."""
    if epoch_1904:
        base = date(1904, 1, 1)
    elif serial > 60:
        base = date(1899, 12, 30)
    elif 0 < serial < 60:
        base = date(1899, 12, 31)
    else:
        return CLOCK_BEGINS if serial == 0 else _NO_DAY
    try:
        return _likely((base + timedelta(days=serial)).isoformat())
    except OverflowError:
        return _NO_DAY


def day_and_month(text: str) -> tuple[int, int, str] | None:
    """Return the three numbers of a date whose order has to be known (03/04/2026), the last as it stands there.

    None for any other text.
    """
    text = " ".join(text.split())
    match = _NUMBERS.fullmatch(text)
    if match is None and not text[:1].isdigit():
        match = _NUMBERS.fullmatch(_WEEKDAY.sub("", plain(text), count=1))
    return (int(match[1]), int(match[3]), match[4]) if match else None


def _ordered(first: str, second: str, third: str, date_order: Callable[[], DateOrder], latest: int) -> str | Unreadable:
    """Return the date of three numbers in the order that holds."""
    if not int(first) and not int(second):
        return CLOCK_BEGINS
    order = date_order()
    if order == "ymd":
        return _day(first, second, third, latest) if len(first) == len(third) == 2 else Unreadable("not year first")
    month, day = (first, second) if order == "mdy" else (second, first)
    if int(month) > 12 >= int(day):
        return Unreadable(f"no such month: dates are read {ORDER_WORDS[order]}")
    return _day(third, month, day, latest)


def _named(year: str, name: str, day: str, latest: int) -> str | Unreadable:
    """Return the date of a month given by name."""
    month = MONTH.get(name)
    return _NO_DATE if month is None else _day(year, str(month), day, latest)


@lru_cache(maxsize=50_000)
def _day(year: str, month: str, day: str, latest: int) -> str | Unreadable:
    """Return ISO text; a year of two figures is the last one up to `latest` that ends so."""
    number = int(year)
    if len(year) == 2:
        number += latest // 100 * 100
        number -= 100 if number > latest else 0
    if (not int(month) and not int(day)) or (number, int(month), int(day)) == (1900, 1, 0):
        return CLOCK_BEGINS
    try:
        return _likely(date(number, int(month), int(day)).isoformat())
    except ValueError:
        return _NO_DAY


def _likely(day: str) -> str | Unreadable:
    """Return a day as it is, unless a clock begins with it."""
    return CLOCK_BEGINS if day in _BEGINNINGS else day
