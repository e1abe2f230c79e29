"""A table of few rows, such as lists and runs: headings, a line each to choose from, and all of the chosen one below.

What a report shows is another thing: `tui.widgets.report_table` holds a million rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.safe_text import plain
from tui.widgets.lines import Links
from tui.widgets.table.cells import fit, steady

GAP = "  "
LEAST = 8
"""Cells of a column that is begun at all where there is no room for the whole of it."""
LEAST_FIRST = 16
"""Cells that the first column keeps."""


class Heading(NamedTuple):
    """A column of such a table."""

    title: str
    most: int = 40
    """Cells that it takes at most."""
    is_number: bool = False


class Line(NamedTuple):
    """A row: what stands in its cells, and all that there is to say of it."""

    cells: Sequence[str]
    about: str = ""


class LineTable(Vertical):
    """Shows as many columns as there is room for, the first ones first, and tells the rest below."""

    DEFAULT_CSS = """
    LineTable { height: 1fr; }
    LineTable > Links { height: 1fr; }
    LineTable > .headings { height: 1; text-style: bold; text-wrap: nowrap; color: $text-muted; }
    LineTable > .about { height: auto; max-height: 3; margin-top: 1; color: $text-muted; }
    """

    def __init__(self, headings: Sequence[Heading], *, lines_id: str) -> None:
        """Begin without rows; `lines_id` names the lines to choose from."""
        super().__init__()
        self._headings, self._lines_id = headings, lines_id
        self._lines: Sequence[Line] = ()

    def compose(self) -> ComposeResult:
        """Lay out headings, lines and what is said of the chosen one."""
        yield Static(classes="headings", markup=False)
        yield Links(id=self._lines_id, classes="-keeps -one-line-each")
        yield Static(classes="about", markup=False)

    def show(self, lines: Sequence[Line], chosen: int | None) -> None:
        """Show rows, and choose one of them by its place."""
        self._lines = lines
        self._lay_out(chosen)

    def on_resize(self) -> None:
        """Show as many columns as there is room for now."""
        self._lay_out(self.query_one(Links).highlighted)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say all of the chosen row."""
        self._say(event.option_index)

    def _lay_out(self, chosen: int | None) -> None:
        links = self.query_one(Links)
        rows = [[steady(cell) for cell in line.cells] for line in self._lines]
        widths = fitted(self._headings, rows, self.size.width - 1)
        titles = [heading.title for heading in self._headings] if rows else []
        self.query_one(".headings", Static).update(Content(GAP.join(self._cells(titles, widths))))
        links.clear_options()
        for row in rows:
            first, *others = self._cells(row, widths)
            links.add_option(Option(Content.assemble((first, "bold"), *(GAP + cell for cell in others))))
        if rows and chosen is not None:
            links.highlighted = min(chosen, len(rows) - 1)
        self._say(links.highlighted)

    def _cells(self, texts: Sequence[str], widths: Mapping[int, int]) -> list[str]:
        """Return what stands in the columns that are shown, each as wide as its column."""
        is_number = [heading.is_number for heading in self._headings]
        return [fit(texts[place], width, right=is_number[place]) for place, width in widths.items() if texts]

    def _say(self, place: int | None) -> None:
        said = self._lines[place].about if place is not None and place < len(self._lines) else ""
        self.query_one(".about", Static).update(plain(said))


def fitted(headings: Sequence[Heading], rows: Sequence[Sequence[str]], room: int) -> dict[int, int]:
    """Return the columns that have room, by their places, and how many cells wide each is; the last one may be cut.

    A column in which nothing stands is left out, however much room there is. The first one gives way to the second.
    """
    longest = [max((cell_len(row[place]) for row in rows), default=0) for place in range(len(headings))]
    wanted = [max(min(cells, one.most), cell_len(one.title)) for cells, one in zip(longest, headings, strict=True)]
    if len(wanted) > 1:
        wanted[0] = min(wanted[0], max(room - len(GAP) - wanted[1], LEAST_FIRST))
    widths: dict[int, int] = {}
    for place, heading in enumerate(headings):
        if longest[place] == 0 and widths:
            continue
        if wanted[place] > room and widths and (room < LEAST or heading.is_number):
            break
        widths[place] = max(min(wanted[place], room), 1)
        room -= wanted[place] + len(GAP)
        if room <= 0:
            break
    return widths
