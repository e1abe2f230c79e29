"""A condition as a sentence: every filter can be read back."""

from __future__ import annotations

from core.conditions.tree import (
    COMPARISONS,
    DATE_COMPARISONS,
    Between,
    Comparison,
    Condition,
    Empty,
    Junction,
    Not,
    OneOf,
)


def to_sentence(condition: Condition) -> str:
    """Return `condition` in words: "List Size is at least 500 and Last Login is not known"."""
    match condition:
        case Junction(word, conditions):
            return f" {word} ".join(_inner(part) for part in conditions)
        case Not(Empty(column)):
            return f"{column.title} is known"
        case Not(OneOf(column, operands)):
            return f"{column.title} is none of {', '.join(operand.words for operand in operands)}"
        case Not(part):
            return f"not ({to_sentence(part)})"
        case Empty(column):
            return f"{column.title} is not known"
        case OneOf(column, operands):
            return f"{column.title} is one of {', '.join(operand.words for operand in operands)}"
        case Between(column, low, high):
            return f"{column.title} is from {low.words} to {high.words}"
        case Comparison(column, operator, operand):
            words = DATE_COMPARISONS if column.kind.is_date else COMPARISONS
            return f"{column.title} {words[operator]} {operand.words}"


def _inner(part: Condition) -> str:
    return f"({to_sentence(part)})" if isinstance(part, Junction) else to_sentence(part)
