"""A column of a report, as tables and files need to know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import WrongUse

ColumnKind = Literal["id", "text", "date", "number"]
"""How a value is written: `id` and `text` are str, `date` is ISO text (YYYY-MM-DD), `number` an int.
An unknown value is None whatever the kind, and is written empty (null in JSON)."""

Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands at the head of a column and how its values are written."""

    key: str
    title: str
    kind: ColumnKind = "text"
    help: str = ""
    """One plain sentence for people: what the column says."""

    @property
    def is_number(self) -> bool:
        """Whether values stand to the right."""
        return self.kind == "number"


def find_column(columns: Sequence[Column], name: str) -> Column:
    """Return the column with this key or title, in any case.

    Raises:
        WrongUse: there is none; the message names what comes nearest, or all there are.
    """
    wanted = name.strip().casefold()
    for column in columns:
        if wanted in (column.key, column.title.casefold()):
            return column
    raise WrongUse(f"There is no column '{name.strip()}' here.", _suggestion(wanted, columns))


def _suggestion(wanted: str, columns: Sequence[Column]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted, [name for column in columns for name in (column.key, column.title.casefold())], 1)
    if near:
        key = next(column.key for column in columns if near[0] in (column.key, column.title.casefold()))
        return f"Did you mean {key}?"
    return "Columns: " + ", ".join(column.key for column in columns)
