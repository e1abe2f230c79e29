"""Cells that cannot be read, and the rows that are left out of an import for them."""

from __future__ import annotations

from dataclasses import dataclass

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in place of a value that cannot be read."""

    reason: str
    """Why its cell rejects the row, as the end of a sentence: "no such day"."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Which row, and the first thing in it that is wrong."""

    row: int
    """Its number as a spreadsheet shows it; the heading row counts."""
    column: str
    """The heading as the file has it; '' where the whole row is wrong."""
    value: str
    """What stands there, cut to a length that can be shown."""
    reason: str
    """Why it cannot be read, as the end of a sentence: "no such day"."""


def shown(value: object) -> str:
    """Return a cell's value as a message shows it: at most 80 characters, cut ones end with '…'.

    What workbooks hold is shown as a person sees it there: -1, not -1.0, and TRUE, not True.
    """
    if isinstance(value, float):
        text = format(value, ".15g")
    elif isinstance(value, bool):
        text = str(value).upper()
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
