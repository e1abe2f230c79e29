"""The HTML table that portals name .xls, read by pandas. Runs in the child process only (see `sandbox`)."""

from __future__ import annotations

import codecs
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd
from lxml import etree, html

from core.importing.heading_row import SAMPLE_ROWS
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cells

_HEADING_TAGS = re.compile(r"<(/?)th(ead)?(?=[\s>/])", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)


class WebPage:
    """The tables of a page, every cell the text that a reader sees."""

    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        """Read a page.

        Raises:
            CannotRead: it has no table.
        """
        page = _with_widths(_HEADING_TAGS.sub(_as_data, _decoded(path.read_bytes())))
        try:
            tables = pd.read_html(
                io.StringIO(page),
                flavor="lxml",
                keep_default_na=False,
                na_values=[],
                thousands=None,
                converters=defaultdict(lambda: str),
            )
        except ValueError as error:
            raise CannotRead("is a web page without a table, perhaps a sign-in page that was saved.") from error
        self._tables = {f"table {number}": table for number, table in enumerate(tables, 1)}

    def starts(self) -> list[SheetStart]:
        """Return all tables with their first rows."""
        return [SheetStart(name, True, list(islice(self.rows(name), SAMPLE_ROWS))) for name in self._tables]

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a table, each as wide as the page has it."""
        for width, *row in self._tables[sheet].itertuples(index=False, name=None):
            yield row[: int(width)]


def _with_widths(page: str) -> str:
    """Begin each row with the number of its cells: pandas makes all rows of a table as wide as the widest.

    A cell that spans several columns counts as one, so that a row of totals is not taken for an account.

    Raises:
        CannotRead: there is no page at all.
    """
    try:
        root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise CannotRead("is an empty web page.") from error
    for row in root.iter("tr"):
        width = html.Element("td")
        width.text = str(len(row.xpath("td|th")))
        row.insert(0, width)
    text: str = html.tostring(root, encoding="unicode")
    return text


def _as_data(tag: re.Match[str]) -> str:
    """Return a heading's tag as one of data: pandas would rename headings that occur twice."""
    return f"<{tag[1]}tbody" if tag[2] else f"<{tag[1]}td"


def _decoded(content: bytes) -> str:
    """Return a page's text by its mark, its own word, or as text files are read."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4096])
    for codec in ("utf-8-sig", declared[1].decode() if declared else "cp1252", "cp1252"):
        try:
            return content.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    raise CannotRead("is neither UTF-8 nor Windows-1252 text.")
