"""Who is at work: the login name that imports, runs, exports and schedules keep."""

from __future__ import annotations

import os
import pwd


def login_name() -> str:
    """Return the login name of the person whose rights this process has; their number where they have no name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def sudo_user() -> str | None:
    """Return who became this person by sudo; None where nobody did."""
    before = os.environ.get("SUDO_USER", "")
    return before if before and before.isprintable() and before != login_name() else None


def by_words(by: str, sudo_by: str | None) -> str:
    """Return who did something, in words: `ann`, or `root (ann by sudo)`."""
    return f"{by} ({sudo_by} by sudo)" if sudo_by else by


def is_another(by: str | None, sudo_by: str | None) -> bool:
    """Return whether it was somebody else who did it, as far as is known."""
    return by is not None and (by, sudo_by) != (login_name(), sudo_user())
