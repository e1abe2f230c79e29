"""Fields of the partner's own: made by an import, changed, logged, undone, renamed and dropped like the others."""

from contextlib import closing

import pytest

from db import own_fields
from db.apply_import import Facts, store
from db.errors import WrongUse
from db.fields import Field
from db.history import undo_last
from db.known_then import show_known_on
from tests.db.imports import DAY, dump, go_on, open_new

MANAGER = Field("account_manager", "Account Manager", "text")
SEATS = Field("seats", "Seats", "number")
KEYS = ["account_id", "account_manager", "seats"]


def import_(connection, rows, new_fields=(), dated=DAY, keys=KEYS):
    """Import rows given as tuples, and return the outcome."""
    from db.staging import Staging

    connection.execute("DROP TABLE IF EXISTS temp.staged")
    staging = Staging(connection, keys, new_fields=new_fields)
    staging.add(list(range(2, len(rows) + 2)), list(zip(*rows, strict=True)))
    return store(staging, Facts("list.csv", dated), accept=lambda _: None, go_on=go_on)


def rows(connection):
    return connection.execute("SELECT account_id, account_manager, account_manager_key, seats FROM accounts").fetchall()


def columns(connection):
    return [name for _, name, *_ in connection.execute("PRAGMA table_info(accounts)")]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Account Manager", "account_manager"),
        ("Größe (cm)", "größe__cm_"),
        ("2nd Phone", "own_2nd_phone"),
        ("Company", "own_company"),
        ("Company Key", "own_company_key"),
        ("Contact", "own_contact"),
        ("Order", "own_order"),
        ("€", "own__"),
    ],
)
def test_the_key_follows_from_the_title(title, key):
    assert own_fields.key_for(title) == key


def test_fields_come_with_an_import_change_with_the_next_and_go_with_the_undo(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, [("1",), ("2",)], keys=["account_id"])
        before = dump(connection)
        made = import_(connection, [("1", "Łucja", 3), ("3", "Ben", None)], [MANAGER, SEATS])
        assert (made.new, made.changed) == (1, 1)
        assert own_fields.own_fields(connection) == (MANAGER, SEATS)
        assert rows(connection) == [("1", "Łucja", "lucja", 3), ("2", None, None, None), ("3", "Ben", None, None)]
        middle = dump(connection)
        assert import_(connection, [("1", "Ann", 3)], dated="2026-01-08").changed == 1
        assert rows(connection)[0] == ("1", "Ann", None, 3)
        logged = connection.execute("SELECT field, old, new FROM changes WHERE import_id = 3").fetchall()
        assert logged == [("account_manager", "Łucja", "Ann")]
        undo_last(connection, go_on)
        assert dump(connection) == middle
        undo_last(connection, go_on)
        assert dump(connection) == before
        assert "seats" not in columns(connection)
        assert own_fields.own_fields(connection) == ()


def test_a_first_import_may_bring_them(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        before = dump(connection)
        import_(connection, [("1", "Łucja", 3)], [MANAGER, SEATS])
        assert rows(connection) == [("1", "Łucja", "lucja", 3)]
        undo_last(connection, go_on)
        assert dump(connection) == before


def test_what_was_known_before_they_came_does_not_have_them(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, [("1",), ("2",)], keys=["account_id"])
        import_(connection, [("1", "Ann", 3)], [MANAGER, SEATS], dated="2026-01-08")
        import_(connection, [("1", "Ben", 3)], dated="2026-01-15")
        show_known_on(connection, "2026-01-10")
        assert own_fields.own_fields(connection) == (MANAGER, SEATS)
        assert rows(connection)[0] == ("1", "Ann", None, 3)
        show_known_on(connection, DAY)
        assert own_fields.own_fields(connection) == ()
        assert rows(connection)[0] == ("1", None, None, None)


def test_they_are_renamed_and_dropped(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, [("1", "Ann", 3)], [MANAGER, SEATS])
        import_(connection, [("1", "Ben", 4)])
        own_fields.rename(connection, "seats", "Places")
        assert own_fields.own_fields(connection)[1].title == "Places"
        own_fields.drop(connection, "account_manager")
        assert "account_manager" not in columns(connection)
        assert connection.execute("SELECT field FROM changes").fetchall() == [("seats",)]
        undo_last(connection, go_on)
        assert connection.execute("SELECT seats FROM accounts").fetchall() == [(3,)]
        undo_last(connection, go_on)
        assert own_fields.own_fields(connection) == ()


def test_two_fields_of_one_key_are_refused_and_nothing_changes(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, [("1", "Ann", 3)], [MANAGER, SEATS])
        before = dump(connection)
        with pytest.raises(WrongUse, match="There is a field “Seats” already"):
            import_(connection, [("1", "Ben", 4)], [SEATS])
        assert dump(connection) == before
