"""How wide columns are when nobody has said."""

from __future__ import annotations

from core.query import kinds
from core.query.columns import Column
from core.query.kinds import NUMBER
from tui.widgets.table.widths import grown, natural_widths

ID = Column("account_id", "Account ID", kinds.ID)
NAME = Column("company", "Company")
SIZE = Column("list_size", "List Size", NUMBER)
COLUMNS = [ID, NAME, SIZE]


def test_natural_widths_follow_titles_and_rows_within_bounds() -> None:
    rows = [("a1", "x" * 100, 5), ("a" * 30, None, 1_234_567_890)]
    assert natural_widths(COLUMNS, rows) == {"account_id": 30, "company": 40, "list_size": 13}
    assert natural_widths(COLUMNS, []) == {"account_id": 12, "company": 9, "list_size": 11}


def test_ids_and_numbers_grow_with_the_rows_seen_and_texts_do_not() -> None:
    widths = natural_widths(COLUMNS, [])
    rows = [("a" * 30, "x" * 30, 1_234_567_890)]
    assert grown(widths, COLUMNS, rows) == {"account_id": 30, "company": 9, "list_size": 13}
