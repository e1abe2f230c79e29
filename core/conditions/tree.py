"""What a condition is once it is read: a small tree."""

from __future__ import annotations

from dataclasses import dataclass

from core.query.columns import Column

Operator = str
"""One of = != < <= > >= ~ ^: as they are written."""

COMPARISONS = {
    "=": "is",
    "!=": "is not",
    "<=": "is at most",
    ">=": "is at least",
    "<": "is below",
    ">": "is above",
    "~": "contains",
    "^": "begins with",
}
"""Operators and how a sentence says them."""

DATE_COMPARISONS = COMPARISONS | {
    "<=": "is on or before",
    ">=": "is on or after",
    "<": "is before",
    ">": "is after",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """A value to compare with, and how a sentence says it."""

    value: str | int | float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column compared with a value."""

    column: Column
    operator: Operator
    operand: Operand


@dataclass(frozen=True, slots=True)
class Between:
    """A column from one value to another, both counted."""

    column: Column
    low: Operand
    high: Operand


@dataclass(frozen=True, slots=True)
class OneOf:
    """A column that is one of several values."""

    column: Column
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A column whose value is not known."""

    column: Column


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary. An unknown value meets neither a comparison nor its contrary."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by one word, *and* or *or*."""

    word: str
    conditions: tuple[Condition, ...]


Condition = Comparison | Between | OneOf | Empty | Not | Junction


def columns_of(condition: Condition) -> list[Column]:
    """Return the columns that a condition rests on, each once, in order."""
    match condition:
        case Junction(_, conditions):
            found = [column for part in conditions for column in columns_of(part)]
        case Not(part):
            found = columns_of(part)
        case _:
            found = [condition.column]
    return list(dict.fromkeys(found))


def all_of(conditions: list[Condition]) -> Condition | None:
    """Return conditions joined by *and*; None for none."""
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return Junction("and", tuple(conditions))
