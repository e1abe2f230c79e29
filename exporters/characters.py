"""Characters that a kind of file cannot hold: replaced where they stand, counted, and said (promise P4)."""

from __future__ import annotations

import re

from core.words import count_of

REPLACEMENT = "\ufffd"


class Replacer:
    """Puts U+FFFD for every forbidden character, and counts them."""

    def __init__(self, forbidden: str, where: str) -> None:
        """Take the forbidden characters as the inside of a regular expression's brackets, and the format's label."""
        self._forbidden = re.compile(f"[{forbidden}]")
        self._where = where
        self.count = 0

    def __call__(self, text: str) -> str:
        """Return `text` without forbidden characters."""
        cleaned, count = self._forbidden.subn(REPLACEMENT, text)
        self.count += count
        return cleaned

    def notes(self) -> list[str]:
        """Return what is to be said of them: nothing, or one sentence."""
        if not self.count:
            return []
        what = count_of(self.count, "character was", "characters were")
        return [f"{what} replaced by {REPLACEMENT}, because {self._where} cannot hold them."]
