"""CSV and its relatives: rows of text, parted by a comma, semicolon, tab, bar or what a person says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from core.errors import WorkFailed, WrongUse
from core.importing.dialects import DELIMITERS, Dialect, find_dialect, sep_line
from core.importing.encodings import SIGNS, Encoding, find_encoding
from core.importing.files import SourceFile
from core.importing.heading_row import SAMPLE_ROWS, SEARCHED_ROWS, Extra, find_headings
from core.importing.notes import Note
from core.importing.table import BLOCK_ROWS, Block, Cells, Table, is_blank

CELL_LIMIT = 1_000_000
"""Characters of one cell: a quote that is never closed is noticed after so many."""
LINE_LIMIT = 8_000_000
"""Characters of one line: keeps memory bounded when a file has no line ends."""
_SAMPLE = 1 << 18
_LINES = 50
_FEWER_CELLS = "the file ends within this row: it has {0} of {1} cells"
_OPEN_QUOTE = "the file ends within this row: a quote is not closed"
_FIXED_WIDTH = re.compile(r"\S(?: \S+)* {2,}\S")


def open_delimited(
    source: SourceFile, extra: Extra = frozenset(), encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Return the table of a file of text.

    The delimiter is the one that a person or a first line `sep=;` names (spreadsheets do not count that line), else
    the one that gives the heading row most known headings, then most cells.

    Raises:
        WorkFailed: it is no text that can be read.
        WrongUse: there is no such encoding.
    """
    csv.field_size_limit(CELL_LIMIT)
    written = find_encoding(source, encoding)
    sample = source.head(_SAMPLE).decode(written.codec, "replace")
    named = sep_line(sample)
    lines = _Lines(source, written, bool(named))
    signs = written.signs
    if signs is None:
        signs = frozenset(sign for sign in SIGNS if sign in sample.encode(errors="replace"))
    dialect = find_dialect(sample, signs, delimiter or named, extra, lines.each)
    file = _Delimited(lines, dialect)

    first = file.first_rows(SAMPLE_ROWS)
    if all(map(is_blank, first[:SEARCHED_ROWS])):
        raise WorkFailed(f"{source.name} has no rows: it begins with {SEARCHED_ROWS} blank lines, or is empty.")
    found = find_headings(first, extra)
    _refuse_fixed_width(source, found.texts, sample)
    return Table(
        kind=f"CSV, {DELIMITERS.get(dialect.delimiter, dialect.delimiter)}, {written.name}",
        headings=found.texts,
        heading_row=found.last + 1,
        blocks=partial(file.blocks, found.last + 1, len(found.texts)),
        close=lambda: None,
        encoding=written.name,
        text_size=source.size,
        notes=[*written.notes, *(Note(kind, text) for kind, text in dialect.words), *found.notes(first)],
        passed_over=found.above(first),
        heading_cells=found.cells(first),
    )


def checked_delimiter(text: str) -> str:
    r"""Return the delimiter that a person names: one character, or "tab" or "\t".

    Raises:
        WrongUse: it is none.
    """
    named = {word: sign for sign, word in DELIMITERS.items()} | {"\\t": "\t", "pipe": "|"}
    sign = named.get(text.strip().lower(), text)
    if len(sign) != 1 or sign.isalnum() or sign in "\"'\r\n\0":
        raise WrongUse(f"'{text}' is no delimiter.", "Give one sign, such as ';', or the word tab.")
    return sign


