"""Which way round the dates of a column are, found from all of its values."""

from __future__ import annotations

from collections.abc import Sequence

from core.importing.dates import ORDER_WORDS, DateOrder, day_and_month
from core.importing.headings import Match
from core.importing.table import Table

_REMEMBERED = 50_000


class _Evidence:
    """What the dates of one column say about their order."""

    def __init__(self) -> None:
        self.any = self.day_first = self.month_first = False
        self._seen: set[object] = set()

    def add(self, cells: set[object]) -> None:
        """Look at the cells that were not seen before."""
        fresh = cells - self._seen
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        self._seen |= fresh
        for cell in fresh:
            if isinstance(cell, str) and (pair := day_and_month(cell)):
                first, second = pair
                self.any = True
                self.day_first |= first > 12 >= second
                self.month_first |= second > 12 >= first

    @property
    def order(self) -> DateOrder:
        """Day first if all dates allow that and some allow nothing else; else month first."""
        return "dmy" if self.day_first and not self.month_first else "mdy"


class DateOrders:
    """The date order of each column of a table.

    A file whose dates say it themselves is never read for this. The first date that does not makes the whole table
    be read once more, beside the reading that is under way.
    """

    def __init__(self, table: Table, columns: Sequence[Match], stated: DateOrder | None) -> None:
        """Set up: `columns` are the date columns that the file has; an order `stated` by a person holds for all."""
        self._table = table
        self._columns = columns
        self._stated = stated
        self._evidence: dict[int, _Evidence] = {}

    def of(self, index: int | None) -> DateOrder:
        """Return the order of the column `index`; of a value that a person set where it is None."""
        if self._stated or index is None:
            return self._stated or "mdy"
        if not self._evidence:
            self._read()
        return self._evidence[index].order

    def _read(self) -> None:
        """Gather the evidence of all date columns in one reading."""
        self._evidence = {match.index: _Evidence() for match in self._columns if match.index is not None}
        width = len(self._table.headings)
        for block in self._table.blocks():
            whole = [row for row in block.rows if len(row) == width]
            for index, evidence in self._evidence.items():
                evidence.add({row[index] for row in whole})

    def notes(self) -> list[str]:
        """Return, for each column whose order could not be told from its dates, how it was read."""
        notes = []
        for match in self._columns:
            evidence = self._evidence.get(match.index if match.index is not None else -1)
            if evidence is None or not evidence.any or evidence.day_first != evidence.month_first:
                continue
            why = "has day-first and month-first dates" if evidence.day_first else "does not show which is the month"
            notes.append(
                f"{match.heading} {why}: dates were read {ORDER_WORDS[evidence.order]} (03/04/2026 is March 4). "
                "--date-order dmy reads them day first."
            )
        return notes
