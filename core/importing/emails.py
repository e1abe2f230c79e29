"""E-mail addresses as files have them: as links, with a name before them, several in one cell, or hidden."""

from __future__ import annotations

import re

_MAILTO = re.compile(r"mailto:\s*", re.IGNORECASE)
_QUERY = re.compile(r"\?[a-z]+=.*$", re.IGNORECASE)
_ANGLE = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_PARTING = re.compile(r"[\s,;/|]+(?:and\s+|or\s+)?")
_HIDDEN = re.compile(r"\[?email\s*protected\]?|\[e-?mail\s+hidden\]", re.IGNORECASE)


def read_address(text: str) -> tuple[str, int]:
    """Return the first address of a text, and how many there are; a text without one comes back as it is, as 1.

    *mailto:*, angle brackets and the name before them come off.
    """
    bare = _QUERY.sub("", _MAILTO.sub(" ", text)) if ":" in text else text
    found = _ANGLE.findall(bare) or [piece for piece in _PARTING.split(bare) if "@" in piece[1:-1]]
    if not found:
        return text, 1
    addresses = [piece.strip("<>()[]\"'.,;") for piece in found]
    if (
        len(addresses) == 1
        and not _ANGLE.search(bare)
        and addresses[0] != bare.strip("<>()[]\"'.,; ")
        and " " in bare.strip()
    ):
        return text, 1  # words around an address: kept as they came
    return addresses[0], len(addresses)


def is_hidden(text: str) -> bool:
    """Return whether a text is what pages show in place of an address: "[email protected]"."""
    return _HIDDEN.fullmatch(text.strip().replace("\u00a0", " ")) is not None
