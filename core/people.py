"""Who is at work, and where: for the floors above."""

from __future__ import annotations

import os
import re

from db.people import by_words, is_another, login_name, sudo_user

__all__ = ["by_words", "host_name", "is_another", "login_name", "sudo_user"]


def host_name() -> str:
    """Return this machine's name as addresses may hold it."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", os.uname().nodename).strip(".-") or "localhost"
