"""Texts on their way to a file: a whole column is searched at once, and what the file cannot hold is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from string import ascii_letters, digits

from core.text.vocabulary import count_of

EDGE = "\0"
"""Stands before each text of a joined column; no file holds it."""
REPLACEMENT = "\ufffd"
PLAIN = (ascii_letters + digits + " ,.:/%-").encode()
"""What dates and numbers are made of. A database that others have written may hold any text in their place, which is
then treated as text; whether a column has any is seen at once."""


class Replacer:
    """Puts U+FFFD for every character that a kind of file cannot hold, and counts them (promise P4)."""

    def __init__(self, forbidden: str, label: str) -> None:
        """Take the characters, beside NUL, as they stand in a regular expression's brackets, and the format's label."""
        self._forbidden = re.compile(f"[{forbidden}]")
        self._label = label
        self._count = 0

    def __call__(self, text: str) -> str:
        """Return a text or a joined column without forbidden characters."""
        cleaned, count = self._forbidden.subn(REPLACEMENT, text)
        self._count += count
        return cleaned

    def without_nul(self, text: str) -> str:
        """Return a text without NUL."""
        self._count += text.count(EDGE)
        return text.replace(EDGE, REPLACEMENT)

    def notes(self) -> list[str]:
        """Return what is to be said of them: nothing, or one sentence."""
        if not self._count:
            return []
        what = count_of(self._count, "character", "characters")
        return [f"{what} that no {self._label} file can hold: shown as {REPLACEMENT}."]


def edited(texts: Sequence[str | None], edit: Callable[[str], str], replacer: Replacer) -> list[str]:
    """Return a column's texts, unknown ones empty, after `edit` was applied to all of them at once.

    `edit` is given the texts joined, an EDGE before each. Most columns come back as they were, and are not even
    taken apart again: that is what makes long files quick.
    """
    fields = [text or "" for text in texts]
    joined = EDGE + EDGE.join(fields)
    if joined.count(EDGE) > len(fields):
        return edited([replacer.without_nul(field) for field in fields], edit, replacer)
    ready = edit(joined)
    return fields if ready == joined else ready[1:].split(EDGE)
