"""A column of a report, as tables and files need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
