"""How much is to be measured."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = (10_000, 100_000)
OPENED = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes and repetitions."""

    sizes: tuple[int, ...] = SIZES
    """Rows of the files that are written and read."""
    opened: int = OPENED
    """Rows of the table that is opened."""
    quick: bool = False
    """One measurement of each, where several give a steadier figure."""

    def times(self, rows: int) -> int:
        """Return how often work on so many rows is measured."""
        if self.quick or rows > 100_000:
            return 1
        return 3 if rows > 10_000 else 5


def plan_for(rows: int | None, *, quick: bool) -> Plan:
    """Return the plan for up to `rows` rows; by default files of 10,000 and 100,000, and a table of 1,000,000."""
    if rows is None:
        return Plan(quick=quick)
    return Plan((*(size for size in SIZES if size < rows), rows), rows, quick)
