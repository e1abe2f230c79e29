"""How a person has arranged the columns. A layout never changes: every change makes a new one, so it can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.columns import Column

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
        rank = {key: index for index, key in enumerate(self.order)}
        ordered = sorted(columns, key=lambda column: rank.get(column.key, len(rank)))
        return [column for column in ordered if column.key not in self.hidden]

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

    def with_moved(self, key: str, by: int, columns: Sequence[Column]) -> ColumnLayout:
        """Return this layout with one column moved `by` places to the right (left if negative) among those shown."""
        shown = [column.key for column in self.arrange(columns)]
        place = shown.index(key)
        shown.insert(min(max(place + by, 0), len(shown) - 1), shown.pop(place))
        return replace(self, order=tuple(shown))
