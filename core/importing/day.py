"""The day that a file tells of: given, found in its name, or today (insight.md 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from core.clock import today
from core.errors import Step, WorkFailed

Dated = date | Literal["name"] | None
"""What a person says of the day: itself, that the file's name has it, or nothing, which means today."""

_DAY_IN_NAME = re.compile(r"(?=(?<!\d)(\d{4})([-_]?)(\d{2})\2(\d{2}))")


def day_in_name(name: str) -> date | None:
    """Return the first YYYY-MM-DD, YYYY_MM_DD or YYYYMMDD in a file's name that is a date; None where there is none."""
    for year, _, month, day in _DAY_IN_NAME.findall(name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def proposed_day(file: Path) -> date | None:
    """Return the day that a file's name proposes: not one that is still to come; None where there is none."""
    day = day_in_name(file.name)
    return day if day and day <= today() else None


def day_of(file: Path, dated: Dated) -> date:
    """Return the day that a file tells of.

    Raises:
        WorkFailed: the day is after today, or is to be in the file's name and is not.
    """
    day = day_in_name(file.name) if dated == "name" else dated or today()
    if day is None:
        raise WorkFailed(
            f"The name of {file.name} has no day in it, such as 2026-03-02; nothing was changed.",
            Step.SAY_DAY(),
        )
    if day > today():
        raise WorkFailed(
            f"{file.name} cannot tell of {day}: that day is still to come, today is {today()}; nothing was changed.",
            Step.GIVE_DAY_MADE(),
        )
    return day


def in_order_of_days(files: Sequence[Path], dated: Dated) -> list[Path]:
    """Return files in the order in which they are to be imported: of their days, ties as given.

    Raises:
        WorkFailed: see `day_of`.
    """
    return sorted(files, key=lambda file: day_of(file, dated))
