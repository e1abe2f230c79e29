"""CSV by RFC 4180: UTF-8, every field quoted, CRLF between rows and LF inside values, unknown values empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from core.query.result import Result
from core.text.formula_guard import GUARDED, MARK
from core.text.vocabulary import count_of
from exporters.export_options import PLAIN_CSV, Job
from exporters.replacing import EDGE, Replacer, edited

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` to `out` as CSV; see `Exporter`.

    A text that a spreadsheet could take for a formula gets a leading `'`, unless `job.csv.raw`. NUL and lone surrogates
    become U+FFFD. Both are counted in the notes.
    """
    style = job.csv
    texts = _Texts(guard=not style.raw, guard_inside=style.delimiter != PLAIN_CSV.delimiter)
    between = f'"{style.delimiter}"'
    makers: list[Callable[[Sequence[Any]], Sequence[str]]] = [
        texts.fields if column.kind.is_text else column.kind.plain for column in result.columns
    ]
    if style.bom:
        out.write(BYTE_ORDER_MARK)
    out.write(_encoded([[column.title] for column in result.columns], between))
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
_TO_MARK_INSIDE = re.compile(rf"(?<=[;\t,])(?={GUARDED.pattern})")
"""Finds what would be such a beginning for a program that parts texts at another sign than we do."""


class _Texts:
    """Makes fields of texts, and counts what it had to change."""

    def __init__(self, *, guard: bool, guard_inside: bool) -> None:
        self._guard = guard
        self._guard_inside = guard and guard_inside
        self._marked = 0
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
            joined, marked = _TO_MARK.subn(EDGE + MARK, joined)
            self._marked += marked
        if self._guard_inside:
            joined, marked = _TO_MARK_INSIDE.subn(MARK, joined)
            self._marked += marked
        return joined.replace('"', '""')

    def notes(self) -> list[str]:
        """Return what is to be said of the changes."""
        notes = self._replacer.notes()
        if self._marked:
            texts = count_of(self._marked, "text begins", "texts begin")
            notes.append(
                f"{texts} as a formula does: marked with a leading {MARK}, so that no spreadsheet computes it."
            )
        return notes
