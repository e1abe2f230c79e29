"""Values become the XML of cells.

The work goes by columns: what has to be looked for (markup, line ends, illegal characters) is then sought in a whole
column of a block at once, and most columns of most blocks hold nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from html import escape
from itertools import chain, repeat
from typing import cast

from openpyxl.utils import get_column_letter

from core.query.columns import Column, Row, Value
from core.text.signs import Sign, sign_of
from core.text.vocabulary import count_of
from exporters.replacing import Replacer
from exporters.xls.sizes import row_height

ILLEGAL = r"\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 cannot hold, as the inside of a regular expression's brackets."""
TEXT_LIMIT = 32_767
"""The UTF-16 units that a cell can hold."""

_ROW = "\0"
"""Stands for the row's number, which is put in once a row is whole; no text of a cell holds this character."""
_EXACT = 2**53
"""Whole numbers up to here are exact: a workbook's numbers are binary64."""
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = "1900-03-01"
"""Excel believes in a 29 February 1900, so day numbers before it mean different days to different programs."""
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = "&<>"
_SUSPECT = ("_x", " |", "| ")
"""The look-alike of a character code, and an outer blank of texts joined by bars."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers by which cells refer to the workbook's styles."""

    text: int
    lines: int
    """Text of several lines, which are shown one below the other."""
    others: Mapping[str, int]
    """Of numbers and dates, by their formats."""
    signs: Mapping[tuple[str, Sign], int]
    """Of words and points that stand behind a sign, by the column's key and the sign."""


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
        self._makers = [self._maker(column) for column in columns]
        self._openings = [repeat(f'<c r="{get_column_letter(number)}{_ROW}') for number in range(1, len(columns) + 1)]

    def rows(self, block: Sequence[Row], first_row: int) -> bytes:
        """Return a block's rows as XML, the first of them for row `first_row` of its sheet.

        Each row is encoded for itself: one name in Chinese would make the text of a whole block two or four times as
        wide.
        """
        self.row_count += len(block)
        columns = [make(values) for make, values in zip(self._makers, zip(*block, strict=True), strict=True)]
        rows = map("".join, zip(*chain.from_iterable(zip(self._openings, columns, strict=True)), strict=False))
        return b"".join(
            f'<row r="{_ROW}"{_height(row)}>{row}</row>'.replace(_ROW, str(number)).encode()
            for number, row in enumerate(rows, first_row)
        )

    def notes(self) -> list[str]:
        """Return what is to be said of values that had to be changed."""
        notes = self._replacer.notes()
        if self._cut:
            what = count_of(self._cut, "text was", "texts were")
            notes.append(f"{what} cut at the {TEXT_LIMIT:,} characters that a cell of XLS can hold; CSV has the whole.")
        return notes

    def _maker(self, column: Column) -> Callable[[Sequence[Value]], Iterable[str]]:
        """Return what makes a column's cells."""
        kind = column.kind
        if column.has_badges:
            return _each(partial(self._signed, column))
        if kind.cell == "text":
            return self._texts
        make = self._number if kind.cell == "number" else self._date
        return _each(partial(make, self._styles.others[kind.cell_format]))

    def _texts(self, values: Sequence[Value]) -> list[str]:
        """Return cells of texts, which are never taken for formulas or numbers."""
        texts = cast("Sequence[str | None]", values)
        joined = f"|{'|'.join(filter(None, texts))}|"
        if not _is_plain(joined) or max(map(len, filter(None, texts)), default=0) > TEXT_LIMIT // 2:
            return [self._text(text) for text in texts]
        if any(mark in joined for mark in _MARKUP):
            texts = [text and escape(text, quote=False) for text in texts]
        opening = f'" s="{self._styles.text}" t="inlineStr"><is><t>'
        empty = f'" s="{self._styles.text}"/>'
        return [f"{opening}{text}</t></is></c>" if text else empty for text in texts]

    def _signed(self, column: Column, value: Value) -> str:
        """Return the cell of a value behind its sign, which its format shows: the value itself stays what it is."""
        sign = sign_of(column.key, value)
        style = self._styles.signs.get((column.key, sign)) if sign else None
        if column.kind.is_number:
            return self._number(style or self._styles.others[column.kind.cell_format], value)
        return self._text(value, style)

    def _text(self, value: Value, style: int | None = None) -> str:
        """Return the cell of a text that may hold anything; line ends become LF."""
        if value is None or value == "":
            return f'" s="{self._styles.text}"/>'
        text = self._replacer(str(value).replace("\r\n", "\n").replace("\r", "\n"))
        text = escape(coded(self._fitting(text)), quote=False)
        style = style or (self._styles.lines if "\n" in text else self._styles.text)
        space = ' xml:space="preserve"' if text != text.strip(" \n\t") else ""
        return f'" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'

    def _fitting(self, text: str) -> str:
        """Return as much of a text as a cell can hold, and count what was cut."""
        units = text.encode("utf-16-le")
        if len(units) <= 2 * TEXT_LIMIT:
            return text
        self._cut += 1
        return units[: 2 * TEXT_LIMIT].decode("utf-16-le", "ignore")

    def _number(self, style: int, value: Value) -> str:
        """Return the cell of a number; one that would be rounded is written as text."""
        if value is None:
            return f'" s="{style}"/>'
        if isinstance(value, int | float) and abs(value) <= _EXACT:
            return f'" s="{style}"><v>{value}</v></c>'
        return self._text(value)

    def _date(self, style: int, value: Value) -> str:
        """Return the cell of a date; one that a workbook has no day number for is written as text."""
        if value is None:
            return f'" s="{style}"/>'
        try:
            day = date.fromisoformat(str(value)).toordinal() - _DAY_ZERO
        except ValueError:
            return self._text(value)
        if str(value) < _FIRST_DAY:
            return self._text(value)
        return f'" s="{style}"><v>{day}</v></c>'


def _each(make: Callable[[Value], str]) -> Callable[[Sequence[Value]], Iterable[str]]:
    """Return what makes cells one by one, and remembers them: dates and numbers come again and again."""
    remembered = lru_cache(maxsize=1 << 16)(make)
    return lambda values: map(remembered, values)


def _height(row: str) -> str:
    """Return the attributes of a row whose cells hold several lines: not every program finds its height by itself."""
    if "\n" not in row:
        return ""
    lines = 1 + max(cell.count("\n") for cell in row.split("</c>"))
    return f' ht="{row_height(lines)}" customHeight="1"'


def _is_plain(joined: str) -> bool:
    """Return whether texts, joined by bars, need no more than their markup escaped; it may doubt without need."""
    return joined.isprintable() and not any(mark in joined for mark in _SUSPECT)
