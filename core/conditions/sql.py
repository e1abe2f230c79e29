"""A condition as SQL over the rows of a report."""

from __future__ import annotations

import json
from typing import Any

from core.conditions.tree import Between, Comparison, Condition, Empty, Junction, Not, OneOf, Operand
from core.query.columns import Column

Parameters = dict[str, Any]


def to_sql(condition: Condition, folded: frozenset[str], parameters: Parameters) -> str:
    """Return the SQL expression for `condition`; the values it compares with go into `parameters`.

    An unknown value meets only *is empty*: SQL's NULL does just that. Text compares without case: by NOCASE where the
    text is ASCII (it has no sort key, or none is kept), by Python's case folding where it is not. `folded` names the
    text columns that have a sort key `KEY_key`.
    """
    match condition:
        case Junction(word, conditions):
            parts = (to_sql(part, folded, parameters) for part in conditions)
            return "(" + f" {word.upper()} ".join(parts) + ")"
        case Not(part):
            return f"NOT {to_sql(part, folded, parameters)}"
        case Empty(column):
            return f"({column.key} IS NULL)"
        case OneOf(column, operands):
            values = json.dumps([_comparable(operand) for operand in operands])
            return _on(column, folded, f"{{0}} IN (SELECT value FROM json_each({_bound(values, parameters)}))")
        case Between(column, low, high):
            ends = (Comparison(column, ">=", low), Comparison(column, "<=", high))
            return to_sql(Junction("and", ends), folded, parameters)
        case Comparison(column, operator, operand):
            test = _TESTS.get(operator, f"{{0}} {operator} {{1}}")
            return _on(column, folded, test.format("{0}", _bound(_comparable(operand), parameters)))


_TESTS = {
    "~": "instr(lower({0}), {1}) > 0",
    "^": "substr(lower({0}), 1, length({1})) = {1}",
}
"""What no operator of SQL does without wildcards. lower() touches ASCII alone, which is all it meets here."""


def _comparable(operand: Operand) -> str | int | float:
    """Return a value as it compares: text without case."""
    return operand.value.casefold() if isinstance(operand.value, str) else operand.value


def _bound(value: str | int | float, parameters: Parameters) -> str:
    """Put a value into `parameters` and return what stands for it."""
    name = f"value_{len(parameters)}"
    parameters[name] = value
    return f":{name}"


def _on(column: Column, folded: frozenset[str], test: str) -> str:
    """Return a test on the value of a column, for which {0} stands in it."""
    return column.kind.test_sql(column.key, test, is_folded=column.key in folded)
