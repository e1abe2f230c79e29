"""What a report is for stands first on the screen; files keep the columns of the contract until a person chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from core.reports.report import Report
from core.views.session import ReportSession
from core.views.view import layout_at_first

LISTS = [report for report in (*REPORTS, MY_ACCOUNTS) if report.is_list]


@pytest.mark.parametrize("report", LISTS, ids=lambda report: report.id)
def test_company_stays_in_place_and_all_columns_are_there(report: Report) -> None:
    layout = layout_at_first(report)
    arranged = layout.arrange(report.columns)
    assert arranged[0].key == "company"
    assert layout.frozen == 1
    assert {column.key for column in arranged} == {column.key for column in report.columns}


@pytest.mark.parametrize("report", LISTS, ids=lambda report: report.id)
def test_files_keep_the_contract_until_columns_are_chosen(report: Report) -> None:
    needed: dict[str, str] = {"status": "O"} if report.id == "managed-account-details" else {}
    session = ReportSession(ask(report, date(2026, 3, 4), **needed))
    layout = layout_at_first(report)
    assert session.as_shown(layout).columns == ()
    assert session.as_shown(layout.with_width("company", 9)).columns == ()
    hidden = replace(layout, hidden=frozenset({"username"}))
    assert not hidden.has_same_columns(layout)
