"""A report's chart in PDF: what `exporters.chart_layout` lays out, drawn on a page."""

from __future__ import annotations

from collections.abc import Callable

from core.query.look import ChartFigures
from exporters.chart_layout import Box, Drawing, Label, Run, layout
from exporters.pdf.pages import Pages
from exporters.pdf.style import ACCENT, INK, LINE, MUTED, TEXT_SIZE

Fill = Callable[[Box], str]
"""Returns what fills a bar; what stands over its edge is clipped."""

_BLANK, _LEAST_BLANK, _TITLE = 38.0, 24.0, 16.0
"""Above the title, where there is room and where there is little; and from it to the chart."""
_OUTLINE, _WEIGHT = 0.75, 1.6
_STRIPES, _DOTS = 4.5, 3.75
"""How far stripes and dots are apart."""
_POINT = 2.2
"""The size of the square that marks a point of a line."""


def write_chart(pages: Pages, figures: ChartFigures) -> None:
    """Draw a chart below what is on the page, or on the next page where there is no room."""
    setter = pages.typesetter
    drawing = layout(figures, pages.width, TEXT_SIZE, lambda text: setter.width(setter.clean(text), bold=True))
    if pages.room < drawing.height + _LEAST_BLANK + _TITLE:
        pages.turn()
    pages.y -= min(_BLANK, pages.room - drawing.height - _TITLE)
    with pages.tagged("H2"):
        pages.text(pages.left, pages.y, figures.chart.title, 11, bold=True, colour=ACCENT)
    pages.y -= _TITLE
    with pages.figure(f"{figures.chart.description} The table has the same figures."):
        _draw(pages, drawing)
    pages.y -= drawing.height


def _draw(pages: Pages, drawing: Drawing) -> None:
    """Draw the parts: the scale behind, then what stands before it."""
    for rule in drawing.rules:
        colour = MUTED if rule.is_axis else LINE
        (x1, y1), (x2, y2) = _at(pages, rule.x1, rule.y1), _at(pages, rule.x2, rule.y2)
        pages.draw(f"{colour} RG 0.6 w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")
    for box in drawing.boxes:
        x, y = _at(pages, box.x, box.y + box.height)
        area = f"{x:.2f} {y:.2f} {box.width:.2f} {box.height:.2f} re"
        inside = _FILLS[box.series](Box(x, y, box.width, box.height, box.series))
        pages.draw(f"q {area} W n {inside} Q {ACCENT} RG {_OUTLINE} w {area} S")
    for run in drawing.runs:
        _draw_run(pages, run)
    for label in drawing.labels:
        _draw_label(pages, label)


def _draw_run(pages: Pages, run: Run) -> None:
    """Draw a line, and a square on each of its points."""
    points = [_at(pages, *point) for point in run.points]
    (x, y), *others = points
    path = " ".join([f"{x:.2f} {y:.2f} m", *(f"{x:.2f} {y:.2f} l" for x, y in others)])
    pages.draw(f"q {ACCENT} RG {_WEIGHT} w {_DASHES[run.series]} d {path} S Q")
    for x, y in points:
        pages.box(x - _POINT / 2, y - _POINT / 2, _POINT, _POINT, ACCENT)


def _draw_label(pages: Pages, label: Label) -> None:
    setter = pages.typesetter
    text, is_bold = setter.clean(label.text), label.role != "words"
    x, y = _at(pages, label.x, label.y)
    x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * setter.width(text, bold=is_bold) * TEXT_SIZE
    pages.text(x, y, text, bold=is_bold, colour=INK if is_bold else MUTED)
    if label.beside:
        x += setter.width(f"{text} ", bold=is_bold) * TEXT_SIZE
        pages.text(x, y, setter.clean(label.beside), colour=MUTED)


def _at(pages: Pages, x: float, y: float) -> tuple[float, float]:
    """Return a place of the chart, whose y grows downwards, as one of the page."""
    return pages.left + x, pages.y - y


def _solid(box: Box) -> str:
    return f"{ACCENT} rg {box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f} re f"


def _striped(box: Box) -> str:
    count = int((box.width + box.height) / _STRIPES) + 1
    starts = [box.x - box.height + _STRIPES * place for place in range(count)]
    top = box.y + box.height
    lines = [f"{start:.2f} {box.y:.2f} m {start + box.height:.2f} {top:.2f} l" for start in starts]
    return f"{ACCENT} RG 1.6 w {' '.join(lines)} S"


def _dotted(box: Box) -> str:
    """Dots are the round ends of dashes without length."""
    rows = [box.y + _DOTS * (place + 0.5) for place in range(int(box.height / _DOTS) + 1)]
    lines = [f"{box.x + _DOTS / 2:.2f} {row:.2f} m {box.x + box.width:.2f} {row:.2f} l" for row in rows]
    return f"{ACCENT} RG 1.5 w 1 J [0 {_DOTS}] 0 d {' '.join(lines)} S"


_FILLS: tuple[Fill, ...] = (_solid, _striped, _dotted)
_DASHES = ("[]  0", "[6 3] 0", "[1.5 3] 0")
"""Told apart without colour, one for each series."""
