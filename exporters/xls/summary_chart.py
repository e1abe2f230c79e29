"""What All Accounts Summary has beside the other reports: a chart, and a Total row that stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.query.columns import Row
from core.query.result import Result
from exporters.xls.style import INK, NUMBER_FORMAT

DESCRIPTION = "Bars: the accounts of each status by account type. The figures stand on the sheet Accounts."
_REPORT = "all-accounts-summary"
_TOTAL = "Total"
_HAIR = 9525
"""The width of an outline: 0.75 points, in the unit of drawings."""


def mark_total(data: Worksheet, result: Result) -> None:
    """Let the Total row stand out, wherever sorting puts it."""
    if result.report_id == _REPORT and result.row_count:
        last_cell = f"{get_column_letter(len(result.columns))}{result.row_count + 1}"
        is_total = FormulaRule([f'$A2="{_TOTAL}"'], font=Font(bold=True), border=Border(top=Side("thin", color=INK)))
        data.conditional_formatting.add(f"A2:{last_cell}", is_total)


def add_chart(summary: Worksheet, data: Worksheet, result: Result, rows: Sequence[Row]) -> bool:
    """Add the chart below the Summary sheet's text, if the report has one, and return whether it has.

    It refers to the cells of the data sheet, but to neither the Total row nor the Total column.
    """
    keys = [column.key for column in result.columns]
    series = [(place, key) for place, key in enumerate(keys, 1) if key in ("managed", "referred", "unknown")]
    statuses = next((count for count, row in enumerate(rows) if row[0] == _TOTAL), len(rows))
    if result.report_id != _REPORT or keys[0] != "status" or not series or not statuses:
        return False
    chart = BarChart()
    chart.type = "bar"
    chart.title = "Accounts by status"
    chart.legend.position = "b"
    chart.width, chart.height = 20, 12
    chart.gapWidth, chart.overlap = 60, -10
    for place, key in series:
        chart.add_data(Reference(data, place, 1, place, statuses + 1), titles_from_data=True)
        _draw(chart.series[-1], key)
    chart.set_categories(Reference(data, 1, 2, 1, statuses + 1))
    _tidy_axes(chart)
    summary.add_chart(chart, f"A{summary.max_row + 2}")
    return True


def _draw(series: Series, key: str) -> None:
    """Give a series the number behind each bar, an outline, and a fill that is told from others without colour."""
    series.graphicalProperties = _FILLS[key]()
    series.graphicalProperties.line = LineProperties(solidFill=INK, w=_HAIR)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    series.dLbls.position = "outEnd"
    series.dLbls.numFmt = NUMBER_FORMAT


def _pattern(name: str) -> GraphicalProperties:
    """Return a fill of signs in ink on white, by their name in drawings."""
    pattern = PatternFillProperties(prst=name)
    pattern.foreground, pattern.background = ColorChoice(srgbClr=INK), ColorChoice(srgbClr="FFFFFF")
    return GraphicalProperties(pattFill=pattern)


_FILLS: dict[str, Callable[[], GraphicalProperties]] = {
    "managed": lambda: GraphicalProperties(solidFill=INK),
    "referred": lambda: _pattern("wdUpDiag"),
    "unknown": lambda: _pattern("pct20"),
}


def _tidy_axes(chart: BarChart) -> None:
    """Put the first status on top, and leave out the scale: every bar has its number."""
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorGridlines = None
