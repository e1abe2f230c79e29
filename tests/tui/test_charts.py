"""Charts over months in the terminal: drawn true to their figures, below the table or as large as the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.database import Database
from core.query.columns import Column
from core.query.kinds import MONTH, NUMBER
from core.query.look import Chart, ChartFigures, ChartShape, Look, chart_figures
from core.query.request import ask
from core.reports.catalogue import find_report
from tests.core.databases import account, fill
from tests.tui.application import AS_OF, SIZES, opened
from tui.dialogues.chart import ChartScreen
from tui.month_chart import FILLS, LEAST_HEIGHT, LEAST_WIDTH, month_chart
from tui.terminal.ascii_signs import PLAIN_SIGNS

COLUMNS = [Column("month", "Month", MONTH), *(Column(key, key.title(), NUMBER) for key in ("one", "two", "three"))]


def figures_of(rows: list[tuple[str | int | None, ...]], shape: ChartShape, series: int) -> ChartFigures:
    keys = tuple(column.key for column in COLUMNS[1 : series + 1])
    figures = chart_figures(Look(chart=Chart(shape, "Title", "month", keys, "")), COLUMNS, rows)
    assert figures is not None
    return figures


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-5, 3_000_000)), min_size=3, max_size=3), min_size=1, max_size=60
    ),
    st.integers(1, 3),
    st.integers(0, 170),
    st.integers(0, 40),
)
def test_a_chart_keeps_within_its_room_and_names_its_last_month(values, series, width, height):
    rows = [(f"{2021 + at // 12}-{at % 12 + 1:02}", *row) for at, row in enumerate(values)]
    lines = month_chart(figures_of(rows, ChartShape.COLUMNS, series), width, height)
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        assert lines == []
        return
    assert len(lines) == height
    assert max(map(len, lines)) <= width
    assert lines[-1].endswith(str(rows[-1][0]))
    assert "?" not in "\n".join(lines).encode("ascii", PLAIN_SIGNS).decode()


def test_three_names_stand_in_the_narrowest_chart():
    legend, *_ = month_chart(figures_of([("2026-01", 1, 2, 3)], ChartShape.COLUMNS, 3), LEAST_WIDTH, LEAST_HEIGHT)
    assert [len(legend) <= LEAST_WIDTH, *(name in legend for name in ("One", "Two", "Three"))] == [True] * 4


def test_columns_are_as_high_as_their_figures_say():
    lines = month_chart(figures_of([("2026-01", 50), ("2026-02", 100)], ChartShape.LINE, 1), 40, 14)
    plot = [line[6:] for line in lines[1:-2]]
    low, high = (sum(FILLS[0] in line[at] for line in plot) for at in (slice(0, 17), slice(17, None)))
    assert (low, high) == (5, 10)
    assert "50" in "".join(plot)
    assert "100" in "".join(plot)


def paying(tmp_path) -> Database:
    days = [AS_OF - timedelta(30 * months + 5) for months in range(12) for _ in range(months + 1)]
    return fill(
        tmp_path,
        [
            account(account_id=f"a{number}", company=f"Company {number}", status="O", initial_upgrade_on=str(day))
            for number, day in enumerate(days)
        ],
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("report", "word"), [("growth-by-month", "Paying at End"), ("bonus-forecast", "Expected")])
async def test_a_report_over_months_has_a_chart(tmp_path, size, report, word):
    async with opened(paying(tmp_path), size) as session:
        session.app.show_report(ask(find_report(report), AS_OF))
        await session.settle()
        assert word in session.text().split("█")[1]  # below the table
        await session.press("B")
        assert isinstance(session.app.screen, ChartScreen)
        assert "└──" in session.text()
        assert word in session.text()
        await session.press("escape")
        assert not isinstance(session.app.screen, ChartScreen)


async def test_other_reports_have_none(database: Database) -> None:
    async with opened(database) as session:
        session.app.show_report(ask(find_report("all-accounts-summary"), AS_OF))
        await session.press("B")
        assert not isinstance(session.app.screen, ChartScreen)
