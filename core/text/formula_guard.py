"""Texts that a spreadsheet could take for a formula when it opens a CSV file (faults C1, C4).

The CSV exporter puts the guard mark before them, and the import takes it off again: both ask here.
"""

from __future__ import annotations

import re

MARK = "'"

_STARTERS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""= + - @, their full-width and small forms, and the minus sign."""
_UNSEEN = r"\s\x01-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff"
"""Blanks, controls and zero-width characters: what a reader may skip before it looks at the first character."""
_HARMLESS = r"(?:[+-][0-9]+(?:[.,][0-9]+)?|\+[0-9 ().]+)(?![^\0])"
"""A signed plain number, or a telephone number: no spreadsheet computes anything from them."""

GUARDED = re.compile(rf"\t|(?!{_HARMLESS})[{_UNSEEN}]*[{_STARTERS}]")
"""Matches at the beginning of a text that needs the mark, and of no other. NUL ends a text as its end does, so that
texts with NUL between them can be searched at once."""


def is_guarded(text: str) -> bool:
    """Return whether our CSV writes `text` with the guard mark before it."""
    return GUARDED.match(text) is not None


def without_mark(text: str) -> str:
    """Return `text` without the guard mark, if it has one: `'=1+1` gives `=1+1`, and `'tis` stays."""
    if text.startswith(MARK) and is_guarded(text[1:]):
        return text[1:]
    return text
