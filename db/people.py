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


def who() -> str:
    """Return who is at work, in words: `ann`, or `root (ann by sudo)`."""
    before = sudo_user()
    return f"{login_name()} ({before} by sudo)" if before else login_name()
