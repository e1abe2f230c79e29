"""The syntax of a PDF file, written forward: every object leaves memory as soon as it is whole.

reportlab's canvas keeps all pages until the end (466 MB for a million rows). Here a page is compressed and written
when it is full; what is known only at the end (fonts, the number of pages) is referred to by a number reserved before.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

_COMPRESSION = 5
"""One level below the usual 6: two thirds of its time for a file one part in seventy larger."""
_PAGES_PER_NODE = 64
"""Pages under one node of the page tree: readers find a page without reading all of a long list."""
_FREE = b"\0" + bytes(5) + b"\xff\xff"
"""The entry of a number that no object has."""
_OBJECTS_PER_STREAM = 200
"""Small objects that are compressed together: the tags of ten thousand rows would else be the most of a file."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline: its words, the page it leads to (an object number) and the lines under it."""

    title: str
    page: int
    under: Sequence[Bookmark] = ()


class Document:
    """A PDF file on its way out: objects, pages, and at the end their table."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._position = 0
        self._entries: list[bytes] = []
        """Where each object stands, as the table at the end says it."""
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._root = self.reserve()
        self._nodes: list[int] = []
        self._small: list[tuple[int, str]] = []
        self._node = 0
        self._kids: list[int] = []
        self.resources = self.reserve()
        """Number of the one resource dictionary that all pages share."""
        self.page_count = 0

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._entries.append(_FREE)
        return len(self._entries)

    def reserve_some(self, count: int) -> int:
        """Return the first of so many numbers that follow each other, of objects that are written later."""
        first = len(self._entries) + 1
        self._entries += [_FREE] * count
        return first

    def write(self, body: str, number: int | None = None) -> int:
        """Write an object and return its number: a new one, or the reserved `number`."""
        return self._write(body.encode("ascii"), number)

    def write_stream(self, data: bytes, entries: str = "", number: int | None = None) -> int:
        """Write `data` compressed, as a stream with further dictionary `entries`, and return its number."""
        packed = zlib.compress(data, _COMPRESSION)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode("ascii")
        return self._write(head + packed + b"\nendstream", number)

    def add_page(self, content: str, size: tuple[float, float], number: int, tags: str = "") -> None:
        """Write a page of `size` (points) with its drawing operators, under its reserved `number`.

        `tags` are the entries of a page of a tagged document.
        """
        if not self._kids:
            self._node = self.reserve()
        stream = self.write_stream(content.encode("ascii"))
        self.write(
            f"<< /Type /Page /Parent {self._node} 0 R /MediaBox [0 0 {size[0]:.2f} {size[1]:.2f}]"
            f" /Resources {self.resources} 0 R /Contents {stream} 0 R {tags} >>",
            number,
        )
        self.page_count += 1
        self._kids.append(number)
        if len(self._kids) == _PAGES_PER_NODE:
            self._close_node()

    def write_small(self, body: str, number: int) -> None:
        """Write an object under a number that was reserved, compressed together with others."""
        self.write_all_small([(number, body)])

    def write_all_small(self, numbered: Iterable[tuple[int, str]]) -> None:
        """Write objects under numbers that were reserved, compressed together with others."""
        self._small += numbered
        if len(self._small) >= _OBJECTS_PER_STREAM:
            self._flush_small()

    def _flush_small(self) -> None:
        """Write the small objects that wait."""
        if not self._small:
            return
        index, at = [], 0
        for _, body in self._small:
            index.append(at)
            at += len(body) + 1
        head = " ".join(f"{number} {at}" for (number, _), at in zip(self._small, index, strict=True)) + "\n"
        content = head + "\n".join(body for _, body in self._small)
        stream = self.write_stream(content.encode("ascii"), f"/Type /ObjStm /N {len(self._small)} /First {len(head)}")
        begin = b"\2" + stream.to_bytes(5)
        for place, (number, _) in enumerate(self._small):
            self._entries[number - 1] = begin + place.to_bytes(2)
        self._small = []

    def close(
        self, *, title: str, subject: str, made_at: datetime, bookmarks: Sequence[Bookmark], tags: str = ""
    ) -> None:
        """Write the page tree, the outline, the document's properties and the table of objects.

        `tags` are the catalog's entries of a tagged document.
        """
        if self._kids:
            self._close_node()
        self.write(f"<< /Type /Pages /Count {self.page_count} /Kids [{_references(self._nodes)}] >>", self._root)
        outline = self.reserve()
        self._write_bookmarks(bookmarks, outline)
        catalog = self.write(
            f"<< /Type /Catalog /Pages {self._root} 0 R /Outlines {outline} 0 R /Lang (en)"
            f" /ViewerPreferences << /DisplayDocTitle true >> {tags} >>"
        )
        moment = _date(made_at)
        info = self.write(
            f"<< /Title {_text(title)} /Subject {_text(subject)} /Author (partner-tui) /Creator (partner-tui)"
            f" /Producer (partner-tui) /CreationDate {moment} /ModDate {moment} >>"
        )
        self._write_table(catalog, info)

    def _write_bookmarks(self, bookmarks: Sequence[Bookmark], parent: int, entries: str = "/Type /Outlines") -> None:
        """Write the outline's lines below `parent`, and `parent` itself, closed if it is a line."""
        numbers = [self.reserve() for _ in bookmarks]
        for index, bookmark in enumerate(bookmarks):
            own = f"/Title {_text(bookmark.title)} /Parent {parent} 0 R /Dest [{bookmark.page} 0 R /Fit]"
            if index:
                own += f" /Prev {numbers[index - 1]} 0 R"
            if index + 1 < len(numbers):
                own += f" /Next {numbers[index + 1]} 0 R"
            self._write_bookmarks(bookmark.under, numbers[index], own)
        if numbers:
            count = len(numbers) if "/Outlines" in entries else -len(numbers)
            entries += f" /First {numbers[0]} 0 R /Last {numbers[-1]} 0 R /Count {count}"
        self.write(f"<< {entries} >>", parent)

    def _close_node(self) -> None:
        """Write the node of the page tree that holds the pages since the last one."""
        body = f"<< /Type /Pages /Parent {self._root} 0 R /Count {len(self._kids)} /Kids [{_references(self._kids)}] >>"
        self.write(body, self._node)
        self._nodes.append(self._node)
        self._kids = []

    def _write_table(self, catalog: int, info: int) -> None:
        """Write where every object stands, as a stream, and the end of the file."""
        self._flush_small()
        number, start = self.reserve(), self._position
        self._entries[number - 1] = _at(start)
        identity = self._digest.hexdigest()[:32]
        self.write_stream(
            b"".join([_FREE, *self._entries]),
            f"/Type /XRef /Size {number + 1} /W [1 5 2] /Root {catalog} 0 R /Info {info} 0 R"
            f" /ID [<{identity}> <{identity}>]",
            number,
        )
        self._emit(f"startxref\n{start}\n%%EOF\n".encode("ascii"))

    def _write(self, body: bytes, number: int | None) -> int:
        number = number or self.reserve()
        self._entries[number - 1] = _at(self._position)
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)


def _at(position: int) -> bytes:
    """Return the entry of an object that stands at a place of the file."""
    return b"\1" + position.to_bytes(5) + b"\0\0"


def _references(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _text(words: str) -> str:
    """Return a text string of the file's properties; what is no character becomes a question mark."""
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be', 'replace').hex()}>"


def _date(moment: datetime) -> str:
    """Return an aware moment as PDF writes it: D:20260131120000+01'00."""
    offset = f"{moment:%z}"
    return f"(D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]})"
