"""Behind each count of a report are as many accounts as it counts (`Report.behind`), told by running both."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.demo.demo import make_demo
from core.query.columns import Row
from core.query.drill_down import request_behind
from core.query.query import run_report
from core.query.request import Report, Request, ask
from core.reports.catalogue import REPORTS

DAY = date(2026, 3, 4)
COUNTED = [report for report in REPORTS if not report.is_list]
NOT_COUNTS = {"expected", "amount"}
"""Columns of what may come, which nobody has yet."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("behind") / "demo.db", is_demo=True)
    make_demo(Path(database.path), DAY, count=1_500)
    return database


def rows_of(database: Database, request: Request) -> tuple[list[str], list[Row]]:
    """Return the keys of a request's columns, and its rows."""
    with closing(database.read()) as connection:
        result = run_report(connection, request)
        return [column.key for column in result.columns], list(result.rows())


@pytest.mark.parametrize("report", COUNTED, ids=lambda report: report.id)
def test_behind_each_count_are_so_many(demo: Database, report: Report) -> None:
    keys, rows = rows_of(demo, ask(report, DAY))
    for row in rows:
        for key, count in zip(keys[1:], row[1:], strict=True):
            behind = request_behind(report, str(row[0]), key, DAY)
            if behind is not None and key not in NOT_COUNTS:
                assert len(rows_of(demo, behind)[1]) == (count or 0), (row[0], key, behind.where)


def test_the_counts_of_one_day_have_tables_behind_them() -> None:
    there = {report.id for report in COUNTED if request_behind(report, "Total", report.columns[1].key, DAY)}
    assert there == {"all-accounts-summary", "bonus-forecast"}
