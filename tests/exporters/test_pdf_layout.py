"""Lines, widths and directions: the arithmetic behind the pages of a PDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.pdf.widths import GAP, Need, fit, fits
from exporters.pdf.wrap import wrap


def width(text: str) -> float:
    """Measure as a typewriter does."""
    return float(len(text))


def test_a_text_that_fits_is_one_line() -> None:
    assert wrap("two words", 9, width) == ["two words"]


def test_a_text_breaks_at_blanks_then_at_punctuation_then_anywhere() -> None:
    assert wrap("one two three", 8, width) == ["one two ", "three"]
    assert wrap("first.second@example.com", 14, width) == ["first.second@", "example.com"]
    assert wrap("abcdefghij", 4, width) == ["abcd", "efgh", "ij"]


def test_line_ends_within_a_value_are_kept() -> None:
    assert wrap("one\r\ntwo\n\nthree", 20, width) == ["one", "two", "", "three"]
    assert wrap("", 20, width) == [""]


def test_marks_stay_with_their_letter() -> None:
    assert wrap("e\u0301" * 3, 2, width) == ["e\u0301"] * 3


@given(st.text(st.characters(exclude_categories=("Cc", "Zl", "Zp", "Mn", "Cs")), max_size=80), st.integers(1, 20))
def test_wrapping_loses_nothing_but_blanks(text: str, limit: int) -> None:
    lines = wrap(text, limit, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(
        len(line.rstrip()) <= limit or len(line.split()[0]) > 1
        for line in lines
        if line.strip() and "\u200d" not in text
    )


def test_text_is_as_large_as_fits() -> None:
    needs = [Need(5, 10), Need(6, 6)]
    assert fit(needs, 16 * 10 + GAP, 10).size == 10
    assert fit(needs, 16 * 8 + GAP, 10).size == 8
    assert fit(needs, 16 * 8 + GAP, 7).size == 7


def test_lines_break_rather_than_text_becoming_tiny() -> None:
    needs = [Need(5, 10), Need(6, 6)]
    assert fit(needs, 16 * 7 + GAP - 1, 10).size == 7
    assert fit(needs, 16 * 6 + GAP, 10).size == 6


def test_a_table_fits_a_page_when_every_wish_is_met() -> None:
    needs = [Need(5, 10), Need(6, 6)]
    assert fits(needs, 16 * 8 + GAP, 8)
    assert not fits(needs, 16 * 8 + GAP, 9)


def test_small_wishes_are_met_and_large_texts_give_way() -> None:
    needs = [Need(10, 10), Need(4, 5), Need(4, 100), Need(4, 100)]
    shape = fit(needs, 60 * 6 + 3 * GAP, 8)
    assert shape.size == 6
    assert shape.widths == pytest.approx([60, 30, 135, 135])


def test_where_nothing_fits_only_the_widest_are_squeezed() -> None:
    shape = fit([Need(10, 10), Need(200, 200), Need(300, 300)], 110 * 6 + 2 * GAP, 8)
    assert shape.widths == pytest.approx([60, 300, 300])


@given(st.lists(st.tuples(st.floats(0.5, 40), st.floats(0, 40)), min_size=1, max_size=20), st.floats(400, 900))
def test_columns_never_reach_over_the_margin(pairs: list[tuple[float, float]], page: float) -> None:
    shape = fit([Need(least, least + more) for least, more in pairs], page, 10)
    assert sum(shape.widths) + GAP * (len(pairs) - 1) <= page + 0.01
