"""The order of texts: without case and accents, in every script, the same in SQL and in Python."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.connection import connect_scratch
from db.sort_keys import fold, fold_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ACME Inc", "acme inc"),
        ("Ärger", "arger"),
        ("Łódź", "lodz"),
        ("Ørsted Đorđe", "orsted dorde"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("GROẞ", "gross"),
        ("Æon Œuvre", "aeon oeuvre"),
        ("Þór Ðor", "thor dor"),
        ("İstanbul", "istanbul"),
        ("ılıca", "ilica"),
        ("Ẫ", "a"),
        ("e\u0301", "e"),
        ("ﬁne", "fine"),
        ("™", "tm"),
        ("𝐀𝚨", "aα"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("σίσυφος", "σισυφοσ"),
        ("Ёлка", "елка"),
        ("ЙОД", "иод"),
        ("が", "か"),
        ("ﾊﾞ", "ハ"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("कुमार", "कुमार"),
        ("กิน", "กิน"),
        ("日本", "日本"),
    ],
)
def test_a_key_is_the_text_without_case_and_accents(text, key):
    assert fold(text) == key


def test_hangul_is_sorted_by_its_letters():
    assert sorted(["나", "가", "각", "까", "갸"], key=fold) == ["가", "각", "갸", "까", "나"]


def test_vowels_of_indic_scripts_are_no_accents():
    assert fold("कुमार") != fold("कमार")
    assert fold("กิน") != fold("กัน")


@given(st.text())
def test_a_key_of_a_key_and_of_the_other_case_is_the_same(text):
    key = fold(text)
    assert fold(key) == key
    assert fold(text.casefold()) == key


@given(st.text())
def test_ascii_needs_no_key(text):
    assert fold_key(text) == (None if text.isascii() else fold(text))


def test_unknown_has_no_key():
    assert fold_key(None) is None


NAMES = [
    *("Äcme", "acme", "ACME", "Zürich", "zurich", "_z", "[z", "~", "Łódź", "lodz", "M", "Æon", "aeon", "ae", "af", "ß"),
    *("Ss", "İ", "i", "Ж", "ж", "Ё", "е", "かか", "かが", "한", "하", "م", "مُ", "™", "tn", "🙂", "1", "=", "Ω", "ω"),
]


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(st.characters(exclude_characters="\0", codec="utf-8")))))
def test_sql_sorts_by_the_stored_keys_as_python_sorts_by_the_fold(texts):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE texts (place INTEGER PRIMARY KEY, text, text_key)")
        connection.executemany(
            "INSERT INTO texts (text, text_key) VALUES (?, ?)", [(text, fold_key(text)) for text in texts]
        )
        found = connection.execute("SELECT text FROM texts ORDER BY coalesce(text_key, text) COLLATE NOCASE, place")
        assert [text for (text,) in found] == sorted(texts, key=fold)


def test_every_connection_has_the_functions_of_storing_and_comparing():
    with closing(connect_scratch()) as connection:
        row = connection.execute("SELECT fold('ŁÓDŹ'), fold_key('a'), casefold('ŁÓDŹ'), fold(NULL), casefold(NULL)")
        assert row.fetchone() == ("lodz", None, "łódź", None, None)
