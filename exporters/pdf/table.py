"""The rows of a report on pages: headings repeated, texts wrapped, a tall row carried on to the next page.

Speed decides the shape of this module: a cell becomes operators once, with a gap for the height at which it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from core.query.columns import Bar, Column, Row, Value
from core.text.signs import TONES, Sign, sign_of
from exporters.pdf.pages import Pages
from exporters.pdf.structure import ARTIFACT, SILENT, Element
from exporters.pdf.style import ACCENT, CONDENSED, INK, LEADING, PALE, TINT, rgb
from exporters.pdf.typesetter import Typesetter
from exporters.pdf.widths import GAP, Fit
from exporters.pdf.wrap import wrap

Line = tuple[str, str]
"""What is drawn before and after the height of a line is known."""

_OVERHANG = 3.0
"""Rules and tints reach so far beyond the text, in points."""
_INSET = 2.5
"""Blank above and below a bar, in points."""
_BEHIND_SIGN = "\n"
"""Parts a sign, which is no piece of its cell, from the word; a blank like any other to those who draw it."""
_REMEMBERED = 4096
"""Values of a column whose operators are kept: states, plans and dates come again and again."""


class _Cells:
    """One column: from its values to drawn lines."""

    def __init__(self, column: Column, x: float, width: float, size: float, typesetter: Typesetter) -> None:
        self._column = column
        self._x = x
        self._width = width
        self._size = size
        self._setter = typesetter
        self.has_smaller = False
        """Whether an id was set smaller than the rest."""
        self.lines = lru_cache(_REMEMBERED)(self._lines)
        """Return the lines of a value, in bold or not."""

    def heading(self) -> list[Line]:
        """Return the lines of the column's title."""
        return [self._line(text, bold=True) for text in self._wrapped(self._column.title, bold=True)]

    def _lines(self, value: Value, bold: bool = False) -> list[Line]:
        if value is None:
            return []
        text = self._column.kind.show(value)
        if self._column.has_badges and (sign := sign_of(self._column.key, value)):
            return self._signed(sign, text)
        if self._column.kind.is_of_any_width:
            return [self._id(" ".join(text.splitlines()))]
        return [self._line(part, bold=bold) for part in self._wrapped(text, bold=bold)]

    def _wrapped(self, text: str, *, bold: bool) -> list[str]:
        """Return clean text as the lines that fit the column."""
        limit = self._width / self._size / CONDENSED + 0.001
        if self._setter.is_plain(text) and self._setter.width(text, bold=bold) <= limit:
            return [text]
        cleaned = "\n".join(map(self._setter.clean, text.splitlines()))
        return wrap(cleaned, limit, lambda part: self._setter.width(part, bold=bold))

    def _line(self, text: str, *, bold: bool) -> Line:
        setter, size = self._setter, self._size
        x = self._x
        if self._column.is_number:
            x += self._width - setter.width(text.rstrip(), bold=bold) * size * CONDENSED
        shown = setter.show(text, size, bold=bold)
        if bold:
            shown = f"{setter.select(size, bold=True)} {shown} {setter.select(size)}"
        return f"1 0 0 1 {x:.2f} ", f" Tm {shown}"

    def _signed(self, sign: Sign, text: str) -> list[Line]:
        """Return a word behind its sign, in the sign's colour; the sign is neither copied nor read aloud."""
        setter, size = self._setter, self._size
        colour = rgb(TONES[sign.tone].on_light)
        lines = []
        for place, part in enumerate(self._wrapped(f"{sign.sign} {text}", bold=False)):
            before, after = self._line(part, bold=False)
            shown = after.removeprefix(" Tm ")
            if place == 0:
                shown = f"{SILENT.format(setter.show(part[:2], size))}{_BEHIND_SIGN}{setter.show(part[2:], size)}"
            lines.append((before, f" Tm {colour} rg {shown} {INK} rg"))
        return lines

    def _id(self, text: str) -> Line:
        """Return an id on one line, set smaller if it is wider than any column may be."""
        setter, text = self._setter, self._setter.clean(text)
        width = setter.width(text) * self._size * CONDENSED
        if width <= self._width + 0.01:
            return self._line(text, bold=False)
        self.has_smaller = True
        size = self._size * self._width / width
        shown = f"{setter.select(size)} {setter.show(text, size)} {setter.select(self._size)}"
        return f"1 0 0 1 {self._x:.2f} ", f" Tm {shown}"


