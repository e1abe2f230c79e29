"""From the rows of a file to rows of values: what the import stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress

from core.errors import WrongUse
from core.importing.bystanders import Bystanders
from core.importing.cells import plain_texts
from core.importing.column_evidence import ColumnEvidence
from core.importing.dates import DateOrder, system_today
from core.importing.derivation import Derivation
from core.importing.derived_fields import CONTACT
from core.importing.headings import Match, Matching
from core.importing.notes import Note, Tally
from core.importing.rejected import Rejected, Unreadable, shown
from core.importing.table import Block, Cells, Table, is_blank
from core.importing.values import Column, Parsed, Reading, column_for
from db.fields import FIELD
from db.staging import Value

Names = tuple[str | None, str | None]
"""The account id and the username in a row, as far as they can be read."""


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """The rows of one block, each either among the good ones or among the rejected ones."""

    numbers: list[int]
    """The good rows' numbers."""
    columns: list[list[Value]]
    """Their values, a list for each of the parser's `keys`: numbers as int, dates as ISO text, None for unknown."""
    rejected: list[Rejected]
    """One for each other row, in the order of the file."""
    named: list[Names] = field(default_factory=list)
    """Account ids and usernames in rejected rows, as far as they can be read: these accounts are in the file."""
    whole_names: list[tuple[int, str]] = field(default_factory=list)
    """The whole names that the file has in place of first and last ones, by the numbers of their rows."""

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Yield the values row by row."""
        return zip(*self.columns, strict=True)


def _status_words(matches: Sequence[Match], words: Mapping[str, str]) -> list[Match]:
    """Return the column of statuses once more, for the words that a person gave letters."""
    return [replace(match, field=FIELD["status_word"]) for match in matches if match.field.key == "status" and words]


class RowParser:
    """Reads the values of a table. One pass: use `blocks` once, then look at what was found on the way."""

    def __init__(
        self,
        table: Table,
        matching: Matching,
        date_order: DateOrder | None = None,
        today: date | None = None,
        status_words: Mapping[str, str] | None = None,
        dated: date | None = None,
    ) -> None:
        """Set up a reading.

        Args:
            table: what is read.
            matching: which of its columns hold which fields.
            date_order: stated by a person, for every column of dates.
            today: days after it are noted, and decide the century of years of two figures; the system's by default.
            status_words: the letters that a person gave to the vendor's words.
            dated: the day that the file tells of, from which it counts days; today by default.

        Raises:
            WrongUse: a value that a person set cannot be read.
        """
        self._table = table
        self._matches = [*matching.matches, *_status_words(matching.matches, status_words or {})]
        self._evidence = ColumnEvidence(table, self._matches, date_order)
        reading = Reading(
            self._evidence.date_order,
            self._evidence.decimal_signs,
            today or system_today(),
            table.epoch_1904,
            status_words or {},
        )
        self._columns = [column_for(match.field, match.heading, match.index, reading) for match in self._matches]
        self._given = [self._given_value(*pair) for pair in zip(self._matches, self._columns, strict=True)]
        self._identity = [n for n, key in enumerate(matching.keys) if key in ("account_id", "username")]
        self._nameless = {index for index, heading in enumerate(table.headings) if not heading}
        self._values_without_heading: set[int] = set()
        places = [match.index for n in self._identity if (match := self._matches[n]).index is not None]
        self._bystanders = Bystanders(table.headings, table.heading_cells, places)
        titles = [match.heading for match in self._matches]
        self.derivation = Derivation([match.field.key for match in self._matches], titles, dated or reading.today)
        """What the columns become that are no fields of accounts."""
        self.keys = self.derivation.keys
        """The fields of the rows that `blocks` gives, in order."""
        self._short = Tally()
        self._short_rows: list[int] = []
        """Those of the block that is looked at."""
        self._cut = Tally()

    def _given_value(self, match: Match, column: Column) -> Parsed:
        """Return the value that a person set for a field; None for a field of the file."""
        if match.index is not None:
            return None
        value = column.values([match.value])[0]
        if isinstance(value, Unreadable):
            raise WrongUse(f"{match.field.key} cannot be set to '{shown(match.value)}': {value.reason}.")
        return value

    def blocks(self) -> Iterator[ParsedBlock]:
        """Yield every row of the table, parsed. Raises what `Table.blocks` raises.

        A row with neither account id nor username is rejected here; what needs the other rows is the caller's.
        """
        blocks = map(self._parsed, self._table.blocks())
        if not self.derivation.ways:
            yield from blocks
        elif self.derivation.has_events:
            yield self._united([self._derived(block) for block in blocks])
        else:
            yield from map(self._derived, blocks)

    def _derived(self, block: ParsedBlock) -> ParsedBlock:
        """Return a block with fields of accounts in place of what says them in another way."""
        numbers, columns, rejected = self.derivation.derived(block.numbers, block.columns)
        more = sorted([*block.rejected, *rejected], key=lambda one: one.row) if rejected else block.rejected
        return ParsedBlock(numbers, columns, more, block.named, self._whole_names(block))

    def _whole_names(self, block: ParsedBlock) -> list[tuple[int, str]]:
        """Return the whole names as they stand in a block, by the numbers of their rows."""
        if CONTACT.key not in self.derivation.ways:
            return []
        names = block.columns[[match.field.key for match in self._matches].index(CONTACT.key)]
        return [(number, str(name)) for number, name in zip(block.numbers, names, strict=True) if name]

    def _united(self, blocks: Sequence[ParsedBlock]) -> ParsedBlock:
        """Return all rows of a file of events at once: two of them may be one account's."""
        columns = [[value for block in blocks for value in block.columns[n]] for n in range(len(self.keys))]
        return ParsedBlock(
            [number for block in blocks for number in block.numbers],
            self.derivation.merged(columns),
            [one for block in blocks for one in block.rejected],
            [name for block in blocks for name in block.named],
            [name for block in blocks for name in block.whole_names],
        )

    def unknown_words(self) -> dict[str, list[str]]:
        """Return, by heading, the words read so far that a status or account type column should not have.

        At most 1,000 of a column.
        """
        pairs = zip(self._matches, self._columns, strict=True)
        return {match.heading: list(column.unknown_words) for match, column in pairs if column.unknown_words}

    @property
    def passed_over(self) -> int:
        """How many rows were read so far that are none of accounts."""
        return self._bystanders.count + self.derivation.passed_over

    def notes(self) -> list[Note]:
        """Return what a reader must know, such as which way round dates were read."""
        notes = []
        if self._cut.count:
            notes.append(
                self._cut.note("cut_off", "The file seems to be cut off: its last row, {row:,}, is not whole.")
            )
        if without := [str(index + 1) for index in sorted(self._values_without_heading)]:
            text = f"Column {', '.join(without)} has values but no heading, and was left out."
            notes.append(Note("values_without_heading", text, len(without)))
        if self._short.count:
            words = "{rows} with fewer cells than there are headings, such as row {row:,}: the missing ones are blank."
            notes.append(self._short.note("short_rows", words))
        pairs = zip(self._matches, self._columns, strict=True)
        remarks = [note for match, column in pairs for note in column.notes(match.heading)]
        return notes + self._bystanders.notes() + self.derivation.notes() + self._evidence.notes() + remarks

    def _parsed(self, block: Block) -> ParsedBlock:
        """Return a block's rows of values, column by column."""
        numbers, rows, rejected, refused = self._whole_rows(block)
        named = self._named_in(refused) if refused else []
        cells = list(zip(*rows, strict=True))
        if rows and self._bystanders.may_be_among(cells):
            pairs = [(n, row) for n, row in zip(numbers, rows, strict=True) if not self._bystanders.is_one(n, row)]
            numbers, rows = [n for n, _ in pairs], [row for _, row in pairs]
            cells = list(zip(*rows, strict=True))
        if self._short_rows:
            self._short.add(set(self._short_rows).intersection(numbers))
            self._short_rows.clear()
        if not rows:
            return ParsedBlock([], [[] for _ in self._matches], rejected, named)
        self._look_at_nameless(cells)
        columns = [self._values(n, cells, numbers) for n in range(len(self._matches))]
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

    def _named_in(self, rows: Sequence[Cells]) -> list[Names]:
        """Return the account ids and usernames in rows that are rejected as a whole."""
        width = len(self._table.headings)
        named = []
        for row in rows:
            cells = [(cell,) for cell in (*row, *[""] * (width - len(row)))]
            columns = [self._values(n, cells, [0]) if n in self._identity else [] for n in range(len(self._matches))]
            named.append(self._named(0, columns))
        return named

    def _whole_rows(self, block: Block) -> tuple[list[int], list[Cells], list[Rejected], list[Cells]]:
        """Return the rows with as many cells as there are headings, and reject those that hold more.

        Blank cells at the end may be missing, or too many (intake: CSV). The rejected rows come last.
        """
        width = len(self._table.headings)
        if set(map(len, block.rows)) == {width} and not block.cut:
            return block.numbers, block.rows, [], []
        numbers: list[int] = []
        rows: list[Cells] = []
        rejected: list[Rejected] = []
        refused: list[Cells] = []
        last = len(block.rows) - 1 if block.cut else None
        for at, (number, row) in enumerate(zip(block.numbers, block.rows, strict=True)):
            if at == last or (len(row) > width and not is_blank(row[width:])):
                if at == last:
                    self._cut.add([number])
                reason = block.cut if at == last else f"has {len(row)} cells, the heading row has {width}"
                rejected.append(Rejected(number, "", "", reason))
                refused.append(row)
            else:
                if len(row) < width and not self._table.sheets:  # blank cells at the end of a sheet's row are none
                    self._short_rows.append(number)
                numbers.append(number)
                rows.append([*row[:width], *[""] * (width - len(row))])
        return numbers, rows, rejected, refused

    def _look_at_nameless(self, cells: Sequence[Cells]) -> None:
        """Remember which columns have values although nothing stands above them."""
        for index in self._nameless - self._values_without_heading:
            if not is_blank(cells[index]):
                self._values_without_heading.add(index)

    def _values(self, n: int, cells: Sequence[Cells], numbers: list[int]) -> list[Parsed]:
        """Return the values of the n-th field."""
        index, column = self._matches[n].index, self._columns[n]
        if index is None:
            return [self._given[n]] * len(numbers)
        if not self._table.is_workbook:
            texts: Sequence[str] = cells[index]  # type: ignore[assignment]
            values = column.values(texts)
            column.look_again(numbers, texts)
            return values
        texts, faults = plain_texts(cells[index], self._matches[n].field.kind, self._table.epoch_1904)
        values = column.values(texts)
        column.look_again(numbers, texts)
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
