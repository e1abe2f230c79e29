"""Whether a process still runs: for the floors above."""

from __future__ import annotations

from db.processes import is_alive

__all__ = ["is_alive"]
