"""Imports of small files full of collisions: SQL and a second, independent computation must agree to the row."""

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from db.connection import connect_writing
from db.fields import FIELDS
from db.fold import fold_key
from db.history import undo_last
from db.schema import SORTED_FIELDS
from db.staging import Staging
from db.storing import Outcome, preview, store
from tests.db.import_model import Model, known_values

DAYS = st.sampled_from([None, "2026-01-01", "2026-02-02"])
VALUES = {
    "account_id": st.sampled_from([None, "1", "2", "a", "A"]),
    "username": st.sampled_from([None, "ann", "ANN", "straße", "STRASSE", "bob"]),
    "company": st.sampled_from([None, "Łódź", "Acme"]),
    "status": st.sampled_from([None, "O", "T", "C", "Single Bill"]),
    "list_size": st.sampled_from([None, 0, 12]),
    "cancelled_on": DAYS,
    "cancel_reason": st.sampled_from([None, "Poor Results", "Other"]),
    "moved_out_on": DAYS,
    "moved_to": st.sampled_from([None, "Somewhere", "Elsewhere"]),
}


@st.composite
def files(draw):
    """Return the keys of a file and its rows by number."""
    others = draw(st.sets(st.sampled_from([key for key in VALUES if key not in ("account_id", "username")])))
    identity = draw(st.sampled_from([["account_id", "username"], ["username"], ["account_id"]]))
    keys = [*identity, *sorted(others)]
    row = st.fixed_dictionaries({key: VALUES[key] for key in keys}).filter(
        lambda row: row.get("account_id") or row.get("username")
    )
    rows = draw(st.lists(row, min_size=1, max_size=6))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)))
    numbers = [2 + sum(gaps[: n + 1]) for n in range(len(rows))]
    return keys, dict(zip(numbers, rows, strict=True)), draw(st.booleans())


def stage(connection, keys, rows):
    for table in ("staged", "staged_keys"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    staging = Staging(connection, keys)
    staging.add(list(rows), [tuple(row[key] for key in keys) for row in rows.values()])
    return staging


def go_on():
    pass


def accounts(connection):
    keys = [field.key for field in FIELDS]
    rows = connection.execute(f"SELECT {', '.join(keys)} FROM accounts")
    return [known_values(dict(zip(keys, row, strict=True))) for row in rows]


def dump(connection):
    """Return all that an undo must restore."""
    tables = {name: f"SELECT * FROM {name} " for name in ("accounts", "changes", "mappings")}
    return {name: connection.execute(query).fetchall() for name, query in tables.items()} | {
        "indexes": connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY 1").fetchall()
    }


def check_keys(connection):
    """Check that all that is kept beside a text belongs to it."""
    for field in SORTED_FIELDS:
        for text, key in connection.execute(f"SELECT {field.key}, {field.key}_key FROM accounts"):
            assert key == fold_key(text)
    for username, folded in connection.execute("SELECT username, username_fold FROM accounts"):
        assert folded == (username and username.casefold())


def multiset(rows):
    return sorted(map(repr, (sorted(row.items()) for row in rows)))


def counted(outcome: Outcome):
    return {
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "returned": outcome.returned,
        "rejected": outcome.rejected,
        "rejected_rows": [row.row for row in outcome.rejected_rows],
    }


@settings(max_examples=250, deadline=None)
@given(st.lists(files(), min_size=1, max_size=4))
def test_accounts_counts_and_rejects_are_those_of_the_model_and_undo_goes_all_the_way_back(history):
    model = Model()
    with tempfile.TemporaryDirectory() as folder, closing(connect_writing(Path(folder) / "a.db")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        states = []
        for keys, rows, erase_blanks in history:
            states.append(dump(connection))
            staging = stage(connection, keys, rows)
            expected = model.take(rows, erase_blanks=erase_blanks)
            seen = preview(staging, erase_blanks=erase_blanks, go_on=go_on)
            assert dump(connection) == states[-1]
            done = store(staging, "file.csv", erase_blanks=erase_blanks, accept=lambda _: None, go_on=go_on)
            assert counted(seen) == counted(done) == expected
            assert done.read == len(rows)
            assert multiset(accounts(connection)) == multiset(map(known_values, model.accounts))
            check_keys(connection)
        for state in reversed(states):
            undo_last(connection, go_on)
            assert dump(connection) == state
            check_keys(connection)


@settings(max_examples=100, deadline=None)
@given(st.lists(files(), max_size=2), files())
def test_the_same_file_twice_changes_nothing(history, last):
    with tempfile.TemporaryDirectory() as folder, closing(connect_writing(Path(folder) / "a.db")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for keys, rows, erase_blanks in [*history, last]:
            staging = stage(connection, keys, rows)
            store(staging, "file.csv", erase_blanks=erase_blanks, accept=lambda _: None, go_on=go_on)
        before = accounts(connection)
        again = store(staging, "file.csv", erase_blanks=last[2], accept=lambda _: None, go_on=go_on)
        assert again.new == again.changed == again.returned == 0
        assert accounts(connection) == before
