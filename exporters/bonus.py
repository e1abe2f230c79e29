"""How near a bonus is, as a picture: in the tracker a bar as long as the days to go, of all the days that it takes."""

from __future__ import annotations

from core.query.columns import Column, Value
from core.reports.new_account_bonus_tracker import BONUS_DAYS


def has_bar(column: Column) -> bool:
    """Return whether a column's cells carry such a bar."""
    return column.key == "days_to_go"


def length_of_bar(days_to_go: Value) -> float:
    """Return a bar's length, from 0 (earned, or nothing to go for) to 1 (upgraded today)."""
    return min(days_to_go / BONUS_DAYS, 1.0) if isinstance(days_to_go, int) else 0.0
