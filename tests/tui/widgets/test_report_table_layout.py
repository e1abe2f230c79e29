"""How columns are arranged, and how wide they are."""

from __future__ import annotations

from core.columns import Column
from tui.widgets.table.layout import ColumnLayout
from tui.widgets.table.widths import grown, natural_widths

ID = Column("account_id", "Account ID", "id")
NAME = Column("company", "Company")
SIZE = Column("list_size", "List Size", "number")
COLUMNS = [ID, NAME, SIZE]


def keys(layout: ColumnLayout) -> list[str]:
    return [column.key for column in layout.arrange(COLUMNS)]


def test_the_empty_layout_shows_all_columns_as_they_come() -> None:
    assert keys(ColumnLayout()) == ["account_id", "company", "list_size"]


def test_columns_move_and_stop_at_the_ends() -> None:
    layout = ColumnLayout().with_moved("list_size", -1, COLUMNS)
    assert keys(layout) == ["account_id", "list_size", "company"]
    assert keys(layout.with_moved("list_size", -9, COLUMNS)) == ["list_size", "account_id", "company"]
    assert keys(layout.with_moved("list_size", 9, COLUMNS)) == ["account_id", "company", "list_size"]


def test_moving_passes_over_hidden_columns() -> None:
    layout = ColumnLayout().with_hidden("company").with_moved("list_size", -1, COLUMNS)
    assert keys(layout) == ["list_size", "account_id"]
    assert sorted(keys(layout.with_shown("company"))) == sorted(["account_id", "company", "list_size"])


def test_a_change_leaves_the_layout_before_it_alone() -> None:
    before = ColumnLayout()
    before.with_width("company", 20)
    before.with_hidden("company")
    before.with_frozen(2)
    assert before == ColumnLayout()


def test_widths_are_bounded_and_can_be_given_back() -> None:
    layout = ColumnLayout().with_width("company", 1)
    assert layout.widths == {"company": 3}
    assert layout.with_width("company", 9_999).widths == {"company": 200}
    assert layout.with_natural_width("company").widths == {}


def test_keys_that_no_column_has_are_passed_over() -> None:
    assert keys(ColumnLayout(order=("gone", "company"), hidden=frozenset({"gone too"}))) == [
        "company",
        "account_id",
        "list_size",
    ]


def test_natural_widths_follow_titles_and_rows_within_bounds() -> None:
    rows = [("a1", "x" * 100, 5), ("a" * 30, None, 1_234_567_890)]
    assert natural_widths(COLUMNS, rows) == {"account_id": 30, "company": 40, "list_size": 13}
    assert natural_widths(COLUMNS, []) == {"account_id": 12, "company": 9, "list_size": 11}


def test_ids_and_numbers_grow_with_the_rows_seen_and_texts_do_not() -> None:
    widths = natural_widths(COLUMNS, [])
    rows = [("a" * 30, "x" * 30, 1_234_567_890)]
    assert grown(widths, COLUMNS, rows) == {"account_id": 30, "company": 9, "list_size": 13}
