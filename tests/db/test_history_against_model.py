"""Histories of imports with days and complete lists: SQL over the log and a model over snapshots agree on each step."""

import tempfile
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.apply_import import Facts, preview, store
from db.complete_list import CompleteList
from db.connection import connect_reading
from db.errors import NoAccounts, WorkFailed
from db.history import undo_last
from db.known_then import known_on, show_known_now, show_known_on
from tests.db.history_model import Given, History
from tests.db.import_model import known_values
from tests.db.imports import dump, go_on, known_accounts, open_new, stage
from tests.db.test_apply_import_against_model import VALUES, check_kept_beside, multiset
from tests.effort import examples

pytestmark = pytest.mark.promise("P2")

FIRST = date(2026, 1, 1)
FIELDS = VALUES | {"relationship": st.sampled_from([None, "managed", "referred"])}
OTHERS = [key for key in FIELDS if key not in ("account_id", "username")]
UNDO = "undo"


def iso(days):
    return (FIRST + timedelta(days)).isoformat()


@st.composite
def steps(draw):
    """Return imports of days that never go back, and undos between them."""
    day, found = 0, []
    for _ in range(draw(st.integers(1, 6))):
        if found and draw(st.integers(0, 4)) == 0:
            found.append(UNDO)
            continue
        day += draw(st.sampled_from([0, 1, 7, 40]))
        identity = draw(st.sampled_from([["account_id", "username"], ["username"], ["account_id"]]))
        keys = [*identity, *sorted(draw(st.sets(st.sampled_from(OTHERS))))]
        row = st.fixed_dictionaries({key: FIELDS[key] for key in keys})
        rows = draw(st.lists(row.filter(lambda row, names=identity: any(row[key] for key in names)), max_size=5))
        earlier = [one for one in found if one != UNDO]
        if earlier and draw(st.booleans()):  # the same list again, or a part of it: nothing in it is new
            again = draw(st.sampled_from(earlier))
            keys, rows = again.keys, list(again.rows.values())[draw(st.integers(0, 1)) :]
        unreadable = st.tuples(FIELDS["account_id"], FIELDS["username"])
        found.append(
            Given(
                keys,
                dict(enumerate(rows, start=2)),
                iso(day),
                draw(st.sampled_from([None, "all", "managed", "referred"])),
                draw(st.lists(unreadable, max_size=1)),
            )
        )
    return found


def import_(connection, one):
    """Preview an import and store it; return its counts and who is gone, which the preview must say as well."""
    staging = stage(connection, one.keys, one.rows)
    staging.reject(one.unreadable)
    complete = CompleteList(one.complete) if one.complete else None
    seen = preview(staging, dated=one.dated, complete=complete, go_on=go_on)
    done = store(staging, Facts("file.csv", one.dated), complete=complete, accept=lambda _: None, go_on=go_on)
    assert seen == done
    return {
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "returned": done.returned,
        "rejected": done.rejected,
        "rejected_rows": [row.row for row in done.rejected_rows],
        "gone": [(account.account_id, account.username) for account in done.gone],
    }


def check_known_on(connection, history):
    """Check what was known on every day, and that looking at it leaves no trace."""
    days = {snapshot.dated for snapshot in history.snapshots[1:]} | {iso(-1), iso(3), iso(400)}
    for day in sorted(days):
        expected = history.known_on(day)
        if expected is None:
            with pytest.raises(NoAccounts, match="Nothing was known"):
                show_known_on(connection, day)
            continue
        show_known_on(connection, day)
        assert known_on(connection) == day
        assert multiset(known_accounts(connection)) == multiset(map(known_values, expected))
        check_kept_beside(connection)
        found = connection.execute("SELECT dated FROM imports WHERE undone_at IS NULL ORDER BY id DESC").fetchone()
        assert found[0] <= day
    show_known_now(connection)
    assert known_on(connection) is None


@examples(200)
@given(steps())
def test_every_step_is_that_of_the_model_and_undo_goes_all_the_way_back(history):
    model, states = History(), []
    with tempfile.TemporaryDirectory() as folder, closing(open_new(folder)) as connection:
        for one in history:
            if one == UNDO:
                if states:
                    undo_last(connection, go_on)
                    model.undo()
                    assert dump(connection) == states.pop()
                continue
            if one.dated < model.snapshots[-1].dated:
                continue
            states.append(dump(connection))
            assert import_(connection, one) == model.take(one)
            assert multiset(known_accounts(connection)) == multiset(map(known_values, model.snapshots[-1].accounts))
            check_kept_beside(connection)
        before = dump(connection)
        check_known_on(connection, model)
        assert dump(connection) == before
        while states:
            undo_last(connection, go_on)
            assert dump(connection) == states.pop()


def test_a_list_of_an_earlier_day_is_refused_and_an_undo_makes_way_for_it(tmp_path):
    rows = {2: {"account_id": "1"}}
    with closing(open_new(tmp_path)) as connection:
        import_(connection, Given(["account_id"], rows, iso(0)))
        import_(connection, Given(["account_id"], rows, iso(7)))
        before = dump(connection)
        staging = stage(connection, ["account_id"], rows)
        with pytest.raises(WorkFailed, match=f"tells of {iso(6)}.* tells of {iso(7)} already"):
            store(staging, Facts("old.csv", iso(6)), accept=lambda _: None, go_on=go_on)
        assert dump(connection) == before
        undo_last(connection, go_on)
        import_(connection, Given(["account_id"], rows, iso(6)))


def test_files_of_one_list_are_judged_after_the_last(tmp_path):
    everyone = {number: {"account_id": str(number), "relationship": "managed"} for number in range(2, 8)}
    keys = ["account_id", "relationship"]
    with closing(open_new(tmp_path)) as connection:
        import_(connection, Given(keys, everyone, iso(0)))
        first = stage(connection, keys, {n: everyone[n] for n in (2, 3)})
        outcome = store(
            first,
            Facts("open.csv", iso(7)),
            complete=CompleteList("managed", is_whole=False),
            accept=lambda _: None,
            go_on=go_on,
        )
        assert outcome.gone == []
        last = stage(connection, keys, {n: everyone[n] for n in (4, 5, 6)})
        last.reject([("no such id", None)])
        outcome = store(
            last,
            Facts("trial.csv", iso(7)),
            complete=CompleteList("managed", outcome.named, outcome.known),
            accept=lambda _: None,
            go_on=go_on,
        )
        assert [account.account_id for account in outcome.gone] == ["7"]
        assert outcome.in_scope == 6
        scopes = connection.execute("SELECT complete, gone FROM imports ORDER BY id").fetchall()
        assert scopes == [(None, 0), (None, 0), ("managed", 1)]


def test_what_was_known_is_built_anew_after_another_import(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, Given(["account_id", "company"], {2: {"account_id": "1", "company": "Ann"}}, iso(0)))
        with closing(connect_reading(tmp_path / "accounts.db")) as reader:
            show_known_on(reader, iso(0))
            import_(connection, Given(["account_id", "company"], {2: {"account_id": "1", "company": "Bob"}}, iso(7)))
            assert known_on(reader) is None
            show_known_on(reader, iso(0))
            assert reader.execute("SELECT company FROM accounts").fetchall() == [("Ann",)]
            assert reader.execute("PRAGMA query_only").fetchone() == (1,)
