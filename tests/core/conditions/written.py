"""Conditions as a person writes them, each with what it means: a second, independent reading of the grammar.

A meaning is a function of a line (column key → shown value, unknown is None) that answers True, False, or None where
the unknown leaves it open. A line meets a condition when the answer is True.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from core.query.columns import Column
from core.query.kinds import DATE, NUMBER

Meaning = Callable[[dict[str, Any]], bool | None]
Written = tuple[str, Meaning]

TEXTS = (
    "Łódź",
    "ŁÓDŹ",
    "łodz",
    "straße",
    "STRASSE",
    "ΣΊΣΥΦΟΣ",
    "Σίσυφος",
    "İstanbul",
    "istanbul",
    "Æon",
    "O'Brien & Sons",
    'The "Quote" Ltd',
    "100%_x",
    "x') OR 1=1 --",
    "; DROP TABLE accounts",
    "かがみ",
    "acme",
    "ACME Inc",
    "a",
    "s",
    "ö",
    "",
)
STATUSES = {
    "O": "Open",
    "open": "Open",
    "Active": "Open",
    "t": "Trial",
    "Trial - Active": "Trial",
    "trial end": "Expired Trial",
    "EXPIRED TRIAL": "Expired Trial",
    "cancelled": "Canceled",
    "c": "Canceled",
    "single bill": "Single Bill",
    "no such": "no such",
}
TYPES = {"managed": "Managed", "M": "Managed", "unmanaged": "Referred", "Referred": "Referred", "none": "none"}

COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "~": operator.contains,
    "^": str.startswith,
}


def of(value: Any) -> Any:
    """Return a value as it compares: text without case."""
    return value.casefold() if isinstance(value, str) else value


def compares(column: Column, sign: str, wanted: Any) -> Meaning:
    """Return what COLUMN OP VALUE means."""

    def meaning(line: dict[str, Any]) -> bool | None:
        value = line[column.key]
        if value is None:
            return None
        if sign in "~^":
            return bool(COMPARE[sign](of(str(value)), of(str(wanted))))
        return bool(COMPARE[sign](of(value), of(wanted)))

    return meaning


def negated(meaning: Meaning) -> Meaning:
    def contrary(line: dict[str, Any]) -> bool | None:
        answer = meaning(line)
        return None if answer is None else not answer

    return contrary


def joined(word: str, meanings: Sequence[Meaning]) -> Meaning:
    decisive = word == "or"

    def all_or_any(line: dict[str, Any]) -> bool | None:
        answers = [meaning(line) for meaning in meanings]
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive

    return all_or_any


def any_case(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([text, text.upper(), text.lower(), text.title()])


def quoted(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["'", '"']).map(lambda mark: mark + text.replace(mark, mark * 2) + mark)


def as_typed(text: str) -> st.SearchStrategy[str]:
    """Write a text in quotes, or bare where it may stand so."""
    if re.fullmatch(r"""[^\s()"',=<>!~^][^\s(),]*""", text):
        return st.one_of(st.just(text), quoted(text))
    return quoted(text)


def values(column: Column, as_of: date, sign: str = "=") -> st.SearchStrategy[tuple[str, Any]]:
    """Draw a value as it is typed, and what it is."""
    if sign in "~^":
        return texts(("0", "20", "-03-", "1", *TEXTS), {})
    if column.kind is DATE:
        days = st.sampled_from([-96, -95, -90, -1, 0, 1, 95, -500])
        today = days.flatmap(
            lambda days: st.sampled_from([f"today{days:+}", f"TODAY {'-' if days < 0 else '+'} {abs(days)}"]).map(
                lambda text: (text if days else "today", (as_of + timedelta(days)).isoformat())
            )
        )
        stated = days.map(lambda days: (as_of + timedelta(days)).isoformat())
        return st.one_of(today, stated.flatmap(lambda day: as_typed(day).map(lambda typed: (typed, day))))
    if column.kind is NUMBER:
        numbers = st.sampled_from([0, 1, 94, 95, 96, 500, 1_000, 2_500, -1, 10**18 - 1])
        return numbers.flatmap(lambda n: st.sampled_from([str(n), f'"{n:,}"']).map(lambda typed: (typed, n)))
    if column.key == "status":
        return texts(STATUSES, STATUSES)
    if column.key == "relationship":
        return texts(TYPES, TYPES)
    return texts((*TEXTS, "Cancel", "move-out", "Earned", "pending", "a1", "B2"), {})


def texts(pool: Any, meant: dict[str, str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from(list(pool)).flatmap(
        lambda text: as_typed(text).map(lambda typed: (typed, meant.get(text, text)))
    )


@st.composite
def comparisons(draw: st.DrawFn, columns: Sequence[Column], as_of: date) -> Written:
    """Draw a condition on one column."""
    column = draw(st.sampled_from(list(columns)))
    name = draw(st.one_of(any_case(column.key), any_case(column.title), quoted(column.title)))
    blank = draw(st.sampled_from(["", " ", "\n  "]))

    def drawn(sign: str = "=") -> tuple[str, Any]:
        return draw(values(column, as_of, sign))

    match draw(st.sampled_from(["compare"] * 4 + ["empty", "in", "between"])):
        case "empty":
            is_empty: Meaning = lambda line: line[column.key] is None  # noqa: E731
            if draw(st.booleans()):
                return f"{name} is not empty", negated(is_empty)
            return f"{name} IS Empty", is_empty
        case "in":
            pairs = [drawn() for _ in range(draw(st.integers(1, 3)))]
            text = ", ".join(typed for typed, _ in pairs)
            one_of = joined("or", [compares(column, "=", value) for _, value in pairs])
            if draw(st.booleans()):
                return f"{name} not in{blank}({text})", negated(one_of)
            return f"{name} in{blank}({text})", one_of
        case "between":
            (low, least), (high, most) = drawn(), drawn()
            between = joined("and", [compares(column, ">=", least), compares(column, "<=", most)])
            return f"{name} BETWEEN {low} and {high}", between
        case _:
            sign = draw(st.sampled_from(list(COMPARE)))
            typed, value = drawn(sign)
            return f"{name}{blank or ' '}{sign}{blank}{typed}", compares(column, sign, value)


def conditions(columns: Sequence[Column], as_of: date) -> st.SearchStrategy[Written]:
    """Draw a condition of any shape."""

    def wider(parts: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
        bracketed = parts.map(lambda one: (f"({one[0]})", one[1]))
        contrary = bracketed.map(lambda one: (f"not {one[0]}", negated(one[1])))
        junction = st.tuples(st.sampled_from(["and", "or", "AND"]), st.lists(bracketed, min_size=2, max_size=3)).map(
            lambda pair: (
                f" {pair[0]} ".join(text for text, _ in pair[1]),
                joined(pair[0].lower(), [meaning for _, meaning in pair[1]]),
            )
        )
        return st.one_of(contrary, junction)

    return st.recursive(comparisons(columns, as_of), wider, max_leaves=5)
