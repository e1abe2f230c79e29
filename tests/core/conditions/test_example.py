"""The example of a condition can be used as it stands."""

from __future__ import annotations

from datetime import date

import pytest

from core.conditions.example import example
from core.conditions.grammar import parse
from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from core.reports.report import Report


@pytest.mark.parametrize(
    "report", [*(one for one in REPORTS if one.is_list), MY_ACCOUNTS], ids=lambda report: report.id
)
def test_example_fits_the_columns_of_the_report(report: Report) -> None:
    text = example(report.columns)
    assert " and " in text
    parse(text, report.columns, date(2026, 3, 4))
