"""The HTML table that portals name .xls, read by pandas. Runs in the child process only (see `sandbox`)."""

from __future__ import annotations

import codecs
import email
import email.policy
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd
from lxml import etree, html

from core.importing.bystanders import part_note, part_of_list
from core.importing.encodings import MIXED
from core.importing.heading_row import SAMPLE_ROWS
from core.importing.notes import Note, Tally
from core.importing.page_text import PageText
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cells, Spanned

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_SPANNED = "\ue000"
"""Stands before the text of a cell in the columns behind its first: nothing that a reader sees."""
_WIDEST = 1_000
"""Columns that one cell may span, as browsers have it."""
_LEADING = re.compile(r"\s*(\d{1,9})")
_OVER_TABLES = 20_000
"""Characters of a page's text that are looked through for what it says of its list."""


class WebPage:
    """The tables of a page, every cell the text that a reader sees."""

    epoch_1904 = False

    def __init__(self, content: bytes, encoding: str | None = None) -> None:
        """Read a page.

        Args:
            content: its bytes.
            encoding: how they are written, where that is known.

        Raises:
            CannotRead: it has no table.
        """
        self._notes: list[Note] = []
        text = self._decoded(content, encoding)
        try:
            root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        except (etree.ParserError, ValueError) as error:
            raise CannotRead("is an empty web page.") from error
        self._page = PageText(root)
        self._tables: dict[str, tuple[pd.DataFrame, bool, Tally]] = {}
        for number, table in enumerate(root.iter("table"), 1):
            self._tables[f"table {number}"] = self._read(table)
        if not self._tables:
            if root.find(".//frame") is not None:
                raise CannotRead(
                    "is a page of frames: the list is in another file of its folder, such as sheet001.htm."
                )
            raise CannotRead("is a web page without a table, perhaps a sign-in page that was saved.")
        self._look_around(root)

    def _decoded(self, content: bytes, encoding: str | None) -> str:
        """Return a page's text by its mark, its own word, or as text files are read."""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16", "replace")
        declared = _CHARSET.search(content[:4096])
        own = declared[1].decode() if declared else "cp1252"
        for codec in filter(None, (encoding, "utf-8-sig", own)):
            try:
                return content.decode(codec)
            except (UnicodeDecodeError, LookupError):
                continue
        try:
            text = content.decode("utf-8-sig", MIXED)
        except UnicodeDecodeError as error:
            raise CannotRead("is neither UTF-8 nor Windows-1252 text.") from error
        self._notes.append(
            Note("mixed_encodings", "Not all of the page is UTF-8: the rest was read as Windows-1252.", 1)
        )
        return text

    def starts(self) -> list[SheetStart]:
        """Return all tables with their first rows."""
        return [
            SheetStart(
                name,
                is_visible,
                list(islice(self.rows(name), SAMPLE_ROWS)),
                notes=(*self._notes, *_hidden_note(hidden)),
                passed_over=hidden.count,
            )
            for name, (_, is_visible, hidden) in self._tables.items()
        ]

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a table, all as wide as the widest."""
        for _, *row in self._tables[sheet][0].itertuples(index=False, name=None):
            yield [Spanned(cell[1:]) if cell.startswith(_SPANNED) else cell for cell in row]

    def _read(self, table: etree._Element) -> tuple[pd.DataFrame, bool, Tally]:
        """Return a table's rows, whether a reader sees it, and the rows that nobody sees."""
        hidden = Tally()
        is_visible = not any(self._page.is_hidden(one) for one in (table, *table.iterancestors()))
        rows: list[list[etree._Element]] = []
        for row in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
            if self._page.is_hidden(row) or (self._page.is_hidden(row.getparent()) and row.getparent() is not table):
                hidden.add([len(rows) + hidden.count + 1])
            else:
                rows.append(list(row.iterchildren("td", "th")))
        return _frame(self._plain(rows)), is_visible, hidden

    def _plain(self, rows: list[list[etree._Element]]) -> etree._Element:
        """Return rows as a table of nothing but texts, with sound spans: pandas puts them where they belong.

        Each row begins with its number, so that none is blank.
        """
        width = max((sum(_span(cell, "colspan") for cell in row) for row in rows if len(row) > 1), default=1)
        width = min(width, _WIDEST)
        plain = html.Element("table")
        for number, row in enumerate(rows):
            line = etree.SubElement(plain, "tr")
            etree.SubElement(line, "td").text = str(number)
            for cell in row:
                text = "" if self._page.is_hidden(cell) else self._page.of(cell)
                down = _span(cell, "rowspan", len(rows) - number)
                for place in range(min(_span(cell, "colspan"), width)):
                    made = etree.SubElement(line, "td")
                    made.text = _SPANNED + text if place and text else text
                    if down > 1:
                        made.set("rowspan", str(min(down, len(rows) - number)))
        return plain

    def _look_around(self, root: html.HtmlElement) -> None:
        """Note what the page says of its list outside of the table, and what was decoded."""
        if self._page.decoded:
            text = f"{self._page.decoded:,} addresses that the page hides were decoded."
            self._notes.append(Note("decoded_addresses", text, self._page.decoded))
        for table in list(root.iter("table")):
            table.drop_tree() if table.getparent() is not None else None
        body = root.find("body")
        around = self._page.of(body)[:_OVER_TABLES] if body is not None else ""
        if (part := part_of_list(around)) and (note := part_note(part, "The page")):
            self._notes.append(note)


def _hidden_note(hidden: Tally) -> list[Note]:
    words = "{rows} that the page hides, such as row {row:,}: passed over."
    return [hidden.note("hidden_rows", words)] if hidden.count else []


def _span(cell: etree._Element, name: str, to_end: int = 1) -> int:
    """Return how many columns or rows a cell spans; 0 rows are all that are left."""
    match = _LEADING.match(cell.get(name, "1"))
    count = int(match[1]) if match else 1
    return min(count, _WIDEST if name == "colspan" else 1_000_000) or to_end


def _frame(table: etree._Element) -> pd.DataFrame:
    """Return a table of texts as pandas reads it."""
    if not len(table):
        return pd.DataFrame()
    [frame] = pd.read_html(
        io.StringIO(etree.tostring(table, encoding="unicode", method="html")),
        flavor="lxml",
        keep_default_na=False,
        na_values=[],
        thousands=None,
        converters=defaultdict(lambda: str),
    )
    return frame


def page_of_archive(content: bytes) -> tuple[bytes, str | None]:
    """Return the page in a web archive (MHTML), and how it is written.

    Raises:
        CannotRead: there is none.
    """
    message = email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and re.search(rb"<t[dh]\b", payload, re.IGNORECASE):
                charset = part.get_content_charset()
                return payload, charset
    raise CannotRead("is a web archive (MHTML) without a table.")


def open_page(path: Path, encoding: str | None) -> WebPage:
    """Open a page, or the page in a web archive."""
    content = path.read_bytes()
    if re.match(
        rb"\s*(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date|Content-Type):", content, re.IGNORECASE
    ):
        content, charset = page_of_archive(content)
        return WebPage(content, encoding or charset)
    return WebPage(content, encoding)
