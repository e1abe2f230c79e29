"""What only all values of a column show: which way round its dates are, and whether its numbers have decimals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from core.errors import Step
from core.importing.counts import decimal_sign, is_ambiguous, read_number
from core.importing.dates import ORDER_WORDS, DateOrder, day_and_month
from core.importing.headings import Match
from core.importing.notes import Note
from core.importing.rejected import Unreadable
from core.importing.table import Table

_REMEMBERED = 50_000


class _Evidence(Protocol):
    """What the values of one column say."""

    def add(self, texts: Collection[str]) -> None:
        """Look at values that were not seen lately."""
        ...

    def notes(self, heading: str) -> list[Note]:
        """Return what a reader must know of the column."""
        ...


class _Dates:
    """What the dates of one column say about their order."""

    def __init__(self) -> None:
        self.any = self.day_first = self.month_first = False
        self.maybe_year_first = True

    def add(self, texts: Collection[str]) -> None:
        for text in texts:
            if numbers := day_and_month(text):
                first, second, third = numbers
                self.any = True
                self.day_first |= first > 12 >= second
                self.month_first |= second > 12 >= first
                self.maybe_year_first &= first > 12 >= second and len(third) == 2 and 0 < int(third) <= 31

    @property
    def order(self) -> DateOrder:
        """Day first if all dates allow that and some allow nothing else; else month first."""
        return "dmy" if self.day_first and not self.month_first else "mdy"

    def notes(self, heading: str) -> list[Note]:
        if not self.any:
            return []
        if self.maybe_year_first:
            return [
                Note(
                    "year_first_possible",
                    f"{heading} may be year first: 26-03-04 was read day first, as March 26, 2004.",
                    hint=Step.READS_YEAR_FIRST(),
                )
            ]
        if self.day_first != self.month_first:
            return []
        why = "has day-first and month-first dates" if self.day_first else "does not show which is the month"
        return [
            Note(
                "date_order",
                f"{heading} {why}: dates were read {ORDER_WORDS[self.order]} (03/04/2026 is March 4).",
                hint=Step.READS_DAY_FIRST(),
            )
        ]


class _Numbers:
    """What the numbers of one column say about the signs in them."""

    def __init__(self) -> None:
        self._decimal: set[str] = set()
        self._ambiguous = 0
        self._sample = ""

    def add(self, texts: Collection[str]) -> None:
        for text in texts:
            if sign := decimal_sign(text):
                self._decimal.add(sign)
            elif is_ambiguous(text) and "." in text:
                self._ambiguous += 1
                self._sample = self._sample or text.strip()

    @property
    def decimal_signs(self) -> frozenset[str]:
        return frozenset(self._decimal)

    def notes(self, heading: str) -> list[Note]:
        if not self._ambiguous:
            return []
        value = read_number(self._sample, lambda: self.decimal_signs)
        if isinstance(value, Unreadable):
            return []
        how = "has decimals" if self._decimal else "has groups of three"
        kind = "decimals" if self._decimal else "groups_of_three"
        return [Note(kind, f"{heading} {how}: {self._sample} was read as {value:,}.", self._ambiguous)]


class ColumnEvidence:
    """The evidence of each column of a table.

    A file whose values say all themselves is never read for this. The first one that does not makes the whole table
    be read once more, beside the reading that is under way.
    """

    def __init__(self, table: Table, matches: Sequence[Match], stated: DateOrder | None) -> None:
        """Set up: `matches` are the columns that the file has; a date order `stated` by a person holds for all."""
        self._table = table
        self._matches = [match for match in matches if match.index is not None]
        self._stated = stated
        self._dates: dict[int | None, _Dates] = {}
        self._numbers: dict[int | None, _Numbers] = {}

    def date_order(self, index: int | None) -> DateOrder:
        """Return the order of the column `index`; of a value that a person set where it is None."""
        if self._stated or index is None:
            return self._stated or "mdy"
        self._read()
        return self._dates[index].order

    def decimal_signs(self, index: int | None) -> frozenset[str]:
        """Return the signs that stand before decimals in the column `index`."""
        if index is None:
            return frozenset()
        self._read()
        return self._numbers[index].decimal_signs

    def _read(self) -> None:
        """Gather the evidence of all columns in one reading."""
        if self._dates or self._numbers:
            return
        self._dates = {match.index: _Dates() for match in self._matches if match.field.kind == "date"}
        self._numbers = {match.index: _Numbers() for match in self._matches if match.field.kind == "number"}
        columns: dict[int | None, _Evidence] = {**self._dates, **self._numbers}
        seen: dict[int | None, set[object]] = {index: set() for index in columns}
        for block in self._table.blocks():
            for index, evidence in columns.items():
                known = seen[index]
                fresh = {row[index] for row in block.rows if index < len(row)} - known  # type: ignore[index,operator]
                if len(known) > _REMEMBERED:
                    known.clear()
                known |= fresh
                evidence.add([cell for cell in fresh if isinstance(cell, str)])

    def notes(self) -> list[Note]:
        """Return what could not be told for sure, column by column, and how it was read."""
        columns: dict[int | None, _Evidence] = {**self._dates, **self._numbers}
        if self._stated:
            columns = {**self._numbers}
        return [
            note for match in self._matches if match.index in columns
            for note in columns[match.index].notes(match.heading)
        ]  # fmt: skip
