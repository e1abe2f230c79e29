"""Lines of the table as strips, with as few changes of style as can be: over SSH each one costs bytes.

Values go from text into segments directly; nothing here is ever read as markup. A line is: the cursor's sign, the
mark's sign (if rows can be marked), the columns, and one last cell for the sign that there is more to the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.query.columns import Row, Value
from core.query.sorting import Sort
from core.text.signs import Tone, sign_of
from tui.widgets.table.cells import fit, fit_value, with_bar
from tui.widgets.table.picture import Frame, Heading, Line
from tui.widgets.table.titles import title_in, whole_title
from tui.widgets.table.windows import GAP, Span

CURSOR_SIGN = "►"
MARK_SIGN = "● "
MORE_LEFT = "‹"
MORE_RIGHT = "›"
ASCENDING = "▲"
DESCENDING = "▼"

Piece = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of a table. Those of a cell or a word are laid over the line's."""

    row: Style
    cursor: Style
    heading: Style
    cell: Style
    """Over the cursor's line: the current cell."""
    current: Style
    """Over the heading: the current column."""
    hit: Style
    """Over any row: what was searched for."""
    tones: Mapping[Tone, Style] = field(default_factory=lambda: dict.fromkeys(Tone, Style()))
    """Over any row but the cursor's: what a word says."""


def without_defaults(style: Style) -> Style:
    """Return `style` without the terminal's own colours, which hold where none is named: fewer bytes on each line."""
    color = None if style.color is None or style.color.is_default else style.color
    background = None if style.bgcolor is None or style.bgcolor.is_default else style.bgcolor
    return style.without_color + Style.from_color(color, background)


def lead_width(has_marks: bool) -> int:
    """Return the cells before the first column."""
    return len(CURSOR_SIGN) + len(MARK_SIGN) * has_marks


def room_for_columns(width: int, has_marks: bool) -> int:
    """Return the cells that a line of `width` has for columns."""
    return max(width - lead_width(has_marks) - len(MORE_RIGHT), 1)


def sort_arrows(sorts: Sequence[Sort]) -> dict[str, str]:
    """Return the sign beside each sorted column's title, by key: an arrow, numbered if there are several."""
    several = len(sorts) > 1
    return {
        sort.key: (DESCENDING if sort.descending else ASCENDING) + (str(place) if several else "")
        for place, sort in enumerate(sorts, start=1)
    }


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints the lines of one frame."""

    frame: Frame
    width: int
    palette: Palette

    def heading(self, heading: Heading, y: int) -> Strip:
        """Return a line of the titles, the last one with the arrows of the sorted columns; the current one is marked.

        The signs that there are more columns stand in the last line too.
        """
        is_last = y == self.frame.heading_lines - 1
        base = self.palette.heading
        current = base + self.palette.current
        arrows = sort_arrows(heading.sorts)
        window = self.frame.window
        cells = [
            [(self._title(span, arrows, is_last), current if span.column == heading.current else base)]
            for span in window.spans
        ]
        before = MORE_LEFT if window.more_left and is_last else " "
        lead, gap = (" ", f" │{before}") if window.held else (before, "")
        return self._line(lead, cells, base, gap=gap, end=MORE_RIGHT if window.more_right and is_last else " ")

    def row(self, line: Line) -> Strip:
        """Return one row's line."""
        is_cursor = line.current is not None
        base = self.palette.cursor if is_cursor else self.palette.row
        current = base + self.palette.cell if is_cursor else base
        cells = [
            self._cell(line.row, span, current if span.column == line.current else base)
            for span in self.frame.window.spans
        ]
        lead = (CURSOR_SIGN if is_cursor else " ") + MARK_SIGN * line.is_marked
        return self._line(lead, cells, base)

    def blank(self) -> Strip:
        """Return a line without a row."""
        return Strip([Segment(" " * self.width, self.palette.row)], self.width)

    def _title(self, span: Span, arrows: dict[str, str], is_last: bool) -> str:
        column = self.frame.columns[span.column]
        title = whole_title(column)
        if self.frame.heading_lines > 1:
            title = title_in(column, self.frame.window.widths[span.column])
        if not is_last:
            return fit(title.upper, span.width, right=column.is_number)
        arrow = arrows.get(column.key, "")
        lower = fit(title.lower, max(span.width - len(arrow), 0)).rstrip()
        return fit(lower + arrow, span.width, right=column.is_number)

    def _cell(self, row: Row, span: Span, style: Style) -> list[Piece]:
        value, column = row[self.frame.places[span.column]], self.frame.columns[span.column]
        text = fit_value(value, column, span.width)
        if column.bar:
            text = with_bar(text, column.bar.length(value))
        if column.has_badges and style is self.palette.row and (sign := sign_of(column.key, value)):
            style += self.palette.tones[sign.tone]
        if self.frame.pattern is None or value is None:
            return [(text, style)]
        return list(_marked_hits(text, value, self.frame.pattern, style, style + self.palette.hit))

    def _line(
        self, lead: str, cells: Iterable[Iterable[Piece]], base: Style, *, gap: str = " │ ", end: str = " "
    ) -> Strip:
        """Return the line of `cells`, with `gap` behind the frozen columns."""
        lead = lead.ljust(lead_width(self.frame.has_marks))
        pieces: list[Piece] = [(lead, base)]
        for place, cell in enumerate(cells):
            if place:
                pieces.append((gap if place == self.frame.window.held else " " * GAP, base))
            pieces.extend(cell)
        spans = self.frame.window.spans
        used = len(lead) + (spans[-1].x + spans[-1].width if spans else 0) + len(end)
        pieces.append((" " * (self.width - used) + end, base))
        strip = Strip(_joined(pieces), max(self.width, used))
        return strip if used <= self.width else strip.crop(0, self.width)


def _marked_hits(text: str, value: Value, pattern: re.Pattern[str], style: Style, hit: Style) -> Iterator[Piece]:
    """Yield a cell with what was found marked: all of it where the finding is cut off, or in digits set in groups."""
    end = 0
    for found in pattern.finditer(text):
        yield text[end : found.start()], style
        yield found.group(), hit
        end = found.end()
    is_hidden = end == 0 and pattern.search(str(value)) is not None
    yield text[end:], hit if is_hidden else style


def _joined(pieces: Iterable[Piece]) -> Iterator[Segment]:
    """Yield segments as long as can be: neighbours of one style are one."""
    run: list[str] = []
    run_style = None
    for text, style in pieces:
        if style is not run_style and run:
            yield Segment("".join(run), run_style)
            run = []
        run_style = style
        if text:
            run.append(text)
    if run:
        yield Segment("".join(run), run_style)
