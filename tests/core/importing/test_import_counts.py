"""Counts as files write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.counts import read_number
from core.importing.rejected import Unreadable

pytestmark = pytest.mark.promise("P2")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("007", 7), ("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567), ("1.0", 1), ("1234.00", 1234), ("1,234.0", 1234), ("1.234,00", 1234),
        ("1'234", 1234), (" 5 ", 5), ("12,34,567", 1234567), ("9223372036854775807", 2**63 - 1),
    ],
)  # fmt: skip
def test_counts_with_groups_and_empty_decimals(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "a negative count"), ("− 5", "a negative count"), ("1.5", "not a whole number"),
        ("1,23", "not a whole number"),
        ("0.123", "not a whole number"), ("1,234.567", "not a whole number"),
        ("1,234 567", "not a whole number"), ("1e3", "not a whole number"), ("٣", "not a whole number"),
        ("many", "not a whole number"), ("9223372036854775808", "too large a number"),
        ("9" * 10_000, "too large a number"),
    ],
)  # fmt: skip
def test_what_is_no_count_says_why(text: str, reason: str) -> None:
    assert read_number(text) == Unreadable(reason)


@given(st.integers(0, 2**63 - 1), st.sampled_from([",", ".", " ", "\u00a0", "'"]), st.sampled_from(["", "0", "00"]))
def test_written_and_read_again(number: int, comma: str, zeros: str) -> None:
    point = "," if comma == "." else "."
    grouped = f"{number:,}".replace(",", comma)
    assert read_number(grouped) == number
    if number > 999 and zeros:
        assert read_number(grouped + point + zeros) == number


@given(st.text())
def test_any_text_is_a_count_or_says_why_not(text: str) -> None:
    assert isinstance(read_number(text), int | Unreadable)
