"""Values become the XML of cells.

The work goes by columns: what has to be looked for (markup, line ends, illegal characters) is then sought in a whole
column of a block at once, and most columns of most blocks hold nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from core.columns import Column, ColumnKind, Row, Value
from exporters.characters import Replacer

ILLEGAL = r"\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 cannot hold, as the inside of a regular expression's brackets."""
TEXT_LIMIT = 32_767
"""The UTF-16 units that a cell can hold."""

_EXACT = 2**53
"""Whole numbers up to here are exact: a workbook's numbers are binary64."""
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = "1900-03-01"
"""Excel believes in a 29 February 1900, so day numbers before it mean different days to different programs."""
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SUSPECT = ("&", "<", ">", "_x", " |", "| ")
"""Markup, a look-alike of a character code, an outer blank of texts joined by bars."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers by which cells refer to the workbook's styles."""

    text: int
    lines: int
    """Text of several lines, which are shown one below the other."""
    number: int
    date: int


def coded(text: str) -> str:
    """Return `text` with look-alikes of character codes taken literally: `_x0041_` would else be read as A."""
    return _CODE.sub("_x005F_", text)


class Cells:
    """Makes rows of cells, and counts what a workbook cannot hold."""

    def __init__(self, columns: Sequence[Column], styles: Styles) -> None:
        """Take the columns, whose kinds decide how values are written, and the numbers of the styles."""
        self._styles = styles
        self._replacer = Replacer(ILLEGAL, "XLS")
        self._cut = 0
        self.row_count = 0
        kinds: dict[ColumnKind, Callable[[Sequence[Value]], Iterable[str]]] = {
            "id": self._texts,
            "text": self._texts,
            "number": _each(self._number),
            "date": _each(self._date),
        }
        self._makers = [kinds[column.kind] for column in columns]

    def rows(self, block: Sequence[Row]) -> bytes:
        """Return a block's rows as XML; there must be some.

        Each row is encoded for itself: one name in Chinese would make the text of a whole block two or four times as
        wide. Rows and cells carry no reference (`r`): each stands right after the one before.
        """
        self.row_count += len(block)
        columns = [make(values) for make, values in zip(self._makers, zip(*block, strict=True), strict=True)]
        rows = [row.encode() for row in map("".join, zip(*columns, strict=True))]
        return b"<row>" + b"</row><row>".join(rows) + b"</row>"

    def notes(self) -> list[str]:
        """Return what is to be said of values that had to be changed."""
        notes = self._replacer.notes()
        if self._cut:
            what = "1 text was" if self._cut == 1 else f"{self._cut:,} texts were"
            notes.append(f"{what} cut at the {TEXT_LIMIT:,} characters that a cell can hold; CSV has the whole.")
        return notes

    def _texts(self, values: Sequence[Value]) -> list[str]:
        """Return cells of texts, which are never taken for formulas or numbers."""
        if not _are_plain([str(value) for value in values if value]):
            return [self._text(value) for value in values]
        style = self._styles.text
        return [
            f'<c s="{style}" t="inlineStr"><is><t>{value}</t></is></c>' if value else f'<c s="{style}"/>'
            for value in values
        ]

    def _text(self, value: Value) -> str:
        """Return the cell of a text that may hold anything; line ends become LF."""
        if value is None or value == "":
            return f'<c s="{self._styles.text}"/>'
        text = self._replacer(str(value).replace("\r\n", "\n").replace("\r", "\n"))
        text = escape(coded(self._fitting(text)), quote=False)
        style = self._styles.lines if "\n" in text else self._styles.text
        space = ' xml:space="preserve"' if text != text.strip(" \n\t") else ""
        return f'<c s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'

    def _fitting(self, text: str) -> str:
        """Return as much of a text as a cell can hold, and count what was cut."""
        units = text.encode("utf-16-le")
        if len(units) <= 2 * TEXT_LIMIT:
            return text
        self._cut += 1
        return units[: 2 * TEXT_LIMIT].decode("utf-16-le", "ignore")

    def _number(self, value: Value) -> str:
        """Return the cell of a number; one that would be rounded is written as text."""
        if value is None:
            return f'<c s="{self._styles.number}"/>'
        if isinstance(value, int) and abs(value) <= _EXACT:
            return f'<c s="{self._styles.number}"><v>{value:d}</v></c>'
        return self._text(value)

    def _date(self, value: Value) -> str:
        """Return the cell of a date; one that a workbook has no day number for is written as text."""
        if value is None:
            return f'<c s="{self._styles.date}"/>'
        try:
            day = date.fromisoformat(str(value)).toordinal() - _DAY_ZERO
        except ValueError:
            return self._text(value)
        if str(value) < _FIRST_DAY:
            return self._text(value)
        return f'<c s="{self._styles.date}"><v>{day}</v></c>'


def _each(make: Callable[[Value], str]) -> Callable[[Sequence[Value]], Iterable[str]]:
    """Return what makes cells one by one, and remembers them: dates and numbers come again and again."""
    remembered = lru_cache(maxsize=1 << 16)(make)
    return lambda values: map(remembered, values)


def _are_plain(texts: Sequence[str]) -> bool:
    """Return whether texts can be written as they are. It may doubt without need, but never trusts wrongly."""
    joined = f"|{'|'.join(texts)}|"
    if not joined.isprintable() or any(mark in joined for mark in _SUSPECT):
        return False
    return len(joined) <= TEXT_LIMIT // 2 or max(map(len, texts)) <= TEXT_LIMIT // 2
