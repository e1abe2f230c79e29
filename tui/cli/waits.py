"""Waiting for somebody else who writes the database: said at once, and not for ever."""

from __future__ import annotations

from core.database import is_written_by
from tui.cli.talk import say

LONGEST = 30.0
"""Seconds that a command waits."""


class Waits:
    """Watches the waits of a command; see `db.transaction.watching_waits`."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, who: str, seconds: float) -> None:
        """Say for whom the command waits, once.

        Raises:
            WorkFailed: it has waited long enough.
        """
        if seconds > LONGEST:
            raise is_written_by(who)
        if self._said != who:
            self._said = who
            say(f"Waiting for {who}, who is writing the database …")
