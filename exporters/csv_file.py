"""CSV by RFC 4180: UTF-8, every field quoted, CRLF between rows and LF inside values, unknown values empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from core.query.kinds import Kind
from core.query.result import Result
from core.text.formula_guard import GUARDED, MARK
from core.text.vocabulary import count_of
from exporters.export_options import PLAIN_CSV, CsvStyle, Job
from exporters.replacing import EDGE, PLAIN, Replacer, edited

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` to `out` as CSV; see `Exporter`.

    A text that a spreadsheet could take for a formula gets a leading `'`, unless `job.style.csv.raw`. NUL and lone
    surrogates become U+FFFD. For Excel, texts that it would take for numbers are written as ="…". All of it is counted
    in the notes.
    """
    style = job.style.csv
    texts = _Texts(style)
    between = f'"{style.delimiter}"'
    makers: list[Callable[[Sequence[Any]], Sequence[str]]] = [
        texts.fields if column.kind.is_text else _plain(column.kind, texts, style.decimal_sign)
        for column in result.columns
    ]
    if style.bom:
        out.write(BYTE_ORDER_MARK)
    out.write(_encoded([texts.fields([column.title]) for column in result.columns], between))
    written = 0
    for block in result.blocks():
        columns = zip(*block, strict=True)
        fields = [make(values) for make, values in zip(makers, columns, strict=True)]
        try:
            data = _encoded(fields, between)
        except UnicodeEncodeError:
            data = _encoded([texts.without_surrogates(column) for column in fields], between)
        out.write(data)
        written += len(block)
        job.tick(written)
    return texts.notes()


def _is_calm(joined: str) -> bool:
    """Return whether a joined column has neither quote nor break nor formula, as dates and numbers have not."""
    rest = joined.encode("utf-8", "surrogatepass").translate(None, PLAIN + EDGE.encode())
    return not rest and f"{EDGE}-" not in joined


def _plain(kind: Kind, texts: _Texts, decimal_sign: str) -> Callable[[Sequence[Any]], Sequence[str]]:
    """Return what writes a column's values as programs, or the spreadsheets of the region, read them."""
    is_usual = not kind.is_number or decimal_sign == PLAIN_CSV.decimal_sign

    def plain(values: Sequence[Any]) -> Sequence[str]:
        fields = kind.plain(values)
        if not _is_calm(EDGE + EDGE.join(fields)):  # a database that others have written may hold any text there
            return texts.fields(fields)
        return fields if is_usual else [field.replace(PLAIN_CSV.decimal_sign, decimal_sign) for field in fields]

    return plain


def _encoded(columns: Sequence[Sequence[str]], between: str) -> bytes:
    """Return rows as bytes, from columns of fields that are ready but for the quotes around them.

    Each row is encoded for itself: one name in Chinese would make the text of a whole block twice as wide.
    """
    rows = [row.encode() for row in map(between.join, zip(*columns, strict=True))]
    return b'"' + b'"\r\n"'.join(rows) + b'"\r\n'


_SUSPECT = re.compile(rf"{EDGE}[^{EDGE}\w(]")
"""Finds quickly whether any text of a joined column may need the mark: a letter, digit or bracket begins no formula."""
_TO_MARK = re.compile(rf"{EDGE}(?={GUARDED.pattern})")
"""Finds the beginnings of those that do."""
_TO_MARK_INSIDE = re.compile(rf"(?<=[;\t,\n])(?=\"*(?:{GUARDED.pattern}))")
"""Finds what would be such a beginning for a program that parts texts at another sign than we do, and so loses count of
the quotes: a break within a text then begins a row."""
_NUMBER_LIKE = rf"(?=[^{EDGE}]*[0-9])[0-9 +().:/eE-]+(?={EDGE}|\Z)"
_TO_KEEP = re.compile(f"{EDGE}({_NUMBER_LIKE})")
"""Finds what Excel takes for a number, a day or a sum: telephone numbers, and ids such as 00123, 1E5 and 3-4."""
_TO_MARK_BESIDE = re.compile(f"{EDGE}(?!{_NUMBER_LIKE})(?={GUARDED.pattern})")
"""Finds the beginnings of those that need the mark where these are kept."""


class _Texts:
    """Makes fields of texts, and counts what it had to change."""

    def __init__(self, style: CsvStyle) -> None:
        self._keep = style.for_excel
        self._guard = not style.raw
        self._to_mark = _TO_MARK_BESIDE if style.for_excel else _TO_MARK
        self._guard_inside = self._guard and (style.for_excel or style.delimiter != PLAIN_CSV.delimiter)
        self._marked = self._kept = 0
        self._replacer = Replacer(r"\ud800-\udfff", "CSV")

    def fields(self, texts: Sequence[str | None]) -> list[str]:
        """Return the texts with line ends and quotes as CSV has them, and marked where need be."""
        return edited(texts, self._edited, self._replacer)

    def without_surrogates(self, fields: Sequence[str]) -> list[str]:
        """Return the fields with what UTF-8 cannot hold replaced."""
        return [self._replacer(field) for field in fields]

    def _edited(self, joined: str) -> str:
        joined = joined.replace("\r\n", "\n").replace("\r", "\n")
        if self._guard and _SUSPECT.search(joined):
            joined, marked = self._to_mark.subn(EDGE + MARK, joined)
            self._marked += marked
        if self._guard_inside:
            joined, marked = _TO_MARK_INSIDE.subn(MARK, joined)
            self._marked += marked
        if self._keep:
            joined, kept = _TO_KEEP.subn(rf'{EDGE}="\1"', joined)
            self._kept += kept
        return joined.replace('"', '""')

    def notes(self) -> list[str]:
        """Return what is to be said of the changes."""
        notes = self._replacer.notes()
        if self._marked:
            texts = count_of(self._marked, "text begins", "texts begin")
            notes.append(
                f"{texts} as a formula does: marked with a leading {MARK}, so that no spreadsheet computes it."
            )
        if self._kept:
            texts = count_of(self._kept, "text that looks like a number is", "texts that look like numbers are")
            notes.append(f'{texts} written as ="…", so that Excel keeps them whole.')
        return notes
