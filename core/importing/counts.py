"""Counts as files write them."""

from __future__ import annotations

import re

from core.importing.unreadable import Unreadable

_LARGEST = 2**63 - 1
"""What the database holds."""

_GROUPED = r"(?P<grouped>[1-9][0-9]{0,2}(?P<comma>[,.'’ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=comma)[0-9]{3})*)"
_COUNT = re.compile(rf"{_GROUPED}(?:(?!(?P=comma))[.,]0{{1,2}})?|(?P<plain>[0-9]+)(?:[.,]0+)?")
_NEGATIVE = re.compile(r"[-−]\s?[0-9]")


def read_number(text: str) -> int | Unreadable:
    """Return a count, or why it cannot be read.

    Groups of three may be parted by commas, dots, blanks or apostrophes (1,234 and 1.234 are the same); decimals
    may only be zeros (1.0).
    """
    text = text.strip()
    match = _COUNT.fullmatch(text)
    if match is None:
        return Unreadable("a negative count" if _NEGATIVE.match(text) else "not a whole number")
    digits = match["plain"] or match["grouped"].replace(match["comma"], "")
    if len(digits) > 4000 or int(digits) > _LARGEST:
        return Unreadable("too large a number")
    return int(digits)
