"""HTML: one page that needs nothing but a browser, with no scripts and nothing to fetch.

Jinja2 makes the page around the rows; the rows are streamed through it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from core.query.columns import Bar, Column, Value
from core.query.result import Result
from core.text.date_style import ISO, date_style, in_style, shown_day
from core.text.signs import TONES, Sign, sign_of
from exporters.chart_layout import Drawing, layout
from exporters.export_options import Job
from exporters.replacing import PLAIN, Replacer, edited

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
        "paper": job.style.paper.value,
        "clean": lambda text: replacer(replacer.without_nul(text)),
        "dated": in_style,
        "tones": TONES,
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
    badges = _Badges(column, plain)
    return lambda values: [badges[value] for value in values]


class _Badges(dict[Value, str]):
    """A column's words behind their signs: few, so each is made but once. Other values are made anew every time."""

    def __init__(self, column: Column, plain: Cells) -> None:
        super().__init__()
        self._key = column.key
        self._plain = plain

    def __missing__(self, value: Value) -> str:
        (shown,) = self._plain([value])
        sign = sign_of(self._key, value)
        if sign is None:
            return shown and _badge(None, shown)
        self[value] = _badge(sign, shown)
        return self[value]


def _badge(sign: Sign | None, shown: str) -> str:
    """Return a word behind its sign; style alone draws the sign, so that it is neither copied nor read aloud."""
    if sign is None:
        return f'<span class="badge">{shown}</span>'
    return f'<span class="badge {sign.tone}" data-sign="{sign.sign}">{shown}</span>'


def _barred(bar: Bar, number: Value, shown: str) -> str:
    """Return a number before a bar of its length; it is drawn by style alone, so that only the number is copied."""
    length = bar.length(number)
    return f'<span class="bar" style="--length:{length * 100:.0f}">{shown}</span>' if length else shown


def _plain_cells(column: Column, replacer: Replacer) -> Cells:
    """Return what makes the insides of a column's cells of its values."""

    def escaped(texts: Sequence[str | None]) -> list[str]:
        return edited(texts, lambda joined: _escaped(replacer(joined)), replacer)

    if column.kind.is_text:
        return escaped

    if column.kind.is_date and date_style() is not ISO:
        return lambda days: [_dated(day) or escaped([day])[0] for day in days]

    def shown(values: Sequence[Any]) -> list[str]:
        texts = column.kind.shown(values)  # a database that others have written may hold markup there too (fault T2)
        return texts if _is_calm("".join(texts)) else escaped(texts)

    return shown


def _dated(day: str | None) -> str:
    """Return a day as people read it, marked with what programs read; '' for what is no day."""
    shown = shown_day(day or "")
    return f'<time datetime="{day}">{shown}</time>' if shown != day and day else ""


def _is_calm(text: str) -> bool:
    """Return whether a text has nothing that would be markup or is not allowed, as dates and numbers have not."""
    return not text.encode("utf-8", "surrogatepass").translate(None, PLAIN)


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
