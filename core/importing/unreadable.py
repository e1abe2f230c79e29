"""What stands in place of a value that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell rejects its row, as the end of a sentence: "no such day"."""

    reason: str
