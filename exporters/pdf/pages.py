"""The pages of a document, one at a time: what is drawn on the one at hand, its footer, and the turn to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from exporters.pdf.document import Document
from exporters.pdf.structure import ARTIFACT, Structure
from exporters.pdf.style import BOTTOM, INK, LEADING, LINE, MARGIN, MUTED, SMALL_SIZE, TEXT_SIZE
from exporters.pdf.typesetter import Typesetter
from exporters.pdf.wrap import wrap


class Pages:
    """Draws from the top down. `y` is where the next thing begins; it falls as things are drawn."""

    def __init__(
        self,
        document: Document,
        typesetter: Typesetter,
        size: tuple[float, float],
        footer: str,
        structure: Structure | None = None,
    ) -> None:
        """Begin the first page, of `size` in points; `footer` stands at the right of every footer.

        What is drawn is tagged where there is a `structure`.
        """
        self.document = document
        self.structure = structure
        self._in_figure = False
        self.typesetter = typesetter
        self.left = MARGIN
        self.right = size[0] - MARGIN
        self.numbers: list[int] = []
        """The object number of every page, for bookmarks."""
        self._size = size
        self._footer = footer
        self._total = document.reserve()
        self._begin()

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height between the margins of a page."""
        return self._size[1] - MARGIN - BOTTOM

    @property
    def room(self) -> float:
        """Height that is left on the page at hand."""
        return self.y - BOTTOM

    def turn(self) -> None:
        """Finish the page at hand and begin the next."""
        self._finish()
        self._begin()

    def close(self) -> None:
        """Finish the last page, and write what all pages share: their number and the fonts."""
        self._finish()
        words = f"{len(self.numbers):,}"
        shown = f"BT {MUTED} rg {self.typesetter.select(SMALL_SIZE)} {self.typesetter.show(words, SMALL_SIZE)} ET"
        box = f"0 {-SMALL_SIZE} {self.typesetter.width(words) * SMALL_SIZE:.2f} {SMALL_SIZE}"
        fonts = self.document.write(f"<< {self.typesetter.embed(self.document)} >>")
        self.document.write_stream(
            shown.encode("ascii"),
            f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources << /Font {fonts} 0 R >>",
            self._total,
        )
        self.document.write(f"<< /Font {fonts} 0 R /XObject << /Total {self._total} 0 R >> >>", self.document.resources)

    def draw(self, operators: str) -> None:
        """Add operators to the page at hand."""
        self._content.append(operators)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose lower left corner is at (x, y)."""
        self.draw(self.idle(f"{colour} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"))

    def rule(self, y: float, weight: float = 0.5, colour: str = LINE) -> None:
        """Draw a line from margin to margin."""
        self.draw(self.idle(f"{colour} RG {weight:g} w {self.left:.2f} {y:.2f} m {self.right:.2f} {y:.2f} l S"))

    def text(
        self, x: float, y: float, text: str, size: float = TEXT_SIZE, *, bold: bool = False, colour: str = INK
    ) -> None:
        """Draw clean text that begins at (x, y)."""
        setter = self.typesetter
        shown = setter.show(text, size, bold=bold)
        drawn = f"BT {colour} rg {setter.select(size, bold=bold)} {x:.2f} {y:.2f} Td {shown} ET"
        if self.structure is not None and not self._in_figure:
            drawn = f"{self.structure.mark(self.numbers[-1])} {drawn} EMC"
        self.draw(drawn)

    def idle(self, drawn: str) -> str:
        """Return operators that draw what says nothing, such as lines and tints, so that nobody reads it aloud."""
        return drawn if self.structure is None or self._in_figure else f"{ARTIFACT} {drawn} EMC"

    @contextmanager
    def tagged(self, kind: str) -> Iterator[None]:
        """Let the text drawn in the block be a heading (H1), a paragraph (P) or the like."""
        if self.structure is None:
            yield
            return
        with self.structure.within(kind):
            yield

    @contextmanager
    def figure(self, words: str) -> Iterator[None]:
        """Let all that is drawn in the block, on one page, be a picture that `words` describe."""
        if self.structure is None:
            yield
            return
        described = f"/Alt <feff{words.encode('utf-16-be', 'replace').hex()}>"
        with self.structure.within("Figure", described) as element:
            self.draw(self.structure.mark(self.numbers[-1], element))
            self._in_figure = True
            try:
                yield
            finally:
                self._in_figure = False
                self.draw("EMC")

    def paragraph(self, text: str, *, indent: float = 0.0, size: float = TEXT_SIZE, colour: str = INK) -> None:
        """Draw text of any length, on further pages if need be, and move below it."""
        for line in self.lines(text, self.width - indent, size):
            if self.room < size * LEADING:
                self.turn()
            self.y -= size * LEADING
            self.text(self.left + indent, self.y + size * 0.3, line, size, colour=colour)

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Return text as clean lines that fit a width."""
        cleaned = "\n".join(map(self.typesetter.clean, text.splitlines()))
        return wrap(cleaned, width / size, lambda part: self.typesetter.width(part, bold=bold))

    def _begin(self) -> None:
        self._content: list[str] = []
        self.numbers.append(self.document.reserve())
        if self.structure is not None:
            self.structure.begin_page()
        self.y = self._size[1] - MARGIN

    def _finish(self) -> None:
        """Draw the footer and write the page. The number of pages is drawn by an object written at the end."""
        y = BOTTOM - 18
        setter = self.typesetter
        page = f"Page {len(self.numbers):,} of "
        if self.structure is not None:
            self.draw(ARTIFACT)
        self._in_figure = True
        self.text(self.left, y, page, SMALL_SIZE, colour=MUTED)
        self.draw(f"q 1 0 0 1 {self.left + setter.width(page) * SMALL_SIZE:.2f} {y:.2f} cm /Total Do Q")
        self.text(self.right - setter.width(self._footer) * SMALL_SIZE, y, self._footer, SMALL_SIZE, colour=MUTED)
        self._in_figure = False
        tags = ""
        if self.structure is not None:
            self.draw("EMC")
            tags = self.structure.end_page()
        self.document.add_page("\n".join(self._content), self._size, self.numbers[-1], tags)
