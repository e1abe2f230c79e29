"""Cells: every value as text of an exact width, on every terminal the same, and nothing in it acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from core.query.columns import Column
from core.query.kinds import DATE, NUMBER
from tui.widgets.table.cells import fit, fit_value, shown, steady, with_bar

NAME = Column("company", "Company")
SIZE = Column("list_size", "List Size", NUMBER)
DAY = Column("created_on", "Created", DATE)


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (None, NAME, ""),
        (None, SIZE, ""),
        (1234567, SIZE, "1,234,567"),
        (0, SIZE, "0"),
        ("2026-02-28", DAY, "2026-02-28"),
        ("1001", NAME, "1001"),
        ("two\nlines\tand a tab", NAME, "two lines and a tab"),
        ("\x1b]52;c;aGk=\x07", NAME, "␛]52;c;aGk=␇"),
        ("[@click=app.wipe]x[/]", NAME, "[@click=app.wipe]x[/]"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", NAME, "👨👩👧 ❤"),
        ("🇩🇪", NAME, "DE"),
    ],
)
def test_shown(value: str | int | None, column: Column, text: str) -> None:
    assert shown(value, column) == text


@pytest.mark.parametrize(
    ("text", "width", "cell"),
    [
        ("Bakery", 8, "Bakery  "),
        ("Bakery", 6, "Bakery"),
        ("Bakery", 5, "Bake…"),
        ("Bakery", 1, "…"),
        ("Bakery", 0, ""),
        ("東京都", 6, "東京都"),
        ("東京都", 5, "東京…"),
        ("東京都", 4, "東… "),
        ("cafe\u0301 noir", 5, "cafe\u0301…"),
    ],
)
def test_fit(text: str, width: int, cell: str) -> None:
    assert fit(text, width) == cell


def test_numbers_stand_right_and_are_never_shown_in_part() -> None:
    assert fit_value(1234567, SIZE, 12) == "   1,234,567"
    assert fit_value(1234567, SIZE, 8) == "       …"


@given(text=st.text(), width=st.integers(0, 40))
def test_a_cell_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    cell = fit(steady(text), width)
    assert cell_len(cell) == width
    assert sum(map(cell_len, cell)) == width


@given(text=st.text(st.characters(codec=None)))
def test_nothing_that_acts_is_left(text: str) -> None:
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in steady(text))


@pytest.mark.parametrize(
    ("text", "length", "cell"),
    [
        ("        95", 1.0, "███████ 95"),
        ("         1", 0.01, "█        1"),
        ("         0", 0.0, "         0"),
        ("          ", 0.0, "          "),
        ("1,234,567", 1.0, "1,234,567"),
    ],
)
def test_a_bar_fills_the_room_before_the_number(text: str, length: float, cell: str) -> None:
    assert with_bar(text, length) == cell
