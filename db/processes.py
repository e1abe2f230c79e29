"""Whether a process that once noted its number still runs: here it is looked at, on another host nobody can."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta


def is_alive(process: int) -> bool:
    """Return whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def is_over(process: int, host: str | None, since: datetime, longest: timedelta) -> bool:
    """Return whether a process is to be taken for gone.

    Args:
        process: its number.
        host: the machine it runs on, as `os.uname` names it; None where that was not kept: this one.
        since: when it noted that; aware.
        longest: how long a process on another host is believed to run.
    """
    if host in (None, os.uname().nodename):
        return not is_alive(process)
    return datetime.now(UTC) - since > longest
