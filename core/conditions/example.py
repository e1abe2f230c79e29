"""A condition to show how one is written, of columns that are there."""

from __future__ import annotations

from collections.abc import Sequence

from core.query.columns import Column

_COMPARED = {
    "list_size": "list_size > 500",
    "days_to_go": "days_to_go <= 30",
    "days_ago": "days_ago <= 30",
    "difference": "difference < -100",
}
_CONTAINED = {"company": "company ~ cafe", "username": "username ~ cafe"}


def example(columns: Sequence[Column]) -> str:
    """Return a condition on two of these columns, where they have any that are often asked for."""
    keys = [column.key for column in columns]
    parts = [next((words for key, words in known.items() if key in keys), "") for known in (_COMPARED, _CONTAINED)]
    return " and ".join(filter(None, parts))
