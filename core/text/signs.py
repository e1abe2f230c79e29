"""One sign and one colour for each status, NAB status, event, change and degree of risk, wherever it is shown.

The word always stands beside its sign, so nothing is told by sign or colour alone. Screens, HTML, PDF and XLS take both
from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says."""

    GOOD = "good"
    WAITING = "waiting"
    """Nothing is decided yet."""
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"
    """Neither good nor bad, or not known."""


@dataclass(frozen=True, slots=True)
class Colours:
    """A tone's colour as "#rrggbb", all of the 256 that terminals have: 4.5 to 1 or more on both grounds named."""

    on_dark: str
    """On #1c1c1c and darker."""
    on_light: str
    """On #eeeeee and lighter, and on paper."""


TONES: Mapping[Tone, Colours] = {
    Tone.GOOD: Colours("#87d787", "#005f00"),
    Tone.WAITING: Colours("#87d7ff", "#005f87"),
    Tone.WARNING: Colours("#ffd75f", "#875f00"),
    Tone.BAD: Colours("#ff8787", "#af0000"),
    Tone.QUIET: Colours("#bcbcbc", "#4e4e4e"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands before a word: one cell wide in every terminal, and in the fonts that files bring."""

    sign: str
    tone: Tone


_CANCELED = Sign("×", Tone.BAD)
_MOVED_OUT = Sign("→", Tone.WARNING)
_GONE = Sign("–", Tone.BAD)

SIGNS: Mapping[str, Mapping[str, Sign]] = {
    "status": {
        "Open": Sign("●", Tone.GOOD),
        "Trial": Sign("○", Tone.WAITING),
        "Expired Trial": Sign("▼", Tone.WARNING),
        "Canceled": _CANCELED,
    },
    "nab_status": {
        "Earned": Sign("●", Tone.GOOD),
        "Pending": Sign("○", Tone.WAITING),
        "Lost": _CANCELED,
        "Unknown": Sign("?", Tone.QUIET),
    },
    "event": {"Cancel": _CANCELED, "Move-out": _MOVED_OUT, "Gone": _GONE},
    "change": {
        "New": Sign("+", Tone.GOOD),
        "Upgraded": Sign("▲", Tone.GOOD),
        "Returned": Sign("●", Tone.GOOD),
        "Trial Expired": Sign("▼", Tone.WARNING),
        "Canceled": _CANCELED,
        "Moved Out": _MOVED_OUT,
        "Gone": _GONE,
        "List Grew": Sign("▲", Tone.GOOD),
        "List Shrank": Sign("▼", Tone.WARNING),
        "First Login": Sign("●", Tone.GOOD),
        "First Campaign": Sign("●", Tone.GOOD),
    },
}
"""By the key of the column, then by the word. A word that is not listed, such as a status of the vendor's, has none."""

HIGH_RISK = 6
"""Points of risk from which on it is high: two of the strongest reasons together (insight, section 7)."""
_RISK = Sign("◇", Tone.WARNING)
_HIGH_RISK = Sign("◆", Tone.BAD)


def signs_of(column: str) -> tuple[Sign, ...]:
    """Return the signs that values of the column with this key can have."""
    return (_RISK, _HIGH_RISK) if column == "risk" else tuple(dict.fromkeys(SIGNS.get(column, {}).values()))


def sign_of(column: str, value: str | float | None) -> Sign | None:
    """Return the sign of a value in the column with this key; None where it has none.

    Every value of the column `risk` has one: its rows are accounts with three points or more.
    """
    if column == "risk" and isinstance(value, int | float):
        return _HIGH_RISK if value >= HIGH_RISK else _RISK
    return SIGNS.get(column, {}).get(value) if isinstance(value, str) else None
