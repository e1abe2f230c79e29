"""HTML: one page that needs nothing but a browser, with no scripts and nothing to fetch.

Jinja2 makes the page around the rows; the rows are streamed through it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from core.query.columns import Column, Value
from core.query.result import Result
from exporters.bonus import has_bar, length_of_bar
from exporters.export_options import Job
from exporters.html_chart import chart_of
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
_BADGES = {"status", "nab_status"}
"""Columns whose words stand in a badge, unless they head the rows."""

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
        "chart": chart_of(result),
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


def _cells(column: Column, replacer: Replacer) -> Cells:
    """Return what makes the insides of a column's cells, some of them badges or bars."""
    plain = _plain_cells(column, replacer)
    if has_bar(column):
        return lambda numbers: list(map(_barred, numbers, plain(numbers)))
    if column.key not in _BADGES:
        return plain
    return lambda words: [word and f'<span class="badge">{word}</span>' for word in plain(words)]


def _barred(number: Value, shown: str) -> str:
    """Return a number before a bar of its length; it is drawn by style alone, so that only the number is copied."""
    length = length_of_bar(number)
    return f'<span class="bar" style="--length:{length * 100:.0f}">{shown}</span>' if length else shown


def _plain_cells(column: Column, replacer: Replacer) -> Cells:
    """Return what makes the insides of a column's cells of its values."""
    if column.kind == "number":
        return lambda numbers: ["" if number is None else f"{number:,}" for number in numbers]
    if column.kind == "date":
        return lambda dates: [date or "" for date in dates]
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
