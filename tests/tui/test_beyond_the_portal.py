"""What a person does with the four reports beyond the portal: lists, views, and the accounts behind counts."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.database import Database
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.lists.lists import all_lists
from core.lists.members import ListReport
from core.query.query import Query
from core.query.request import ask
from core.reports.catalogue import find_report
from tests.tui.application import AS_OF, opened
from tui.pages.report import ReportPage

HEAD = "Account ID,Username,Company,Account Type,Status,List Size,Initial Upgrade Date,Last Login,Campaigns Sent\n"


@pytest.fixture
def history(tmp_path: Path) -> Database:
    """Return a database of two lists: two accounts upgrade and one cancels; four are at risk, two with a bonus due."""
    database = Database(tmp_path / "history.db")
    recent, old = AS_OF - timedelta(20), AS_OF - timedelta(200)
    first = [
        f"a1,ann,Acme,Managed,Trial,100,,{old},0",
        f"a2,bob,Bolt,Managed,Open,100,{old},{old},0",
        f"a3,cat,Cool,Referred,Open,0,{recent},,0",
        f"a4,dan,Dune,Managed,Trial,10,,{recent},1",
    ]
    second = [
        f"a1,ann,Acme,Managed,Open,100,{recent},{old},0",
        f"a2,bob,Bolt,Managed,Canceled,100,{old},{old},0",
        f"a4,dan,Dune,Managed,Open,10,{recent},{recent},1",
    ]
    for day, rows in ((AS_OF - timedelta(14), first), (AS_OF, second)):
        (tmp_path / "list.csv").write_text(HEAD + "\n".join(rows) + "\n")
        import_file(database.path, tmp_path / "list.csv", ImportOptions(dated=day))
    return database


def companies(database: Database, name: str) -> set[str]:
    """Return the companies on a targeted list, from the list as it is kept."""
    with closing(database.read()) as connection:
        target = next(target for target in all_lists(connection) if target.name == name)
        query = Query(connection, ask(ListReport(target), AS_OF))
        place = [column.key for column in query.columns].index("company")
        return {str(row[place]) for block in query.blocks() for row in block}


@pytest.mark.parametrize(
    ("report", "where", "held"),
    [
        ("what-changed", ["change = Upgraded"], {"Acme", "Dune"}),
        ("what-changed", [], {"Acme", "Bolt", "Dune"}),
        ("accounts-at-risk", [], {"Acme", "Cool"}),
    ],
)
async def test_t_keeps_the_accounts_behind_as_a_list(history, report, where, held):
    async with opened(history, (160, 50)) as session:
        session.app.show_report(ask(find_report(report), AS_OF, where=where))
        await session.settle()
        await session.press("t")
        await session.type("Mine")
        await session.press("enter")
        assert "is made" in session.words()
    assert companies(history, "Mine") == held


@pytest.mark.parametrize("report", ["growth-by-month", "bonus-forecast"])
async def test_counts_make_no_list(history, report):
    async with opened(history, (160, 50)) as session:
        session.app.show_report(ask(find_report(report), AS_OF))
        await session.settle()
        await session.press("t")
        assert "Make a list of these" not in session.text()


@pytest.mark.parametrize("report", ["what-changed", "growth-by-month", "bonus-forecast", "accounts-at-risk"])
async def test_a_view_is_saved_and_recalled(history, report):
    async with opened(history, (160, 50)) as session:
        session.app.show_report(ask(find_report(report), AS_OF))
        await session.settle()
        await session.press("right", "minus")
        assert "hidden (C)" in session.text()
        await session.press("v", "tab")
        await session.type("Mine")
        await session.press("enter", "u")
        assert "hidden (C)" not in session.text()
        await session.press("v", "enter")
        assert "hidden (C)" in session.text()


async def test_a_month_of_the_forecast_opens_its_bonuses(history):
    async with opened(history, (160, 50)) as session:
        session.app.show_report(ask(find_report("bonus-forecast"), AS_OF))
        await session.settle()
        await session.press("G", "enter")
        page = session.app.main.page
        assert isinstance(page, ReportPage)
        assert page.report.id == "new-account-bonus-tracker"
        assert "row 1 of 3" in session.text()


async def test_a_month_of_growth_says_that_it_opens_nothing(history):
    async with opened(history, (160, 50)) as session:
        session.app.show_report(ask(find_report("growth-by-month"), AS_OF))
        await session.settle()
        await session.press("enter")
        assert "These are counts over time" in session.words()
