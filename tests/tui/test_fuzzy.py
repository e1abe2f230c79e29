"""Columns found by some letters of their names."""

from __future__ import annotations

import pytest

from core.query.columns import Column
from core.reports.catalogue import MY_ACCOUNTS
from tui.commands.fuzzy import columns_like


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("list", "list_size"),
        ("lcs", "last_campaign_sent_on"),
        ("campaign", "campaigns_sent"),
        ("Login", "last_login_on"),
    ],
)
def test_columns_are_found_by_some_letters(text: str, first: str) -> None:
    assert columns_like(text, MY_ACCOUNTS.columns)[0].key == first


def test_letters_that_no_column_has() -> None:
    assert columns_like("xyz", MY_ACCOUNTS.columns) == []


COLUMNS = [
    Column("scattered", "Slice of pie, zest"),
    Column("inside", "Massive"),
    Column("beginnings", "Sums in Value"),
    Column("word", "List Size"),
    Column("begins", "Sites"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("si", ["begins", "word", "beginnings", "inside", "scattered"]),
        ("siv", ["beginnings", "inside"]),
        ("su va", ["beginnings"]),
        ("li_si", ["word"]),
    ],
)
def test_words_and_beginnings_of_words_come_before_letters_anywhere(text: str, found: list[str]) -> None:
    assert [column.key for column in columns_like(text, COLUMNS)] == found
