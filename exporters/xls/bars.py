"""Bars behind the tracker's days to go, as a conditional format: they follow when a person sorts or edits."""

from __future__ import annotations

from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.worksheet import Worksheet

from core.reports.new_account_bonus_tracker import BONUS_DAYS
from exporters.xls.style import BAR


def add_bars(sheet: Worksheet, column: str, row_count: int) -> None:
    """Put bars behind the numbers of a column of `row_count` rows; one as wide as the cell is the whole way."""
    scale = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": BONUS_DAYS}
    bars = DataBarRule(**scale, color=BAR, minLength=0, maxLength=100)
    sheet.conditional_formatting.add(f"{column}2:{column}{row_count + 1}", bars)
