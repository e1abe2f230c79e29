"""Conditions as a person would write them: what `grammar` reads back as the same."""

from __future__ import annotations

from collections.abc import Iterable

from core.query.columns import Column, Value


def one_of(column: Column, values: Iterable[Value]) -> str:
    """Return the condition that `column` is one of `values`, of which None is the unknown one.

    Values that only bytes or NUL make differ cannot be written: reading the condition says so.
    """
    wanted = list(values)
    known = [_literal(column, value) for value in wanted if value is not None]
    parts = []
    if len(known) == 1:
        parts.append(f"{column.key} = {known[0]}")
    elif known:
        parts.append(f"{column.key} in ({', '.join(known)})")
    if None in wanted:
        parts.append(f"{column.key} is empty")
    return " or ".join(parts)


def joined(conditions: Iterable[str]) -> str:
    """Return several conditions as one that all of them must meet."""
    parts = list(conditions)
    return " and ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)


def _literal(column: Column, value: str | int | float) -> str:
    return quoted(str(value)) if column.kind.is_text else str(value)


def quoted(text: str) -> str:
    """Return a text as conditions take it, whatever it holds."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
