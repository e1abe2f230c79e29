"""Dates as files write them, made ISO text.

Read are: year first (2026-03-04, 2026/3/4), `MM/DD/YYYY` and the like, `DD.MM.YYYY`, month by its English name, each
with or without a time, and a spreadsheet's serial number of five figures or more. A time, and an offset from UTC, is
passed over: the date is taken as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from core.importing.unreadable import Unreadable

DateOrder = Literal["mdy", "dmy", "ymd"]
"""Which number comes first in dates such as 03/04/2026."""

ORDER_WORDS: dict[DateOrder, str] = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}

_CLOCK = r"(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?:[.,]\d+)?"
_HALF_DAY = r"(?: ?[ap]\.?m\.?)?"
_ZONE = r"(?: ?(?:[a-z]{1,5})?(?: ?[+-]\d{1,2}(?::?\d\d)?)?)?"
_TIME = rf"(?:(?:t|,? ){_CLOCK}{_HALF_DAY}{_ZONE})?"
_YEAR = r"(\d{4}|\d{2})"


def _form(day: str) -> re.Pattern[str]:
    """Compile one way to write a day, with or without a time."""
    return re.compile(day + _TIME, re.ASCII | re.IGNORECASE)


_YEAR_FIRST = _form(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DOTS = _form(rf"(\d{{1,2}})\. ?(\d{{1,2}})\. ?{_YEAR}")
_NUMBERS = _form(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2{_YEAR}")
_NAME_FIRST = _form(rf"([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}")
_NAME_SECOND = _form(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]([a-z]{{3,9}})\.?,?[ -]{_YEAR}")
_SERIAL = re.compile(r"(\d{5,7})(?:\.\d+)?", re.ASCII)
"""In a text fewer figures are no serial: 2026 is a year, not a day of 1905."""

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {
    name: number for number, name in enumerate(_MONTHS, 1)
} | {"sept": 9}  # fmt: skip

_NO_DATE = Unreadable("not a date")
_NO_DAY = Unreadable("no such day")


def read_date(text: str, date_order: Callable[[], DateOrder], epoch_1904: bool = False) -> str | Unreadable:
    """Return a date as ISO text, or why it cannot be read.

    Args:
        text: not blank.
        date_order: asked only where it matters: how is 03/04/2026 meant? Dates with dots are always day first, four
            figures in front always the year.
        epoch_1904: whether serial 0 is 1904-01-01; else serial 1 is 1900-01-01, and 60, a day that never was, is
            unreadable.
    """
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _NUMBERS.fullmatch(text):
        return _ordered(match[1], match[3], match[4], date_order())
    if match := _DOTS.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _NAME_FIRST.fullmatch(text):
        return _named(match[3], match[1], match[2])
    if match := _NAME_SECOND.fullmatch(text):
        return _named(match[3], match[2], match[1])
    if match := _SERIAL.fullmatch(text):
        return serial_date(int(match[1]), epoch_1904)
    return _NO_DATE


def serial_date(serial: int, epoch_1904: bool = False) -> str | Unreadable:
    """Return the date of a spreadsheet's day number as ISO text, or why there is none."""
    if epoch_1904:
        base = date(1904, 1, 1)
    elif serial > 60:
        base = date(1899, 12, 30)
    elif 0 < serial < 60:
        base = date(1899, 12, 31)
    else:
        return _NO_DAY
    try:
        return (base + timedelta(days=serial)).isoformat()
    except OverflowError:
        return _NO_DAY


def day_and_month(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date whose order has to be known (03/04/2026); None for any other text."""
    match = _NUMBERS.fullmatch(" ".join(text.split()))
    return (int(match[1]), int(match[3])) if match else None


def _ordered(first: str, second: str, third: str, order: DateOrder) -> str | Unreadable:
    """Return the date of three numbers in the order given."""
    if order == "ymd":
        return _day(first, second, third) if len(first) == len(third) == 2 else Unreadable("not year first")
    month, day = (first, second) if order == "mdy" else (second, first)
    if int(month) > 12 >= int(day):
        return Unreadable(f"no such month: dates are read {ORDER_WORDS[order]}")
    return _day(third, month, day)


def _named(year: str, name: str, day: str) -> str | Unreadable:
    """Return the date of a month given by name."""
    month = _MONTH.get(name.lower())
    return _NO_DATE if month is None else _day(year, str(month), day)


@lru_cache(maxsize=50_000)
def _day(year: str, month: str, day: str) -> str | Unreadable:
    """Return ISO text; years of two figures are 20YY."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return _NO_DAY
