"""The words of the reports."""

import pytest

from core.text.vocabulary import CANCEL_REASONS, count_of, relationship_of, status_letter, status_word


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("O", ["open", "Active", "PAID", "o", " O "]),
        ("T", ["trial", "Trial-Active", "Trial - Active", "t"]),
        ("E", ["expired", "Expired Trial", "trial end", "Trial-Expired", "e"]),
        ("C", ["canceled", "Cancelled", "closed", "c"]),
        (None, ["Single Bill", "Disabled - compliance", "Disabled - balance due", "opened", "", "X"]),
    ],
)
def test_status_words_map_to_letters_as_headings_match(letter, words):
    assert {status_letter(word) for word in words} == {letter}


def test_a_status_reads_as_its_word_or_the_vendors_own():
    assert [status_word(status) for status in ("O", "T", "E", "C", "Single Bill")] == [
        "Open",
        "Trial",
        "Expired Trial",
        "Canceled",
        "Single Bill",
    ]


def test_unmanaged_is_referred():
    assert [relationship_of(word) for word in ("M", "Managed", "r", "Referred", "unmanaged", "other", "")] == [
        *("managed", "managed", "referred", "referred", "referred", None, None)
    ]


def test_there_are_nine_reasons():
    assert len(CANCEL_REASONS) == 9
    assert CANCEL_REASONS["27"] == "Canceled Online by Customer"


def test_a_number_has_its_noun():
    assert [count_of(1, "account"), count_of(0, "account"), count_of(4_812, "account")] == [
        *("1 account", "0 accounts", "4,812 accounts")
    ]
    assert count_of(2, "account has", "accounts have") == "2 accounts have"
