"""Nothing in a text acts on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.terminal_text import neutral

pytestmark = pytest.mark.promise("P1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain, text [bold] (é)", "Plain, text [bold] (é)"),
        ("\x1b]0;PWNED\x1b\\", "␛]0;PWNED␛\\"),
        ("a\nb\tc\rd\u2028e\x85f\vg", "a b c d e f g"),
        ("\0\a\b\x7f", "␀␇␈␡"),
        ("\x9b31m\x9d", "�31m�"),
        ("a\u202eb\u2066c\u200fd\u061ce", "a�b�c�d�e"),
        ("\ud800\ue000\u0378", "���"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f", "👩\u200d👩\u200d👧 ❤\ufe0f"),
        ("\U0001fae8", "\U0001fae8"),  # an emoji of Unicode 15, which Python 3.11 does not know
        ("日本 مُحَمَّد Łódź", "日本 مُحَمَّد Łódź"),
    ],
)
def test_what_acts_is_shown_instead(text, shown):
    assert neutral(text) == shown


@given(st.text(st.characters()))
def test_no_text_acts_and_each_character_keeps_its_place(text):
    shown = neutral(text)
    assert len(shown) == len(text)
    assert neutral(shown) == shown
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp") for char in shown)
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "PDI") for char in shown
    )
