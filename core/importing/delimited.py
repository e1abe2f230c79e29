"""CSV and its relatives: rows of text, parted by a comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from core.errors import WorkFailed
from core.importing.encodings import Encoding, find_encoding
from core.importing.files import SourceFile
from core.importing.heading_row import SEARCHED_ROWS, Extra, find_heading_row, heading_texts, known_headings
from core.importing.quotes import opening_quote
from core.importing.table import BLOCK_ROWS, Block, Table, is_blank

CELL_LIMIT = 1_000_000
"""Characters of one cell: a quote that is never closed is noticed after so many."""
LINE_LIMIT = 8_000_000
"""Characters of one line: keeps memory bounded when a file has no line ends."""
_SAMPLE = 1 << 18
_LINES = 50

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEP_LINE = re.compile(r"\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)


def open_delimited(source: SourceFile, extra: Extra = frozenset()) -> Table:
    """Return the table of a file of text.

    The delimiter is the one that a first line `sep=;` names (spreadsheets do not count that line), else the one
    that gives the heading row most known headings, then most cells.

    Raises:
        WorkFailed: it is no text that can be read.
    """
    csv.field_size_limit(CELL_LIMIT)
    encoding = find_encoding(source)
    sample = source.head(_SAMPLE).decode(encoding.codec, "replace")
    sep_line = _SEP_LINE.match(sample)
    delimiter = sep_line[1] if sep_line else _best_delimiter(sample, extra)
    file = _Delimited(source, encoding, delimiter, bool(sep_line))

    first = next(file.records(SEARCHED_ROWS), [])
    if all(map(is_blank, first)):
        raise WorkFailed(f"{source.name} has no rows: it begins with {SEARCHED_ROWS} blank lines, or is empty.")
    place = find_heading_row(first, extra)
    return Table(
        kind=f"CSV, {_DELIMITERS.get(delimiter, delimiter)}, {encoding.name}",
        headings=heading_texts(first[place]),
        heading_row=place + 1,
        blocks=lambda: file.blocks(place + 1),
        close=lambda: None,
        encoding=encoding.name,
        notes=encoding.notes,
    )


def _best_delimiter(sample: str, extra: Extra) -> str:
    """Return the delimiter under which the heading row makes most sense."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), SEARCHED_ROWS))
        except csv.Error:
            return 0, 0
        if all(map(is_blank, rows)):
            return 0, 0
        headings = rows[find_heading_row(rows, extra)]
        return known_headings(headings, extra), len(headings)

    return max(_DELIMITERS, key=score)


@dataclass(frozen=True, slots=True)
class _Delimited:
    """How to read a file of text, as often as needed."""

    source: SourceFile
    encoding: Encoding
    delimiter: str
    has_sep_line: bool

    def blocks(self, heading_row: int) -> Iterator[Block]:
        """Yield the rows below the heading row without blank ones, with their numbers."""
        first = 1
        for rows in self.records(BLOCK_ROWS):
            numbers = range(first, first + len(rows))
            first += len(rows)
            if numbers[0] <= heading_row or not all(row and (row[0].strip() or not is_blank(row)) for row in rows):
                kept = [
                    pair for pair in zip(numbers, rows, strict=True) if pair[0] > heading_row and not is_blank(pair[1])
                ]
                yield Block([number for number, _ in kept], [row for _, row in kept])
            else:
                yield Block(list(numbers), list(rows))
        self.source.check_unchanged()

    def records(self, at_once: int) -> Iterator[list[list[str]]]:
        """Yield all rows, `at_once` at a time; blank lines are rows without cells."""
        try:
            with self._lines() as lines:
                reader = self._reader(lines)
                while rows := list(islice(reader, at_once)):
                    yield rows
        except csv.Error as error:
            raise self._unclosed_quote() from error
        except UnicodeDecodeError as error:
            self.source.check_unchanged()
            raise WorkFailed(f"{self.source.name} is damaged: not all of it is {self.encoding.name} text.") from error

    def _reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[str]]:
        """Open the file as lines with their ends, whichever they are; without a `sep=` line."""
        with (
            self.source.open() as raw,
            io.TextIOWrapper(raw, encoding=self.encoding.codec, newline="") as stream,
        ):
            if self.has_sep_line:
                stream.readline()
            yield chain.from_iterable(self._bounded(stream))

    def _bounded(self, stream: io.TextIOWrapper) -> Iterator[list[str]]:
        """Yield lines, some at once, of a length that memory holds; without the Ctrl-Z of old programs at the end."""
        every_line = iter(partial(stream.readline, LINE_LIMIT), "")
        first = 1
        while lines := list(islice(every_line, _LINES)):
            longest = max(lines, key=len)
            if len(longest) >= LINE_LIMIT:
                number = first + lines.index(longest)
                raise WorkFailed(
                    f"{self.source.name}: line {number:,} has over {LINE_LIMIT:,} characters. Is it a CSV file?"
                )
            first += len(lines)
            lines[-1] = lines[-1].removesuffix("\x1a")
            yield lines

    def _unclosed_quote(self) -> WorkFailed:
        """Return what to say of a file that breaks the rules of CSV, with the line where that begins."""
        good = bad = 0
        with self._lines() as lines:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                for _ in reader:
                    good = reader.line_num
            except csv.Error:
                bad = reader.line_num
        with self._lines() as lines:
            opened = opening_quote(islice(lines, good, bad), self.delimiter)
        if opened is None:
            return WorkFailed(f"{self.source.name}: line {bad:,} has a cell of over {CELL_LIMIT:,} characters.")
        return WorkFailed(
            f"{self.source.name}: the quote that opens a cell in line {good + opened + 1 + self.has_sep_line:,} is not "
            "closed where the cell ends.",
            'A quote inside a cell is written twice (""). Mend that line and import the file again.',
        )
