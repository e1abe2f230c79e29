"""A column of a report, as tables and files need to know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import WrongUse
from core.query.kinds import TEXT, Kind, Row, Value

__all__ = ["Bar", "Column", "Row", "Value", "columns_like", "find_column"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar behind the numbers of a column."""

    full: int
    """The number whose bar is as long as the cell is wide."""

    def length(self, value: Value) -> float:
        """Return how much of the whole bar a value has, from 0 to 1; an unknown one has none."""
        return min(max(value / self.full, 0.0), 1.0) if isinstance(value, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """What stands at the head of a column and how its values are written."""

    key: str
    title: str
    kind: Kind = TEXT
    help: str = ""
    """One plain sentence for people: what the column says."""
    bar: Bar | None = None
    """What stands behind its numbers, if anything does."""
    has_badges: bool = False
    """Whether its values are words of few kinds, which stand out, each with the sign that `core.text.signs` has."""
    is_unbroken: bool = False
    """Whether its texts are never broken over lines."""

    @property
    def is_number(self) -> bool:
        """Whether values stand to the right."""
        return self.kind.is_number


def find_column(columns: Sequence[Column], name: str) -> Column:
    """Return the column with this key or title, in any case, or with a beginning or part of either that only one has.

    Raises:
        WrongUse: there is none, or several have that part; the message names them, or what comes nearest.
    """
    found = columns_like(columns, name)
    if len(found) == 1:
        return found[0]
    if found:
        keys = [column.key for column in found]
        several = f"{', '.join(keys[:-1])} or {keys[-1]}"
        raise WrongUse(f"'{name.strip()}' may be {several} here.", "Write more of the column's name.")
    raise WrongUse(f"There is no column '{name.strip()}' here.", _suggestion(name.strip().casefold(), columns))


def columns_like(columns: Sequence[Column], name: str) -> list[Column]:
    """Return the columns that a name may mean: by all of a key, else of a key or title, else by a beginning or part.

    A key comes first: a field of the partner's own may have the title of a column of ours.
    """
    wanted = _plain(name)
    if by_key := [column for column in columns if _plain(column.key) == wanted]:
        return by_key
    names = [(column, (_plain(column.key), _plain(column.title))) for column in columns]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [column for column, known in names if wanted and any(fits(one, wanted) for one in known)]
        if found:
            return found
    return []


def _plain(name: str) -> str:
    """Return a name as it is compared: in lower case, blanks for underscores."""
    return " ".join(name.casefold().replace("_", " ").split())


def _suggestion(wanted: str, columns: Sequence[Column]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted, [name for column in columns for name in (column.key, column.title.casefold())], 1)
    if near:
        key = next(column.key for column in columns if near[0] in (column.key, column.title.casefold()))
        return f"Did you mean {key}?"
    return "Columns: " + ", ".join(column.key for column in columns)
