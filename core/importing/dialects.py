"""How a file of text is parted into cells: the delimiter, and what stands around quotes (intake: CSV)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from core.importing.heading_row import SAMPLE_ROWS, SEARCHED_ROWS, Extra, find_headings, known_headings
from core.importing.table import Cells, is_blank

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEP_LINE = re.compile(r"\"?sep=(.)\"?[,;\t|]*(?:\r\n|\r|\n)", re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'(?<![^,;\t|])="([^"\r\n]*)"(?=[,;\t|\r\n]|$)')


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to part lines into cells."""

    delimiter: str
    skips_blanks: bool = False
    """A blank between delimiter and quote is none of the cell."""
    has_backslashes: bool = False
    r"""A quote inside quotes is written \"."""
    is_quoted_whole: bool = False
    """Each line stands in quotes as a whole and is parted again."""
    has_text_formulas: bool = False
    """Cells are written ="…" and may hold the delimiter."""

    def rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Yield the rows of lines. The errors of `csv.reader` come through."""
        if self.has_text_formulas:
            lines = (_TEXT_FORMULA.sub(r'"\1"', line) if '="' in line else line for line in lines)
        more: dict[str, Any] = {}
        if self.skips_blanks:
            more["skipinitialspace"] = True
        if self.has_backslashes:
            more |= {"escapechar": "\\", "doublequote": True}
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True, **more)
        return self._parted_again(reader) if self.is_quoted_whole else reader

    def _parted_again(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        for row in rows:
            if row and self.delimiter in row[0] and is_blank(row[1:]):
                yield next(csv.reader([row[0]], delimiter=self.delimiter, strict=True), [])
            else:
                yield row

    @property
    def words(self) -> list[tuple[str, str]]:
        """What has to be said of it: kinds of notes with their sentences."""
        said = []
        if self.skips_blanks:
            said.append(("blanks_before_quotes", "Blanks between delimiters and quotes were passed over."))
        if self.has_backslashes:
            said.append(("backslashes", r"Quotes inside cells are written \" in this file, and were read so."))
        if self.is_quoted_whole:
            said.append(("quoted_lines", "Each line stands in quotes as a whole: it was parted once more."))
        return said


def sep_line(sample: str) -> str:
    """Return the delimiter that a first line `sep=;` names; '' without one."""
    match = _SEP_LINE.match(sample)
    return match[1] if match else ""


def best_delimiter(sample: str, extra: Extra) -> str:
    """Return the delimiter under which the heading row has most known headings, then most cells."""
    absent = [delimiter for delimiter in DELIMITERS if delimiter not in sample]  # one stands for all that part nothing
    tried = [delimiter for delimiter in DELIMITERS if delimiter not in absent[1:]]
    return max(tried, key=lambda delimiter: _score(sample, Dialect(delimiter), extra))


def find_dialect(
    sample: str, signs: frozenset[bytes], stated: str, extra: Extra, lines: Callable[[], Iterator[str]]
) -> Dialect:
    """Return how a file is parted.

    Another way than the plain one is taken only where it gives whole rows and known headings and the plain one does
    not. The whole file is read for that, but only if a sign of it stands there.

    Args:
        sample: the beginning of the file.
        signs: which of `encodings.SIGNS` the file has.
        stated: the delimiter that the file's first line or a person names; '' for none.
        extra: headings that a mapping names.
        lines: gives the lines of the file from the first.
    """
    plain = Dialect(stated or best_delimiter(sample, extra), has_text_formulas=b'="' in signs)
    found = _quoted_whole(sample, stated, extra, plain)
    if found is not plain:
        return found
    others = []
    if any(sign.endswith(b' "') and sign.decode()[0] == plain.delimiter for sign in signs):
        others.append(replace(plain, skips_blanks=True))
    if b'\\"' in signs:
        others += [replace(one, has_backslashes=True) for one in (plain, *others)]
    if not others:
        return plain
    best, least = plain, _faults(plain, lines(), extra)
    for other in others:
        if (faults := _faults(other, lines(), extra)) < least:
            best, least = other, faults
    return best


def _quoted_whole(sample: str, stated: str, extra: Extra, plain: Dialect) -> Dialect:
    """Return the way that parts lines twice, if only that gives several headings; else `plain`."""
    known = _score(sample, plain, extra)
    if known[0] > 1 or '"' not in sample:
        return plain
    delimiters = [stated] if stated else list(DELIMITERS)
    twice = [Dialect(delimiter, is_quoted_whole=True) for delimiter in delimiters]
    best = max(twice, key=lambda dialect: _score(sample, dialect, extra))
    return best if _score(sample, best, extra) > known and _score(sample, best, extra)[1] > known[1] else plain


def _score(sample: str, dialect: Dialect, extra: Extra) -> tuple[int, int]:
    """Return how many headings are known, and how many there are."""
    rows: list[Cells] = []
    with suppress(csv.Error):
        rows.extend(islice(dialect.rows(io.StringIO(sample, newline="")), SAMPLE_ROWS))
    if all(map(is_blank, rows[:SEARCHED_ROWS])):
        return 0, 0
    headings = find_headings(rows, extra).texts
    return known_headings(headings, extra), len(headings)


def _faults(dialect: Dialect, lines: Iterator[str], extra: Extra) -> tuple[int, int, int]:
    """Return what speaks against a way to part a file: the smaller, the better.

    That it breaks the rules of CSV, how few headings are known, and how many rows have cells that hold quotes at an
    end, or more cells than there are headings.
    """
    first: list[Cells] = []
    rows = dialect.rows(lines)
    bad = 0
    try:
        first.extend(islice(rows, SAMPLE_ROWS))
        if all(map(is_blank, first[:SEARCHED_ROWS])):
            return 1, 0, 0
        headings = find_headings(first, extra).texts
        for row in (*first, *rows):
            bad += len(row) > len(headings) and not is_blank(row[len(headings) :])
            bad += _has_stray_quotes(row)
    except (csv.Error, UnicodeDecodeError):
        return 1, 0, 0
    return 0, -known_headings(headings, extra), bad


def _has_stray_quotes(row: Sequence[object]) -> bool:
    """Return whether a cell of a row begins with a blank and a quote, or has a backslash before a quote at its end."""
    return any(str(cell).startswith((' "', '  "')) or str(cell).endswith('\\"') or '\\"' in str(cell) for cell in row)
