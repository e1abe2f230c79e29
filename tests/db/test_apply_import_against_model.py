"""Imports of small files full of collisions: SQL and a second, independent computation must agree to the row."""

import tempfile
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from db.apply_import import Facts, Outcome, preview, store
from db.fields import SORTED_FIELDS
from db.history import undo_last
from db.sort_keys import fold_key
from tests.db.import_model import Model, known_values
from tests.db.imports import DAY, dump, go_on, known_accounts, open_new, stage
from tests.effort import examples

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
OTHERS = [key for key in VALUES if key not in ("account_id", "username")]


@st.composite
def files(draw):
    """Return the keys of a file, its rows by number, and whether its blanks erase."""
    identity = draw(st.sampled_from([["account_id", "username"], ["username"], ["account_id"]]))
    keys = [*identity, *sorted(draw(st.sets(st.sampled_from(OTHERS))))]
    row = st.fixed_dictionaries({key: VALUES[key] for key in keys})
    rows = draw(st.lists(row.filter(lambda row: any(row[key] for key in identity)), min_size=1, max_size=6))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)))
    numbers = [1 + sum(gaps[: n + 1]) for n in range(len(rows))]
    return keys, dict(zip(numbers, rows, strict=True)), draw(st.booleans())


def check_kept_beside(connection):
    """Check that sort keys and folded usernames belong to their texts."""
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


@examples(150)
@given(st.lists(files(), min_size=1, max_size=4))
def test_accounts_counts_and_rejects_are_those_of_the_model_and_undo_goes_all_the_way_back(history):
    model = Model()
    with tempfile.TemporaryDirectory() as folder, closing(open_new(folder)) as connection:
        states = []
        for keys, rows, erase_blanks in history:
            states.append(dump(connection))
            staging = stage(connection, keys, rows)
            expected = model.take(rows, erase_blanks=erase_blanks)
            seen = preview(staging, erase_blanks=erase_blanks, go_on=go_on)
            assert dump(connection) == states[-1]
            done = store(staging, Facts("file.csv", DAY), erase_blanks=erase_blanks, accept=lambda _: None, go_on=go_on)
            assert counted(seen) == counted(done) == expected
            assert done.read == len(rows)
            assert multiset(known_accounts(connection)) == multiset(map(known_values, model.accounts))
            check_kept_beside(connection)
        for state in reversed(states):
            undo_last(connection, go_on)
            assert dump(connection) == state
            check_kept_beside(connection)


@examples(60)
@given(st.lists(files(), max_size=2), files())
def test_the_same_file_twice_changes_nothing(history, last):
    with tempfile.TemporaryDirectory() as folder, closing(open_new(folder)) as connection:
        for keys, rows, erase_blanks in [*history, last]:
            staging = stage(connection, keys, rows)
            store(staging, Facts("file.csv", DAY), erase_blanks=erase_blanks, accept=lambda _: None, go_on=go_on)
        before = known_accounts(connection)
        again = store(staging, Facts("file.csv", DAY), erase_blanks=last[2], accept=lambda _: None, go_on=go_on)
        assert again.new == again.changed == again.returned == 0
        assert known_accounts(connection) == before
