"""The native chart of All Accounts Summary: managed and referred accounts side by side for each status."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.columns import Row
from core.result import Result
from exporters.xls.looks import INK, PALE

DESCRIPTION = "Columns: the accounts of each status by account type. The figures stand on the sheet Accounts."
_PATTERNS = (None, "wdUpDiag", "pct20")
"""Solid, striped and dotted columns are told apart without colour."""


def add_chart(summary: Worksheet, data: Worksheet, result: Result, rows: Sequence[Row]) -> bool:
    """Add the chart below the Summary sheet's text, if the report has one, and return whether it has.

    It refers to the cells of the data sheet, but to neither the Total row nor the Total column.
    """
    keys = [column.key for column in result.columns]
    places = [place for place, key in enumerate(keys, 1) if key in ("managed", "referred", "unknown")]
    statuses = next((count for count, row in enumerate(rows) if row[0] == "Total"), len(rows))
    if result.report_id != "all-accounts-summary" or keys[0] != "status" or not places or not statuses:
        return False
    chart = BarChart()
    chart.title = "Accounts by status"
    chart.gapWidth = 60
    chart.overlap = -5
    for place, pattern in zip(places, _PATTERNS, strict=False):
        chart.add_data(Reference(data, place, 1, place, statuses + 1), titles_from_data=True)
        _draw(chart.series[-1], pattern)
    chart.set_categories(Reference(data, 1, 2, 1, statuses + 1))
    _tidy_axes(chart)
    chart.legend.position = "b"
    chart.width, chart.height = 21, 10
    summary.add_chart(chart, f"A{summary.max_row + 2}")
    return True


def _draw(series: Series, pattern: str | None) -> None:
    """Give a series its fill, an outline and the number above each column."""
    fill = GraphicalProperties(solidFill=INK)
    if pattern:
        colours = PatternFillProperties(prst=pattern)
        colours.foreground, colours.background = ColorChoice(srgbClr=INK), ColorChoice(srgbClr=PALE)
        fill = GraphicalProperties(pattFill=colours)
    fill.line = LineProperties(solidFill=INK, w=9525)
    series.graphicalProperties = fill
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    series.dLbls.position = "outEnd"
    series.dLbls.numFmt = "#,##0"


def _tidy_axes(chart: BarChart) -> None:
    """Show both axes, which openpyxl leaves to the program that opens the file, and quiet lines behind the columns."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="DDE3E9"))
