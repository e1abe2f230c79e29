"""What a person may call the things that are kept under a name: views, lists, mappings."""

from __future__ import annotations

from core.errors import WrongUse
from core.text.terminal_text import neutral

MAX_LENGTH = 80
"""Characters of a name."""


def checked_name(text: str, what: str, example: str) -> str:
    """Return `text` as a name, outer blanks taken off.

    Args:
        text: as a person gave it.
        what: what is to be called so, such as "view".
        example: a name that would do.

    Raises:
        WrongUse: it is empty, too long, or cannot be shown.
    """
    name = text.strip()
    if not name:
        raise WrongUse(f"A {what} needs a name.", f"Give one, such as: {example}")
    if len(name) > MAX_LENGTH:
        raise WrongUse(f"The name has {len(name):,} characters, and {MAX_LENGTH} at most are kept.", "Shorten it.")
    if neutral(name) != name:
        raise WrongUse("The name holds control characters or bytes that are no text.", "Type it anew.")
    return name