class Table:
    """A table that grows down the pages, row by row."""

    def __init__(self, pages: Pages, columns: Sequence[Column], fit: Fit, on_page: Callable[[Row], None]) -> None:
        """Prepare a table; `on_page` is told the first row of each page that the table begins or continues on."""
        self._pages = pages
        self._fit = fit
        self._on_page = on_page
        self._cells: list[_Cells] = []
        self._bars: list[tuple[Bar, int, float, float]] = []
        x = pages.left
        for place, (column, width) in enumerate(zip(columns, fit.widths, strict=True)):
            if column.bar:
                self._bars.append((column.bar, place, x, width + _OVERHANG))
            self._cells.append(_Cells(column, x, width, fit.size, pages.typesetter))
            x += width + GAP
        self._makers = [cells.lines for cells in self._cells]
        self._left, self._right = pages.left - _OVERHANG, x - GAP + _OVERHANG
        self._leading = fit.size * LEADING
        self._padding = fit.size * 0.32
        self._ascent = fit.size * 0.95
        self._heading = [cells.heading() for cells in self._cells]
        self._heading_height = self._height(max(map(len, self._heading)))
        self._tinted = False
        self._text: list[str] = []
        self._open = False
        self._table: Element | None = None
        self._has_heading = False

    def write(self, blocks: Iterable[list[Row]], tick: Callable[[int], None], *, total_at: int | None = None) -> None:
        """Draw all rows; the one of totals, if one is, stands out: it is the `total_at`-th."""
        done = 0
        structure = self._pages.structure
        self._table = structure.open("Table") if structure is not None else None
        for block in blocks:
            for number, row in enumerate(block, done + 1):
                self._row(row, bold=number == total_at)
            done += len(block)
            tick(done)
        self._close()
        if structure is not None and self._table is not None:
            structure.close(self._table)

    def notes(self) -> list[str]:
        """Return what is to be said of ids that are wider than their column."""
        smaller = any(cells.has_smaller for cells in self._cells)
        return ["Ids wider than their column are set smaller, so that each stays whole on one line."] if smaller else []

    def _row(self, row: Row, *, bold: bool) -> None:
        """Draw a row; a tall one may be cut between its lines and go on over the next pages."""
        cells = [lines(value, bold) for lines, value in zip(self._makers, row, strict=True)]
        count = max(1, *map(len, cells))
        heading = 0.0 if self._open else self._heading_height
        if heading + self._least(count) > self._pages.room:
            self._turn(row)
        elif not self._open:
            self._begin(row)
        bars = [(x, width * bar.length(row[place])) for bar, place, x, width in self._bars]
        if count <= self._fitting():
            self._draw(cells, count, bars, self._begins_of_row(cells), bold=bold)
        else:
            self._row_of_parts(row, cells, count, bars, bold=bold)
        self._tinted = not self._tinted

    def _row_of_parts(
        self,
        row: Row,
        cells: Sequence[Sequence[Line]],
        count: int,
        bars: Sequence[tuple[float, float]],
        *,
        bold: bool,
    ) -> None:
        """Draw a row of `count` lines that goes on over the next pages."""
        start = 0
        tags = self._row_tags("TD")
        while start < count:
            fitting = self._fitting()
            part = [cell[start : start + fitting] for cell in cells]
            self._draw(part, min(count - start, fitting), bars, self._begins_of_part(part, tags), bold=bold)
            start += fitting
            if start < count:
                self._turn(row)
        self._close_row(tags)

    def _fitting(self) -> int:
        """Return how many lines of a row fit what is left of the page, at least one."""
        return max(1, int((self._pages.room - self._height(0)) / self._leading))

    def _begins_of_row(self, cells: Sequence[Sequence[Line]]) -> Sequence[str]:
        """Return what begins each cell of a row that stands whole on the page; nothing in a document without tags."""
        structure = self._pages.structure
        if structure is None or self._table is None:
            return ()
        return structure.whole_row(self._table, self._pages.numbers[-1], [bool(cell) for cell in cells])

    def _begins_of_part(self, cells: Sequence[Sequence[Line]], tags: Sequence[Element]) -> Sequence[str]:
        """Return the same for a part of a row, whose cells have these tags."""
        structure = self._pages.structure
        if structure is None:
            return ()
        page = self._pages.numbers[-1]
        return [structure.mark(page, tag) if cell else "" for cell, tag in zip(cells, tags[1:], strict=True)]

    def _row_tags(self, kind: str) -> list[Element]:
        """Return the tags of a row, its own and then one for each cell (TH or TD); none in a document without tags."""
        structure = self._pages.structure
        if structure is None or self._table is None:
            return []
        row = structure.open("TR", self._table)
        scope = "/A<</O/Table/Scope/Column>>" if kind == "TH" else ""
        return [row, *(structure.open(kind, row, scope) for _ in self._cells)]

    def _close_row(self, tags: Sequence[Element]) -> None:
        for tag in reversed(tags):
            self._pages.structure.close(tag)  # type: ignore[union-attr]

    def _add_text(self, lines: Sequence[str], begin: str) -> None:
        """Add the drawn lines of one cell to the page's text, as a piece that belongs to its tag."""
        first, *others = lines
        if _BEHIND_SIGN in first:
            sign, _, first = first.partition(_BEHIND_SIGN)
            self._text.append(sign)
        self._text += [begin, first, *others, "EMC"]

    def _draw(
        self,
        cells: Sequence[Sequence[Line]],
        count: int,
        bars: Sequence[tuple[float, float]],
        begins: Sequence[str],
        *,
        bold: bool,
    ) -> None:
        """Draw lines of a row, cell by cell, so that text is copied in the order in which it is read.

        `bars` stand behind them: from where, and how wide. `begins` begin their pieces in a document with tags.
        """
        pages, height = self._pages, self._height(count)
        pages.y -= height
        if bold:
            self._rule(pages.y + height, 0.8)
        elif self._tinted:
            pages.box(self._left, pages.y, self._right - self._left, height, TINT)
        for x, width in bars:
            if width:
                pages.box(x, pages.y + _INSET, width, height - 2 * _INSET, PALE)
        top = pages.y + height - self._padding - self._ascent
        heights = [f"{top - self._leading * index:.2f}" for index in range(count)]
        for place, cell in enumerate(cells):
            if not cell:
                continue
            lines = [f"{before}{y}{after}" for (before, after), y in zip(cell, heights, strict=False)]
            if begins:
                self._add_text(lines, begins[place])
            else:
                self._text += lines

    def _height(self, count: int) -> float:
        """Return the height of a row of so many lines."""
        return count * self._leading + 2 * self._padding

    def _least(self, count: int) -> float:
        """Return the room without which a row starts on the next page: all of it, or a few lines of a tall one."""
        whole = self._height(count)
        return whole if whole <= self._pages.height / 4 else self._height(4)

    def _turn(self, row: Row) -> None:
        """Go on with a row, or what is left of it, on the next page."""
        self._close()
        self._pages.turn()
        self._begin(row)

    def _begin(self, row: Row) -> None:
        """Draw the headings on the page at hand, all ending on one line, above a rule."""
        pages = self._pages
        pages.y -= self._heading_height
        self._rule(pages.y, 1)
        lowest = pages.y + self._padding + self._leading - self._ascent
        tags = [] if self._has_heading else self._row_tags("TH")
        self._has_heading = True
        structure = pages.structure
        for place, lines in enumerate(self._heading, 1):
            drawn = [
                f"{before}{lowest + self._leading * below:.2f}{after}"
                for below, (before, after) in zip(reversed(range(len(lines))), lines, strict=True)
            ]
            if structure is None:
                self._text += drawn
            else:  # where it comes again it says nothing new
                self._add_text(drawn, structure.mark(pages.numbers[-1], tags[place]) if tags else ARTIFACT)
        self._close_row(tags)
        self._open = True
        self._tinted = False
        self._on_page(row)

    def _rule(self, y: float, weight: float) -> None:
        """Draw a line as wide as the table."""
        pages = self._pages
        pages.draw(pages.idle(f"{ACCENT} RG {weight:g} w {self._left:.2f} {y:.2f} m {self._right:.2f} {y:.2f} l S"))

    def _close(self) -> None:
        """Hand the text of a page over: one text object, drawn over the tints."""
        if self._text:
            select = self._pages.typesetter.select(self._fit.size)
            state = f"q BT {INK} rg {CONDENSED * 100:g} Tz {select}"
            self._pages.draw("\n".join([state, *self._text, "ET Q"]))
        self._text = []
        self._open = False
