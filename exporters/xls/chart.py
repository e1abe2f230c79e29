"""What a workbook draws of its figures: a chart on the Summary sheet, bars behind numbers, a Total row that stands out.

All of it refers to the cells of the data sheet, so that it follows when a person sorts or edits.
"""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.query.columns import Bar
from core.query.look import TOTAL, ChartFigures, ChartShape
from core.query.result import Result
from exporters.chart_layout import MOST_SERIES
from exporters.xls.style import BAR, INK, NUMBER_FORMAT

_HAIR, _LINE = 9525, 25400
"""The width of an outline and of a chart's line: 0.75 and 2 points, in the unit of drawings."""
_MOST_LABELLED = 24
"""Categories up to which every figure is written beside its bar or point."""


def mark_total(data: Worksheet, result: Result) -> None:
    """Let the Total row stand out, wherever sorting puts it; where nothing in it reads Total, as the last row."""
    if not (result.look.has_total and result.row_count):
        return
    last_cell = f"{get_column_letter(len(result.columns))}{result.row_count + 1}"
    keys = [column.key for column in result.columns]
    where = f"ROW()={result.row_count + 1}"
    if result.look.total_in in keys:
        where = f'${get_column_letter(keys.index(result.look.total_in) + 1)}2="{TOTAL}"'
    rule = FormulaRule([where], font=Font(bold=True), border=Border(top=Side("thin", color=INK)))
    data.conditional_formatting.add(f"A2:{last_cell}", rule)


def add_bars(sheet: Worksheet, column: str, row_count: int, bar: Bar) -> None:
    """Put bars behind the numbers of a column of `row_count` rows; one as wide as the cell is the whole way."""
    scale = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": bar.full}
    bars = DataBarRule(**scale, color=BAR, minLength=0, maxLength=100)
    sheet.conditional_formatting.add(f"{column}2:{column}{row_count + 1}", bars)


def add_chart(summary: Worksheet, data: Worksheet, figures: ChartFigures) -> None:
    """Add a chart below the Summary sheet's text."""
    chart = LineChart() if figures.chart.shape is ChartShape.LINE else BarChart()
    chart.title = figures.chart.title
    chart.legend.position = "b"
    chart.width, chart.height = 20, 12
    last_row = len(figures.categories) + 1
    for number, one in enumerate(figures.series[:MOST_SERIES]):
        place = one.place + 1
        chart.add_data(Reference(data, place, 1, place, last_row), titles_from_data=True)
        _draw(chart.series[-1], number, figures)
    place = figures.category_place + 1
    chart.set_categories(Reference(data, place, 2, place, last_row))
    _arrange(chart, figures.chart.shape)
    summary.add_chart(chart, f"A{summary.max_row + 2}")


def _arrange(chart: BarChart | LineChart, shape: ChartShape) -> None:
    """Lay the chart out: lying bars with the first group on top and no scale, months from left to right with one."""
    chart.x_axis.delete, chart.y_axis.delete = False, shape is ChartShape.BARS
    if shape is not ChartShape.LINE:
        chart.type = "bar" if shape is ChartShape.BARS else "col"
        chart.gapWidth, chart.overlap = 60, -10
    if shape is ChartShape.BARS:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.majorGridlines = None
    else:
        chart.y_axis.numFmt = NUMBER_FORMAT
        chart.y_axis.scaling.min = 0


def _draw(series: Series, number: int, figures: ChartFigures) -> None:
    """Give a series its figures, and a look that is told from the others without colour.

    The figures of several lines would lie on each other.
    """
    is_line = figures.chart.shape is ChartShape.LINE
    if len(figures.categories) <= _MOST_LABELLED and not (is_line and len(figures.series) > 1):
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
        series.dLbls.position = "t" if is_line else "outEnd"
        series.dLbls.numFmt = figures.series[number].column.kind.cell_format
    if is_line:
        series.graphicalProperties = GraphicalProperties()
        series.graphicalProperties.line = LineProperties(solidFill=INK, w=_LINE, prstDash=_DASHES[number])
        series.smooth = False
        return
    series.graphicalProperties = _FILLS[number]()
    series.graphicalProperties.line = LineProperties(solidFill=INK, w=_HAIR)


def _pattern(name: str) -> GraphicalProperties:
    """Return a fill of signs in ink on white, by their name in drawings."""
    pattern = PatternFillProperties(prst=name)
    pattern.foreground, pattern.background = ColorChoice(srgbClr=INK), ColorChoice(srgbClr="FFFFFF")
    return GraphicalProperties(pattFill=pattern)


_FILLS: tuple[Callable[[], GraphicalProperties], ...] = (
    lambda: GraphicalProperties(solidFill=INK),
    lambda: _pattern("wdUpDiag"),
    lambda: _pattern("pct20"),
)
_DASHES = ("solid", "dash", "sysDot")
