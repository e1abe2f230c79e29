"""What a list may be called."""

from __future__ import annotations

from core.errors import WrongUse
from core.lists.built_in import BUILT_IN
from core.neutral import neutral

MAX_LENGTH = 80
"""Characters of a name."""


def checked_name(text: str) -> str:
    """Return `text` as a list's name: outer blanks taken off, and nothing that could be taken for something else.

    Whether another list of the person's has it already is not looked at here.

    Raises:
        WrongUse: it is empty, too long, looks like a path or an option, cannot be shown, or is a built-in list's.
    """
    name = text.strip()
    if not name:
        raise WrongUse("A list needs a name.", "Give one, such as: Open without a list")
    if len(name) > MAX_LENGTH:
        raise WrongUse(f"The name has {len(name):,} characters, and {MAX_LENGTH} at most are kept.", "Shorten it.")
    if neutral(name) != name:
        raise WrongUse("The name holds control characters or bytes that are no text.", "Type it anew.")
    if "/" in name or "\\" in name or name[0] in ".~-":
        raise WrongUse(
            f"The name '{name}' looks like a path or an option.",
            "Leave out / and \\, and do not begin with a dot, ~ or -.",
        )
    if any(same_name(name, word) for built_in in BUILT_IN for word in (built_in.name, built_in.key)):
        raise WrongUse(f"'{name}' is a built-in list.", "Choose another name.")
    return name


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: case does not count."""
    return one.strip().casefold() == other.strip().casefold()
