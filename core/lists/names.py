"""What a list may be called."""

from __future__ import annotations

from core.errors import WrongUse
from core.lists.built_in import BUILT_IN
from core.text import names


def checked_name(text: str) -> str:
    """Return `text` as a list's name: outer blanks taken off, and nothing that could be taken for something else.

    Whether another list of the person's has it already is not looked at here.

    Raises:
        WrongUse: it is empty, too long, looks like a path or an option, cannot be shown, or is a built-in list's.
    """
    name = names.checked_name(text, "list", "Open without a list")
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
