"""How columns are arranged."""

from __future__ import annotations

from core.query import kinds
from core.query.column_layout import ColumnLayout
from core.query.columns import Column
from core.query.kinds import NUMBER

ID = Column("account_id", "Account ID", kinds.ID)
NAME = Column("company", "Company")
SIZE = Column("list_size", "List Size", NUMBER)
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


def test_hidden_columns_keep_their_place() -> None:
    layout = ColumnLayout().with_hidden("company").with_moved("list_size", 0, COLUMNS)
    assert keys(layout.with_shown("company")) == ["account_id", "company", "list_size"]


def test_a_layout_of_some_columns_hides_the_others() -> None:
    assert keys(ColumnLayout.of(["list_size", "account_id"], COLUMNS)) == ["list_size", "account_id"]


def test_a_layout_is_kept_whole() -> None:
    layout = ColumnLayout().with_moved("list_size", -1, COLUMNS).with_hidden("company").with_width("list_size", 20)
    assert ColumnLayout.from_json(layout.with_frozen(2).to_json()) == layout.with_frozen(2)
