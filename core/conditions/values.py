"""The values of a condition, as people write them: days and stretches of days, numbers, statuses, text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.conditions.tree import Operand
from core.errors import WrongUse
from core.query.columns import Column
from core.query.kinds import DAY_EXAMPLES, read_day
from core.text.vocabulary import count_of

_QUOTED = re.compile(r"""("|')((?:(?!\1).|\1\1)*)\1|“([^”]*)”""", re.DOTALL)
_BARE = re.compile(r"""[^\s()"'“,=<>!~^][^\s(),]*""")
_TODAY = re.compile(r"(today|yesterday|tomorrow)\b(?:\s*([+-])\s*(\d{1,5})\b)?", re.IGNORECASE)
_DISTANT = re.compile(r"(\d{1,5})\s+(day|week)s?\s+(ago|ahead|from now)\b", re.IGNORECASE)
_LAST = re.compile(r"(?:the\s+)?(?:last|past)\s+(\d{1,5})\s+(day|week)s?\b", re.IGNORECASE)
_CALENDAR = re.compile(r"(this|last|next)\s+(week|month|year)\b", re.IGNORECASE)
_ECHO = re.compile(r"\s*\(\d{4}-\d\d-\d\d\)")
"""The day itself, as sentences say it behind a relative one."""
_DAY_WORD = r"""(?!(?:and|or)\b)[^\s()"'“”]+"""
_DAY = re.compile(rf"{_DAY_WORD}(?: {{1,3}}{_DAY_WORD}){{0,7}}", re.IGNORECASE)
"""What may be one day, with its time and zone: up to eight words."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends counted."""

    low: Operand
    high: Operand


Found = tuple[Operand | Span, int]
"""A value, and the place behind it."""


class NoValue(Exception):
    """There is no value at that place: none is there, or a quote is not closed."""


def value_at(text: str, at: int, column: Column, operator: str, as_of: date, *, in_list: bool = False) -> Found:
    """Return the value of `column` that stands in `text` from `at`, and the place behind it.

    In a list a comma parts values (`in (1,2)`); elsewhere it may part the groups of a number (1,000).

    Raises:
        NoValue: nothing stands there, or a quote is not closed.
        WrongUse: it is no value of that column.
    """
    if operator not in ("~", "^"):
        if column.kind.is_date and (found := _day_at(text, at, as_of)):
            return found
        if match := column.kind.literal_at(text, at, in_list=in_list):
            return operand(column, operator, match[0]), match.end()
    quoted = _QUOTED.match(text, at)
    match = quoted or _BARE.match(text, at)
    if match is None:
        raise NoValue
    return operand(column, operator, unquoted(quoted) if quoted else match[0]), match.end()


def quoted_at(text: str, at: int) -> re.Match[str] | None:
    """Return the text in quotes that stands at a place, if one does."""
    return _QUOTED.match(text, at)


def unquoted(match: re.Match[str]) -> str:
    """Return what stands between the quotes of `quoted_at`."""
    mark, inner, curly = match.groups()
    return str(curly) if mark is None else str(inner).replace(mark * 2, mark)


def span_at(text: str, at: int, as_of: date) -> tuple[Span, int] | None:
    """Return the stretch of days that stands at a place (*last 30 days*, *this month*), and the place behind it."""
    found = _day_at(text, at, as_of)
    return (found[0], found[1]) if found and isinstance(found[0], Span) else None


def operand(column: Column, operator: str, text: str) -> Operand:
    """Return the value that `text` is for `column`.

    Raises:
        WrongUse: it is no date, number or text of that column.
    """
    if operator in ("~", "^"):
        return Operand(text, f"“{text}”")
    value, words = column.kind.read(text, column.title)
    return Operand(value, words)


def _day_at(text: str, at: int, as_of: date) -> Found | None:
    """Return the day or days that stand at a place, and the place behind them.

    Raises:
        WrongUse: the day is before the first or after the last that there is.
    """
    try:
        relative = _relative_at(text, at, as_of)
    except (OverflowError, ValueError):
        raise WrongUse("That day is out of reach.", f"Write {DAY_EXAMPLES}.") from None
    return relative or _stated_at(text, at)


def _relative_at(text: str, at: int, as_of: date) -> Found | None:
    if match := _TODAY.match(text, at):
        days = {"today": 0, "yesterday": -1, "tomorrow": 1}[match[1].lower()]
        days += int(match[3] or 0) * (-1 if match[2] == "-" else 1)
        return _distant(as_of, days), _behind_echo(text, match.end())
    if match := _DISTANT.match(text, at):
        days = int(match[1]) * (7 if match[2].lower() == "week" else 1)
        return _distant(as_of, -days if match[3].lower() == "ago" else days), _behind_echo(text, match.end())
    if match := _LAST.match(text, at):
        days = int(match[1]) * (7 if match[2].lower() == "week" else 1)
        return _span(as_of - timedelta(days), as_of), match.end()
    if match := _CALENDAR.match(text, at):
        return _calendar_span(
            as_of, match[2].lower(), {"last": -1, "this": 0, "next": 1}[match[1].lower()]
        ), match.end()
    return None


def _stated_at(text: str, at: int) -> Found | None:
    """Return the day that is written at a place; of several readings the longest."""
    written = _DAY.match(text, at)
    while written is not None:
        stated = written[0].rstrip(",")
        if day := read_day(stated):
            return Operand(day, day), at + len(stated)
        shorter = stated.rpartition(" ")[0].rstrip()
        written = _DAY.match(text, at, at + len(shorter)) if shorter else None
    return None


def _distant(as_of: date, days: int) -> Operand:
    day = as_of + timedelta(days)
    if not days:
        return Operand(day.isoformat(), f"today ({day})")
    return Operand(day.isoformat(), f"{count_of(abs(days), 'day')} {'ago' if days < 0 else 'ahead'} ({day})")


def _calendar_span(as_of: date, unit: str, away: int) -> Span:
    """Return this, the last or the next week (from Monday), month or year."""
    if unit == "week":
        monday = as_of - timedelta(as_of.weekday()) + timedelta(7 * away)
        return _span(monday, monday + timedelta(6))
    if unit == "year":
        return _span(date(as_of.year + away, 1, 1), date(as_of.year + away, 12, 31))
    months = as_of.year * 12 + as_of.month - 1 + away
    first, after = _first_of(months), _first_of(months + 1)
    return _span(first, after - timedelta(1))


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _span(low: date, high: date) -> Span:
    return Span(Operand(low.isoformat(), low.isoformat()), Operand(high.isoformat(), high.isoformat()))


def _behind_echo(text: str, at: int) -> int:
    echo = _ECHO.match(text, at)
    return echo.end() if echo else at
