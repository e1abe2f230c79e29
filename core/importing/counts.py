"""Counts as files write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.importing.rejected import Unreadable

_LARGEST = 2**63 - 1
"""What the database holds."""

_GROUPED = r"(?P<grouped>[1-9][0-9]{0,2}(?P<comma>[,.'’ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=comma)[0-9]{3})*)"
_INDIAN = r"(?P<indian>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})"
_COUNT = re.compile(
    rf"[~≈]?\s?(?:{_GROUPED}(?P<decimals>(?!(?P=comma))[.,]0+)?|{_INDIAN}(?:\.0+)?|(?P<plain>[0-9]+)(?:[.,]0+)?)(?:\s?[a-z]{{3,}})?",
    re.IGNORECASE,
)
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
"""1.234: a thousand and more, or one and a little: the others of the column say which."""
_DECIMAL = re.compile(
    r"(?:[0-9]{4,}|0|[0-9]{1,3}(?:,[0-9]{3})+)(\.)[0-9]{3}|(?:[0-9]{4,}|0|[0-9]{1,3}(?:\.[0-9]{3})+)(,)[0-9]{3}"
)
"""1200.000 and 0.000: only decimals stand so."""
_NEGATIVE = re.compile(r"[-−]\s?[0-9]|\([0-9.,]+\)$")
NOT_WHOLE = Unreadable("not a whole number")


def read_number(text: str, decimal_signs: Callable[[], frozenset[str]] = frozenset) -> int | Unreadable:
    """Return a count, or why it cannot be read.

    Groups of three may be parted by commas, dots, blanks or apostrophes (1,234 and 1.234 are the same), Indian ones by
    commas (1,25,000); decimals may only be zeros (1.0). A word behind it, or "~" before it, is passed over.

    Args:
        text: not blank.
        decimal_signs: asked for a number such as 1.234: the signs before decimals in its column.
    """
    text = text.strip()
    match = _COUNT.fullmatch(text)
    if match is None:
        return Unreadable("a negative count") if _NEGATIVE.match(text) else NOT_WHOLE
    digits = match["plain"] or match["indian"] or match["grouped"]
    one = None if match["decimals"] else _AMBIGUOUS.fullmatch(digits)
    if one and one[1] in decimal_signs():
        digits, _, decimals = digits.partition(one[1])
        if decimals.strip("0"):
            return NOT_WHOLE
    digits = digits.replace(match["comma"] or ",", "")
    if len(digits) > 4000 or int(digits) > _LARGEST:
        return Unreadable("too large a number")
    return int(digits)


def decimal_sign(text: str) -> str:
    """Return the sign before decimals in a number that can have nothing else there; '' for any other text."""
    match = _DECIMAL.fullmatch(text.strip())
    return (match[1] or match[2]) if match else ""


def is_ambiguous(text: str) -> bool:
    """Return whether a number has one sign before three figures: groups, or decimals?"""
    return _AMBIGUOUS.fullmatch(text.strip()) is not None
