"""What each piece of a page is, for programs that read a PDF aloud: headings, paragraphs, a table with rows and cells.

A tag is written as soon as it is whole, so that a table of ten thousand rows does not wait in memory. Pieces of pages
are told apart by numbers (MCID), which begin anew on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from exporters.pdf.document import Document

ARTIFACT = "/Artifact BMC"
"""Begins what says nothing: tints, lines, page numbers, headings that come again."""
SILENT = "/Artifact BMC /Span<</ActualText()>>BDC {} EMC EMC"
"""Around what is seen and stands for nothing that is copied or read aloud: signs before words."""


@dataclass(slots=True)
class Element:
    """A tag that is still open."""

    kind: str
    """Such as P or TD."""
    number: int
    """Of the object that it becomes."""
    parent: int
    entries: str = ""
    """Further entries of its dictionary."""
    page: int = 0
    """The page of its first piece."""
    kids: list[str] = field(default_factory=list)


class Structure:
    """The tags of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = document.reserve()
        self._top = Element("Document", document.reserve(), self._root)
        self._open: list[Element] = [self._top]
        self._pages: list[list[int]] = []
        """For each page the tag of each of its pieces."""
        self._by_page: list[int] = []

    def begin_page(self) -> None:
        """Begin a page: the pieces that come belong to it."""
        self._pages.append([])

    def end_page(self) -> str:
        """Write which tags the pieces of the page belong to, and return the entries of the page that say so."""
        owners = self._pages[-1]
        self._pages[-1] = []
        self._by_page.append(self._document.reserve())
        self._document.write_small(f"[{' '.join(f'{owner} 0 R' for owner in owners)}]", self._by_page[-1])
        return f"/StructParents {len(self._by_page) - 1} /Tabs /S"

    def open(self, kind: str, parent: Element | None = None, entries: str = "") -> Element:
        """Return a new tag under another, by default the innermost one; it is whole when it is closed."""
        parent = parent or self._open[-1]
        element = Element(kind, self._document.reserve(), parent.number, entries)
        parent.kids.append(f"{element.number} 0 R")
        return element

    def close(self, element: Element) -> None:
        """Write a tag to which nothing is added any more."""
        page = f"/Pg {element.page} 0 R" if element.page else ""
        kids = element.kids[0] if len(element.kids) == 1 else f"[{' '.join(element.kids)}]"
        body = f"<</S/{element.kind}/P {element.parent} 0 R{page}/K {kids}{element.entries}>>"
        self._document.write_small(body, element.number)

    def whole_row(self, table: Element, page: int, filled: Sequence[bool]) -> list[str]:
        """Write the tags of a row of data that stands whole on one page, which most do.

        Returns what begins the piece of each cell that is filled, '' for the others; `EMC` ends a piece.
        """
        owners = self._pages[-1]
        row = self._document.reserve_some(1 + len(filled))
        table.kids.append(f"{row} 0 R")
        begins: list[str] = []
        written: list[tuple[int, str]] = []
        for number, is_filled in enumerate(filled, row + 1):
            if is_filled:
                place = len(owners)
                owners.append(number)
                begins.append(f"/TD<</MCID {place}>>BDC")
                written.append((number, f"<</S/TD/P {row} 0 R/Pg {page} 0 R/K {place}>>"))
            else:
                begins.append("")
                written.append((number, f"<</S/TD/P {row} 0 R/K []>>"))
        kids = " ".join([f"{number} 0 R" for number, _ in written])
        self._document.write_all_small([*written, (row, f"<</S/TR/P {table.number} 0 R/K [{kids}]>>")])
        return begins

    @contextmanager
    def within(self, kind: str, entries: str = "") -> Iterator[Element]:
        """Let what is drawn in the block belong to a new tag."""
        element = self.open(kind, entries=entries)
        self._open.append(element)
        try:
            yield element
        finally:
            self._open.pop()
            self.close(element)

    def mark(self, page: int, element: Element | None = None) -> str:
        """Return what begins a piece of a page that belongs to a tag, by default the innermost; `EMC` ends it."""
        element = element or self._open[-1]
        if element is self._top:
            return ARTIFACT
        owners = self._pages[-1]
        place = len(owners)
        owners.append(element.number)
        element.page = element.page or page
        other = f"<</Type/MCR/Pg {page} 0 R/MCID {place}>>"
        element.kids.append(str(place) if element.page == page else other)
        return f"/{element.kind}<</MCID {place}>>BDC"

    def finish(self) -> str:
        """Write the tree, and return the entries of the catalog that make the document a tagged one."""
        self.close(self._top)
        pages = " ".join(f"{place} {number} 0 R" for place, number in enumerate(self._by_page))
        tree = self._document.write(f"<< /Nums [{pages}] >>")
        self._document.write(
            f"<< /Type /StructTreeRoot /K {self._top.number} 0 R /ParentTree {tree} 0 R"
            f" /ParentTreeNextKey {len(self._by_page)} >>",
            self._root,
        )
        return f"/MarkInfo << /Marked true >> /StructTreeRoot {self._root} 0 R"
