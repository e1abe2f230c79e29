"""Home's figures that are kept are those that would be found anew: after each import, undo, note, day and setting."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import home_insight
from core.account import note_account
from core.database import Database, restore_database
from core.home_insight import Insight, gather_insight
from core.kept_figures import DATABASES, NAME, figures_for, keep_figures
from core.remembered import file_of
from core.settings.settings_file import change_setting
from core.work import Work
from tests.core.databases import account, fill
from tests.core.past.histories import TODAY, histories, written
from tests.db.imports import known_accounts
from tests.effort import examples

LONG_AGO = "2025-06-01"
OPEN = {
    "status": "O",
    "company": "Acme",
    "initial_upgrade_on": "2026-01-10",
    "last_login_on": LONG_AGO,
    "last_campaign_sent_on": LONG_AGO,
}
"""What is known of an account at risk with a bonus that is due."""


def found_anew(database: Database, as_of=TODAY) -> Insight:
    """Return the figures as nothing had been kept."""
    with database.reading(Work()) as connection:
        return home_insight._found(connection, as_of)


def shown(database: Database, as_of=TODAY, kept: Insight | None = None) -> Insight:
    """Return the figures that Home shows."""
    return replace(gather_insight(database, as_of, kept, Work()), kept_for="")


@pytest.fixture
def never_found(monkeypatch):
    """Return what makes every further finding of figures fail, so that only kept ones can be shown."""

    def refuse() -> None:
        monkeypatch.setattr(home_insight, "_found", lambda *_: pytest.fail("the figures were found anew"))

    return refuse


@examples(40)
@given(histories(), st.lists(st.sampled_from([0, 1, 40]), min_size=12, max_size=12))
def test_kept_figures_are_those_found_anew(history, days):
    days = iter(days)
    kept = None
    with tempfile.TemporaryDirectory() as folder:
        for database in written(history, folder):
            as_of = TODAY - timedelta(next(days, 0))
            expected = found_anew(database, as_of)
            assert shown(database, as_of, kept) == expected
            assert shown(database, as_of) == expected, "those in the file"
            with closing(database.read()) as connection:
                first = next(iter(known_accounts(connection)), None)
            if first:
                note_account(database.path, first["account_id"], "called", TODAY)
                assert shown(database, as_of, kept) == found_anew(database, as_of)
            kept = gather_insight(database, as_of, kept, Work())


def test_a_later_start_finds_them_in_the_file_with_todays_names(tmp_path, never_found):
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    before = shown(database)
    assert [values[0] for _, values in before.calls] == ["Acme"]
    assert "Acme" not in file_of(NAME).read_text(encoding="utf-8")
    assert file_of(NAME).stat().st_mode & 0o777 == 0o600
    never_found()
    assert shown(database) == before


def test_another_bonus_amount_is_another_figure(tmp_path):
    database = fill(tmp_path, [account(account_id=f"a{n}", **OPEN | lost(n)) for n in range(40)])
    assert shown(database).amount is None
    change_setting("bonus_amount", "50")
    assert shown(database).amount == found_anew(database).amount is not None


def lost(number: int) -> dict[str, str]:
    """Return what is otherwise of every account but the last ones: a bonus that was lost long ago."""
    return {"status": "C", "initial_upgrade_on": LONG_AGO, "cancelled_on": "2025-07-01"} if number < 35 else {}


def test_a_copy_put_back_is_looked_at_anew(tmp_path):
    (tmp_path / "other").mkdir()
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    other = fill(tmp_path / "other", [account(account_id=f"a{n}", **OPEN) for n in range(3)])
    assert shown(database).call_count == 1
    restore_database(other.path, database.path)
    assert shown(database).call_count == 3


def test_what_was_known_on_a_day_is_kept_apart(tmp_path):
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    past = Database(database.path, known_on=TODAY)
    assert gather_insight(database, TODAY, None, Work()).kept_for != gather_insight(past, TODAY, None, Work()).kept_for


@pytest.mark.parametrize("spoil", [lambda text: "", lambda text: "[7", lambda text: "{}", lambda text: "[7, {}]"])
def test_a_file_that_cannot_be_read_counts_as_none(tmp_path, spoil):
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    before = shown(database)
    file_of(NAME).write_text(spoil(file_of(NAME).read_text(encoding="utf-8")), encoding="utf-8")
    assert shown(database) == before


@pytest.mark.parametrize("key", ["since", "months", "calls", "reasons"])
def test_figures_that_are_none_are_found_anew(tmp_path, key):
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    before = shown(database)
    kept = json.loads(file_of(NAME).read_text(encoding="utf-8"))
    kept[0]["figures"][key] = [[1]]
    file_of(NAME).write_text(json.dumps(kept), encoding="utf-8")
    assert shown(database) == before


def test_figures_of_the_last_databases_are_kept():
    for number in range(DATABASES + 1):
        keep_figures(f"/{number}.db", f"name {number}", {"lists": number})
    keep_figures("/1.db", "newer", {"lists": 7})
    assert figures_for("name 0") is None
    assert figures_for("name 1") is None
    assert figures_for("newer") == {"lists": 7}
    assert figures_for("name 2") == {"lists": 2}


def test_a_folder_that_cannot_be_written_keeps_none(tmp_path):
    database = fill(tmp_path, [account(account_id="a1", **OPEN)])
    Path(file_of(NAME).parent.parent).mkdir(parents=True, exist_ok=True)
    file_of(NAME).parent.write_text("in the way", encoding="utf-8")
    assert shown(database) == found_anew(database)
