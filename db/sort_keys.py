"""Text made comparable: sort keys without case and accents, and comparison without case."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def fold(text: str) -> str:
    """Return the key by which `text` is sorted: without case and accents, in every script (domain rule 8).

    ä sorts by a and Ł by l. Keys compare by code point, as SQLite does.
    """
    if text.isascii():
        return text.lower()
    return _folded(text)


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    """Do the costly part of `fold`; names come again and again."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_BASES)


def fold_key(text: str | None) -> str | None:
    """Return the sort key to store beside `text`: None where NOCASE on the text itself sorts the same (ASCII)."""
    return None if text is None or text.isascii() else fold(text)


class _Bases(dict[int, str]):
    """What stands for each code point that was met, as `str.translate` wants it."""

    def __missing__(self, code: int) -> str:
        self[code] = _base(chr(code))
        return self[code]


def _base(char: str) -> str:
    """Return the letter under one decomposed character: nothing for an accent, l for ł.

    Marks without a combining class are vowels of Indic scripts and Thai, and stay.
    """
    category = unicodedata.category(char)
    if category == "Mn" and unicodedata.combining(char):
        return ""
    if category.startswith("L"):
        name, stroke, _ = unicodedata.name(char, "").partition(" WITH ")
        if stroke:
            try:
                return unicodedata.lookup(name).casefold()
            except KeyError:
                return char
    return _LIGATURES.get(char, char.casefold())  # ™ was decomposed to TM


_LIGATURES = {"æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}

_BASES = _Bases()