def _refuse_fixed_width(source: SourceFile, headings: list[str], sample: str) -> None:
    """Name a file whose columns stand below each other without a delimiter.

    Raises:
        WorkFailed: it is one.
    """
    if sum(map(bool, headings)) > 1:
        return
    lines = [line for line in sample.splitlines()[:SAMPLE_ROWS] if line.strip()]
    if len(lines) > 1 and sum(bool(_FIXED_WIDTH.search(line.strip())) for line in lines) * 2 > len(lines):
        raise WorkFailed(
            f"{source.name} is a text of fixed width: its columns are parted by blanks alone.",
            "Open it in a spreadsheet program (as text, fixed width), save it as CSV and import that.",
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a file of text, as often as needed."""

    source: SourceFile
    encoding: Encoding
    has_sep_line: bool

    def each(self) -> Iterator[str]:
        """Yield every line."""
        with self.opened() as lines:
            yield from lines

    @contextmanager
    def opened(self) -> Iterator[Iterator[str]]:
        """Open the file as lines with their ends, whichever they are; without a `sep=` line."""
        with (
            self.source.open() as raw,
            io.TextIOWrapper(raw, encoding=self.encoding.codec, errors=self.encoding.errors, newline="") as stream,
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

    def last(self) -> str:
        """Return what the file ends with: its last characters, more than a line end has."""
        with self.source.open() as raw:
            raw.seek(max(0, self.source.size - 8))
            end = raw.read().rstrip(b"\x1a")
        return end.decode("latin-1").replace("\0", "")


@dataclass(frozen=True, slots=True)
class _Delimited:
    """How to read a file of text, as often as needed."""

    lines: _Lines
    dialect: Dialect

    def first_rows(self, count: int) -> list[Cells]:
        """Return the first rows; fewer where the quotes of one do not add up: that is told when it is read."""
        rows: list[Cells] = []
        for some, _ in self.records(count):
            rows += some
            break
        return rows[:count]

    def blocks(self, heading_row: int, width: int) -> Iterator[Block]:
        """Yield the rows below the heading row without blank ones, with their numbers."""
        first = 1
        waiting: Block | None = None
        for rows, cut in self.records(BLOCK_ROWS):
            numbers = range(first, first + len(rows))
            first += len(rows)
            if waiting and waiting.rows:
                yield waiting
            if numbers[0] <= heading_row or not all(row and (row[0].strip() or not is_blank(row)) for row in rows):
                kept = [
                    pair for pair in zip(numbers, rows, strict=True) if pair[0] > heading_row and not is_blank(pair[1])
                ]
                waiting = Block([number for number, _ in kept], [row for _, row in kept], cut)
            else:
                waiting = Block(list(numbers), list(rows), cut)
        self.lines.source.check_unchanged()
        if waiting:
            yield self._ended(waiting, width)

    def _ended(self, block: Block, width: int) -> Block:
        """Return the last block, with the reason why its last row is no whole one."""
        if not block.rows or block.cut:
            return block
        if cut := self.lines.encoding.cut:
            return block._replace(cut=cut)
        cells = len(block.rows[-1])
        if cells < width and not self.lines.last().endswith(("\n", "\r")):
            return block._replace(cut=_FEWER_CELLS.format(cells, width))
        return block

    def records(self, at_once: int) -> Iterator[tuple[list[list[str]], str]]:
        """Yield all rows, `at_once` at a time, and why the last one is cut; blank lines are rows without cells."""
        rows: list[list[str]] = []
        source, encoding = self.lines.source, self.lines.encoding
        try:
            with self.lines.opened() as lines:
                reader = self.dialect.rows(lines)
                rows.extend(islice(reader, at_once))
                while rows:
                    yield rows, ""
                    rows = []
                    rows.extend(islice(reader, at_once))
        except csv.Error as error:
            fault = self._unclosed_quote()
            if fault is not None:
                raise fault from error
            rows.append([_OPEN_QUOTE])
            yield rows, _OPEN_QUOTE
        except UnicodeDecodeError as error:
            source.check_unchanged()
            raise WorkFailed(f"{source.name} is damaged: not all of it is {encoding.name} text.") from error

    def _unclosed_quote(self) -> WorkFailed | None:
        """Return what to say of a file that breaks the rules of CSV, with the line where that begins.

        None where the file ends in the line in which the quote was opened: it was cut off there.
        """
        delimiter, source = self.dialect.delimiter, self.lines.source
        good = bad = 0
        is_end = False
        with self.lines.opened() as lines:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            try:
                for _ in reader:
                    good = reader.line_num
            except csv.Error as error:
                bad = reader.line_num
                is_end = "end of data" in str(error)
        with self.lines.opened() as lines:
            opened = _opening_quote(islice(lines, good, bad), delimiter)
        if opened is None:
            return WorkFailed(f"{source.name}: line {bad:,} has a cell of over {CELL_LIMIT:,} characters.")
        if is_end and good + opened + 1 == bad:
            return None
        cut = " Or the file is cut off." if is_end else ""
        return WorkFailed(
            f"{source.name}: the quote that opens a cell in line {good + opened + 1 + self.lines.has_sep_line:,} is "
            f"not closed where the cell ends.{cut}",
            'A quote inside a cell is written twice (""). Mend that line and import the file again.',
        )


def _opening_quote(lines: Iterable[str], delimiter: str) -> int | None:
    """Return in which of the lines of a record the last quote stands that opens a cell; None if there is none."""
    opened = None
    quoted = was_closed = False
    for place, line in enumerate(lines):
        at_start = not quoted
        for char in line:
            if quoted:
                quoted, was_closed = char != '"', char == '"'
            elif char == '"' and at_start:
                quoted, opened = True, place
            else:
                quoted, was_closed = char == '"' and was_closed, False
            at_start = char == delimiter and not quoted
    return opened
