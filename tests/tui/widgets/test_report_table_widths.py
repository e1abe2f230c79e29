"""How wide columns are when nobody has said."""

from __future__ import annotations

import pytest

from core.query import kinds
from core.query.columns import Column
from core.query.kinds import NUMBER
from tui.widgets.table.titles import Title, title_in
from tui.widgets.table.widths import grown, natural_widths, with_whole_titles

ID = Column("account_id", "Account ID", kinds.ID)
NAME = Column("company", "Company")
SIZE = Column("list_size", "List Size", NUMBER)
COLUMNS = [ID, NAME, SIZE]


def test_natural_widths_follow_titles_and_rows_within_bounds() -> None:
    rows = [("a1", "x" * 100, 5), ("a" * 30, None, 1_234_567_890)]
    assert natural_widths(COLUMNS, rows) == {"account_id": 30, "company": 40, "list_size": 13}
    assert natural_widths(COLUMNS, []) == {"account_id": 8, "company": 9, "list_size": 8}
    whole = with_whole_titles(natural_widths(COLUMNS, []), COLUMNS)
    assert whole == {"account_id": 12, "company": 9, "list_size": 11}


@pytest.mark.parametrize(
    ("title", "width", "upper", "lower"),
    [
        ("Last Campaign Sent", 13, "Last Campaign", "Sent"),
        ("Last Campaign Sent", 20, "", "Last Campaign Sent"),
        ("First Payment Date", 10, "First Payment", "Date"),
        ("Company", 4, "", "Company"),
    ],
)
def test_titles_are_parted_where_they_do_not_fit(title: str, width: int, upper: str, lower: str) -> None:
    assert title_in(Column("x", title), width) == Title(upper, lower)


def test_ids_and_numbers_grow_with_the_rows_seen_and_texts_do_not() -> None:
    widths = natural_widths(COLUMNS, [])
    rows = [("a" * 30, "x" * 30, 1_234_567_890)]
    assert grown(widths, COLUMNS, rows) == {"account_id": 30, "company": 9, "list_size": 13}
