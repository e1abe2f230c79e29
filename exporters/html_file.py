"""HTML: one page that needs nothing but a browser, with no scripts and nothing to fetch.

Jinja2 makes the page around the rows; the rows are streamed through it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from core.query.columns import Bar, Column, Value
from core.query.result import Result
from exporters.chart_layout import Drawing, layout
from exporters.export_options import Job
from exporters.replacing import Replacer, edited

if TYPE_CHECKING:
    from jinja2 import Template

_ROWS = "<!-- rows -->"
"""Where the rows stand in the template. No text of a page holds it: `<` is escaped there."""
_FORBIDDEN = r"^ -~\0\t\n\r\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd" + "".join(
    f"\\U{plane:04x}0000-\\U{plane:04x}fffd" for plane in range(1, 17)
)
"""All but what the HTML standard allows (fault C10): not its controls, surrogates and noncharacters. Said by what is
allowed, plain characters first, because most characters are then passed at once."""
_CHART_WIDTH, _CHART_TEXT = 800.0, 13.0
"""In the units of the SVG, which scales with the page."""
_CHARACTER = 0.6
"""About how wide a character of a browser's font is, as a part of its size."""

Cells = Callable[[Sequence[Any]], list[str]]
"""Makes a column's cells of its values."""


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` to `out` as an HTML page; see `Exporter`.

    Every text is escaped, so that nothing in it acts (fault C8). Control characters become U+FFFD, counted in the
    notes, which stand below the table.
    """
    replacer = Replacer(_FORBIDDEN, "HTML")
    page: dict[str, Any] = {
        "result": result,
        **_chart(result),
        "made_at": job.made_at,
        "clean": lambda text: replacer(replacer.without_nul(text)),
    }
    head = _page().render(page, found=[]).partition(_ROWS)[0]
    out.write(head.encode())
    key, *others = result.columns
    cells = [_plain_cells(key, replacer), *(_cells(column, replacer) for column in others)]
    written = 0
    for block in result.blocks():
        columns = [make(values) for make, values in zip(cells, zip(*block, strict=True), strict=True)]
        # HTML leaves out the end tags of rows and cells, which makes the page a third smaller.
        rows = [row.encode() for row in map("<td>".join, zip(*columns, strict=True))]
        out.write(b'<tr><th scope="row">' + b'\n<tr><th scope="row">'.join(rows) + b"\n")
        written += len(block)
        job.tick(written)
    notes = replacer.notes()
    tail = _page().render(page, found=notes).partition(_ROWS)[2]
    out.write(tail.encode())
    return notes


def _chart(result: Result) -> dict[str, Any]:
    """Return what the page has of the chart: what it is, and its parts; nothing where there is none."""
    figures = result.chart()
    drawing: Drawing | None = None
    if figures:
        drawing = layout(figures, _CHART_WIDTH, _CHART_TEXT, lambda text: _CHARACTER * len(text))
    return {"chart": figures and figures.chart, "drawing": drawing}


def _cells(column: Column, replacer: Replacer) -> Cells:
    """Return what makes the insides of a column's cells, some of them badges or bars."""
    plain = _plain_cells(column, replacer)
    if bar := column.bar:
        return lambda numbers: [
            _barred(bar, number, text) for number, text in zip(numbers, plain(numbers), strict=True)
        ]
    if not column.has_badges:
        return plain
    return lambda words: [word and f'<span class="badge">{word}</span>' for word in plain(words)]


def _barred(bar: Bar, number: Value, shown: str) -> str:
    """Return a number before a bar of its length; it is drawn by style alone, so that only the number is copied."""
    length = bar.length(number)
    return f'<span class="bar" style="--length:{length * 100:.0f}">{shown}</span>' if length else shown


def _plain_cells(column: Column, replacer: Replacer) -> Cells:
    """Return what makes the insides of a column's cells of its values."""
    if not column.kind.is_text:
        return column.kind.shown
    return lambda texts: edited(texts, lambda joined: _escaped(replacer(joined)), replacer)


def _escaped(text: str) -> str:
    """Return text for the inside of an element; quotes need no escape there."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r\n", "\n").replace("\r", "\n")
    )


@cache
def _page() -> Template:
    """Return the template of the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("exporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.j2")
