"""How a person has arranged the columns. A layout never changes: every change makes a new one, so it can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from core.query.columns import Column

MIN_WIDTH = 3
MAX_WIDTH = 200


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Order, widths, hidden and frozen columns; the empty layout shows all columns as they come."""

    order: tuple[str, ...] = ()
    """Keys in the order shown; columns that it leaves out follow in their own order."""
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    """Widths in cells that the person has set; the others follow from what the columns hold."""
    frozen: int = 1
    """How many columns stay in place when the others scroll sideways."""

    def arrange(self, columns: Sequence[Column]) -> list[Column]:
        """Return the columns that are shown, in the order shown. Keys that no column has are passed over."""
        return [column for column in self.in_order(columns) if column.key not in self.hidden]

    def in_order(self, columns: Sequence[Column]) -> list[Column]:
        """Return all columns, hidden ones too, in the order of this layout."""
        rank = {key: index for index, key in enumerate(self.order)}
        return sorted(columns, key=lambda column: rank.get(column.key, len(rank)))

    def chosen(self, columns: Sequence[Column]) -> tuple[str, ...]:
        """Return the keys of the columns that are shown, as a request names them: none where all are, as they come."""
        shown = tuple(column.key for column in self.arrange(columns))
        return () if shown == tuple(column.key for column in columns) else shown

    def has_same_columns(self, other: ColumnLayout) -> bool:
        """Return whether another layout shows the same columns in the same order, whatever their widths."""
        return (self.order, self.hidden) == (other.order, other.hidden)

    @classmethod
    def of(cls, keys: Sequence[str], columns: Sequence[Column]) -> Self:
        """Return the layout that shows these columns in this order, and hides the others."""
        return cls(tuple(keys), frozenset(column.key for column in columns if column.key not in keys))

    def with_width(self, key: str, width: int) -> ColumnLayout:
        """Return this layout with one column `width` cells wide, within bounds."""
        return replace(self, widths={**self.widths, key: min(max(width, MIN_WIDTH), MAX_WIDTH)})

    def with_natural_width(self, key: str) -> ColumnLayout:
        """Return this layout with one column as wide as what it holds asks for."""
        return replace(self, widths={other: width for other, width in self.widths.items() if other != key})

    def with_hidden(self, *keys: str) -> ColumnLayout:
        """Return this layout with these columns hidden too."""
        return replace(self, hidden=self.hidden.union(keys))

    def with_shown(self, *keys: str) -> ColumnLayout:
        """Return this layout with these columns no longer hidden."""
        return replace(self, hidden=self.hidden.difference(keys))

    def with_frozen(self, count: int) -> ColumnLayout:
        """Return this layout with the first `count` columns kept in place."""
        return replace(self, frozen=max(count, 0))

    def with_order(self, keys: Sequence[str]) -> ColumnLayout:
        """Return this layout with all columns, hidden ones too, in this order."""
        return replace(self, order=tuple(keys))

    def with_moved(self, key: str, by: int, columns: Sequence[Column]) -> ColumnLayout:
        """Return this layout with one column moved `by` places to the right (left if negative) among those shown."""
        shown = [column.key for column in self.arrange(columns)]
        target = shown[min(max(shown.index(key) + by, 0), len(shown) - 1)]
        keys = [column.key for column in self.in_order(columns)]
        place = keys.index(target)
        keys.remove(key)
        keys.insert(place, key)
        return replace(self, order=tuple(keys))

    def to_json(self) -> dict[str, Any]:
        """Return the form in which a layout is kept."""
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
            "frozen": self.frozen,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the layout that was kept.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        order, hidden, widths = tuple(kept["order"]), frozenset(kept["hidden"]), dict(kept["widths"])
        if not all(isinstance(key, str) for key in (*order, *hidden)):
            raise TypeError("keys are texts")
        frozen = max(int(kept["frozen"]), 0)
        return cls(
            order, hidden, {key: min(max(int(width), MIN_WIDTH), MAX_WIDTH) for key, width in widths.items()}, frozen
        )
