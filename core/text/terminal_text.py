"""Text on its way to a terminal: nothing in it may act there (faults C14, C15).

Imported text is stored as it came and made harmless here, at the edge. What is shown for a character stands for it
visibly: ESC as ␛, a bidirectional override as �.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
_UNSAFE = re.compile(r"[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff]")
"""Anything but the plain Latin that is known to be safe: most text is passed without a second look."""


def neutral(text: str) -> str:
    """Return `text` as one line that a terminal shows and does not obey.

    Control characters become their pictures (U+2400 …), line ends and TAB a blank; C1 controls, bidirectional
    controls, surrogates, private and unassigned characters become U+FFFD. Emoji newer than Python's Unicode table
    pass, and so do the joiners and variation selectors that emoji and scripts need.
    """
    if _UNSAFE.search(text) is None:
        return text
    return "".join(map(_shown, text))


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    """Return what stands for one character."""
    code = ord(char)
    if code in _SPACES:
        return " "
    if code in _PICTURES:
        return _PICTURES[code]
    if code in _BIDI:
        return "\ufffd"
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Co") or (category == "Cn" and code < 0x1F000):
        return "\ufffd"
    return char
