"""Home where there is little to tell: it says so in words, whole ones, at both sizes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.database import Database
from core.importing.import_options import ImportOptions
from core.importing.importer import dry_run, import_file
from core.paths import settings_file
from core.settings.settings_file import change_setting
from tests.tui.application import AS_OF, opened

SIZES = [(80, 24), (160, 50)]
HEAD = "Account ID,Username,Company,Account Type,Status,List Size,Initial Upgrade Date,Campaigns Sent\n"
ROWS = f"a1,ann,Acme,Managed,Trial,100,,0\na2,bob,Bolt,Managed,Open,100,{AS_OF - timedelta(400)},3\n"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "accounts.db")


def take_in(database: Database, *ago: int) -> None:
    """Import one and the same list once for each number of days ago."""
    file = database.path.parent / "list.csv"
    file.write_text(HEAD + ROWS)
    for days in ago:
        import_file(database.path, file, ImportOptions(dated=AS_OF - timedelta(days)))


@pytest.mark.parametrize("size", SIZES)
async def test_of_one_list_it_says_what_is_not_known_yet(database: Database, size: tuple[int, int]) -> None:
    take_in(database, 0)
    async with opened(database, size) as session:
        assert "One list only: the next tells what changed" in session.text()
        assert "Paying   1; who had left before is not known" in session.text()
        assert "0 due · 0 at risk · too few to forecast" in session.text()
        assert "nobody is at risk" in session.text()


@pytest.mark.parametrize("size", SIZES)
async def test_several_lists_of_one_day_are_as_one(database: Database, size: tuple[int, int]) -> None:
    take_in(database, 7, 7)
    async with opened(database, size) as session:
        assert "Lists of one day: the next tells what changed" in session.text()
        assert "who had left before is not known" in session.text()


@pytest.mark.parametrize("size", SIZES)
async def test_a_list_that_was_only_tried_tells_nothing(database: Database, size: tuple[int, int]) -> None:
    take_in(database, 7)
    (database.path.parent / "next.csv").write_text(HEAD + ROWS.replace("Trial", "Open"))
    tried = dry_run(database.path, database.path.parent / "next.csv", ImportOptions(dated=AS_OF))
    assert tried.changed == 1
    async with opened(database, size) as session:
        assert "One list only: the next tells what changed" in session.text()
        assert f"list.csv, of {AS_OF - timedelta(7)}" in session.text()


async def test_before_any_import_but_a_tried_one_it_is_the_first_start(database: Database) -> None:
    (database.path.parent / "list.csv").write_text(HEAD + ROWS)
    dry_run(database.path, database.path.parent / "list.csv", ImportOptions(dated=AS_OF))
    async with opened(database) as session:
        assert "There are no accounts yet" in session.words()


@pytest.mark.parametrize("size", SIZES)
async def test_after_a_year_without_a_list_it_says_how_old_all_of_it_is(
    database: Database, size: tuple[int, int]
) -> None:
    take_in(database, 372, 365)
    async with opened(database, size) as session:
        assert f"The accounts are those of {AS_OF - timedelta(365)}, 365 days before" in session.text()
        assert f"From the list of {AS_OF - timedelta(372)} to the last" in session.text()
        assert "nothing changed" in session.text()


async def test_after_two_lists_of_the_last_days_it_says_since_when(database: Database) -> None:
    take_in(database, 7, 0)
    async with opened(database) as session:
        assert f"Since the list of {AS_OF - timedelta(7)}" in session.text()


def take_in_bonuses(database: Database) -> None:
    """Import accounts of which forty have earned their bonus and 1,200 are to."""
    file = database.path.parent / "list.csv"
    days = [200] * 40 + [10] * 1_200
    rows = [f"a{n},u{n},Acme,Managed,Open,9,{AS_OF - timedelta(ago)},1\n" for n, ago in enumerate(days)]
    file.write_text(HEAD + "".join(rows))
    import_file(database.path, file, ImportOptions(dated=AS_OF))


@pytest.mark.parametrize(
    ("size", "expected"), [((80, 24), "worth 60,000"), ((160, 50), "1,200.0 expected · 60,000 USD")]
)
async def test_what_bonuses_bring_is_said_whole(database: Database, size: tuple[int, int], expected: str) -> None:
    change_setting("bonus_amount", "50")
    change_setting("bonus_currency", "USD")
    take_in_bonuses(database)
    async with opened(database, size) as session:
        assert f"Bonuses  1,200 due · 0 at risk · {expected}" in session.text()


async def test_a_bonus_amount_that_is_no_number_takes_nothing_else_away(database: Database) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('bonus_amount = "lots"\n')
    take_in_bonuses(database)
    async with opened(database) as session:
        assert "Setting bonus_amount: The bonus amount 'lots' is no" in session.text()
        assert "1,200 due · 0 at risk · 1,200.0 expected" in session.text()
