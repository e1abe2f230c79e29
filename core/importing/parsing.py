"""From the rows of a file to rows of values: what the import stores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

from core.errors import WrongUse
from core.importing.cells import plain_texts
from core.importing.date_orders import DateOrders
from core.importing.dates import DateOrder
from core.importing.headings import Match, Matching
from core.importing.rejected import Rejected, shown
from core.importing.table import Block, Cells, Table, is_blank
from core.importing.unreadable import Unreadable
from core.importing.values import Column, Parsed, column_for
from core.query.columns import Row, Value

Names = tuple[str | None, str | None]
"""The account id and the username in a row, as far as they can be read."""


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """The rows of one block, each either among the good ones or among the rejected ones."""

    numbers: list[int]
    """The good rows' numbers."""
    columns: list[list[Value]]
    """Their values, a list for each of `matching.matches`: numbers as int, dates as ISO text, None for unknown."""
    rejected: list[Rejected]
    """One for each other row, in the order of the file."""
    named: list[Names] = field(default_factory=list)
    """Account ids and usernames in rejected rows, as far as they can be read: these accounts are in the file."""

    def rows(self) -> Iterator[Row]:
        """Yield the values row by row."""
        return zip(*self.columns, strict=True)


class RowParser:
    """Reads the values of a table. One pass: use `blocks` once, then look at what was found on the way."""

    def __init__(self, table: Table, matching: Matching, date_order: DateOrder | None = None) -> None:
        """Set up a reading; a `date_order` given holds for every date column.

        Raises:
            WrongUse: a value that a person set cannot be read.
        """
        self._table = table
        self._matches = matching.matches
        dates = [match for match in self._matches if match.field.kind == "date" and match.index is not None]
        self._orders = DateOrders(table, dates, date_order)
        self._columns = [self._column(match) for match in self._matches]
        self._given = [self._given_value(*pair) for pair in zip(self._matches, self._columns, strict=True)]
        self._identity = [n for n, key in enumerate(matching.keys) if key in ("account_id", "username")]
        self._nameless = {index for index, heading in enumerate(table.headings) if not heading}
        self._values_without_heading: set[int] = set()

    def _column(self, match: Match) -> Column:
        """Return the reader of a field's values."""
        return column_for(match.field, match.heading, lambda: self._orders.of(match.index), self._table.epoch_1904)

    def _given_value(self, match: Match, column: Column) -> Parsed:
        """Return the value that a person set for a field; None for a field of the file."""
        if match.index is not None:
            return None
        value = column.values([match.value])[0]
        if isinstance(value, Unreadable):
            raise WrongUse(f"--set {match.field.key}={shown(match.value)} is not possible: {value.reason}.")
        return value

    def blocks(self) -> Iterator[ParsedBlock]:
        """Yield every row of the table, parsed. Raises what `Table.blocks` raises.

        A row with neither account id nor username is rejected here; what needs the other rows is the caller's.
        """
        for block in self._table.blocks():
            yield self._parsed(block)

    def unknown_words(self) -> dict[str, list[str]]:
        """Return, by heading, the words read so far that a status or account type column should not have.

        At most 1,000 of a column.
        """
        pairs = zip(self._matches, self._columns, strict=True)
        return {match.heading: list(column.unknown_words) for match, column in pairs if column.unknown_words}

    def notes(self) -> list[str]:
        """Return what a reader must know, such as which way round dates were read; plain sentences."""
        without = [str(index + 1) for index in sorted(self._values_without_heading)]
        notes = [f"Column {', '.join(without)} has values but no heading, and was left out."] if without else []
        return notes + self._orders.notes()

    def _parsed(self, block: Block) -> ParsedBlock:
        """Return a block's rows of values, column by column."""
        numbers, rows, rejected = self._whole_rows(block)
        named = self._named_in_others(block) if rejected else []
        if not rows:
            return ParsedBlock([], [[] for _ in self._matches], rejected, named)
        cells = list(zip(*rows, strict=True))
        self._look_at_nameless(cells)
        columns = [self._values(n, cells, len(rows)) for n in range(len(self._matches))]
        faults = self._faults(numbers, cells, columns)
        if faults:
            named += [self._named(at, columns) for at in faults]
            good = [n not in faults for n in range(len(rows))]
            numbers = list(compress(numbers, good))
            columns = [list(compress(values, good)) for values in columns]
            rejected = sorted([*rejected, *faults.values()], key=lambda one: one.row)
        return ParsedBlock(numbers, columns, rejected, named)  # type: ignore[arg-type] # what is unreadable has gone

    def _named(self, at: int, columns: Sequence[Sequence[Parsed]]) -> Names:
        """Return the account id and username of the row at a place, as far as they can be read."""
        values = {self._matches[n].field.key: columns[n][at] for n in self._identity}
        readable = {key: value if isinstance(value, str) else None for key, value in values.items()}
        return readable.get("account_id"), readable.get("username")

    def _named_in_others(self, block: Block) -> list[Names]:
        """Return the account ids and usernames of the rows that have more or fewer cells than there are headings."""
        width = len(self._table.headings)
        named = []
        for row in block.rows:
            if len(row) != width:
                cells = [(cell,) for cell in (*row, *[""] * (width - len(row)))]
                columns = [self._values(n, cells, 1) if n in self._identity else [] for n in range(len(self._matches))]
                named.append(self._named(0, columns))
        return named

    def _whole_rows(self, block: Block) -> tuple[list[int], list[Cells], list[Rejected]]:
        """Return the rows that have as many cells as there are headings, and reject the others."""
        width = len(self._table.headings)
        if set(map(len, block.rows)) == {width}:
            return block.numbers, block.rows, []
        numbers, rows, rejected = [], [], []
        for number, row in zip(block.numbers, block.rows, strict=True):
            if len(row) == width:
                numbers.append(number)
                rows.append(row)
            else:
                count = f"{len(row)} cell{'' if len(row) == 1 else 's'}"
                rejected.append(Rejected(number, "", "", f"has {count}, the heading row has {width}"))
        return numbers, rows, rejected

    def _look_at_nameless(self, cells: Sequence[Cells]) -> None:
        """Remember which columns have values although nothing stands above them."""
        for index in self._nameless - self._values_without_heading:
            if not is_blank(cells[index]):
                self._values_without_heading.add(index)

    def _values(self, n: int, cells: Sequence[Cells], height: int) -> list[Parsed]:
        """Return the values of the n-th field."""
        index = self._matches[n].index
        if index is None:
            return [self._given[n]] * height
        if not self._table.is_workbook:
            return self._columns[n].values(cells[index])  # type: ignore[arg-type]
        texts, faults = plain_texts(cells[index], self._matches[n].field.kind, self._table.epoch_1904)
        values = self._columns[n].values(texts)
        for at, fault in faults.items():
            values[at] = fault
            self._columns[n].has_faults = True
        return values

    def _faults(self, numbers: list[int], cells: Sequence[Cells], columns: list[list[Parsed]]) -> dict[int, Rejected]:
        """Return, by place in the block, the rows that cannot be taken, each with its first fault."""
        faults: dict[int, Rejected] = {}
        for match, column, values in zip(self._matches, self._columns, columns, strict=True):
            if match.index is None or not column.has_faults:
                continue
            for at, value in enumerate(values):
                if isinstance(value, Unreadable) and at not in faults:
                    found = shown(cells[match.index][at])
                    faults[at] = Rejected(numbers[at], match.heading, found, value.reason)
        identity = [columns[n] for n in self._identity]
        if not any(map(all, identity)):
            for at, names in enumerate(zip(*identity, strict=True)):
                if at not in faults and not any(names):
                    faults[at] = Rejected(numbers[at], "", "", "names neither an account id nor a username")
        return faults
