"""A condition as SQL over the rows of a report."""

from __future__ import annotations

from core.conditions.tree import Between, Comparison, Condition, Empty, Junction, Not, OneOf

Parameters = dict[str, str | int]


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
            either = tuple(Comparison(column, "=", operand) for operand in operands)
            return to_sql(Junction("or", either), folded, parameters)
        case Between(column, low, high):
            ends = (Comparison(column, ">=", low), Comparison(column, "<=", high))
            return to_sql(Junction("and", ends), folded, parameters)
        case Comparison():
            return _comparison(condition, folded, parameters)


def _comparison(condition: Comparison, folded: frozenset[str], parameters: Parameters) -> str:
    key, operator, value = condition.column.key, condition.operator, condition.operand.value
    name = f"value_{len(parameters)}"
    parameters[name] = value.casefold() if isinstance(value, str) else value
    if condition.column.kind in ("date", "number"):
        return "(" + _COMPARE.get(operator, "{0} {op} :{1}").format(key, name, op=operator) + ")"
    plain = _COMPARE.get(operator, "{0} {op} :{1} COLLATE NOCASE").format(key, name, op=operator)
    if key not in folded:
        return f"({plain})"
    exact = _COMPARE.get(operator, "{0} {op} :{1}").format(f"casefold({key})", name, op=operator)
    return f"(CASE WHEN {key}_key IS NULL THEN {plain} ELSE {exact} END)"


_COMPARE = {
    "~": "instr(lower({0}), :{1}) > 0",
    "^": "substr(lower({0}), 1, length(:{1})) = :{1}",
}
"""What no operator of SQL does without wildcards. lower() touches ASCII alone, which is all it meets here."""
