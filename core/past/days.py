"""Days as accounts and the log of changes keep them."""

from __future__ import annotations

from datetime import date

from core.errors import Step, WorkFailed
from db.stored import day_of


def kept_day(text: object) -> date:
    """Return the day that a stored text is.

    Raises:
        WorkFailed: it is none: another program has written it, for an import takes in days alone.
    """
    day = day_of(text)
    if day is None:
        raise WorkFailed(
            "The accounts hold a date that is none: another program has changed them, and nothing can be computed.",
            Step.RESTORE_OR_IMPORT(),
        )
    return day
