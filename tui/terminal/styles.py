"""Styles as the terminal knows them: the parameters of an SGR sequence, such as "1;31"; "" is plain text."""

from __future__ import annotations

from functools import lru_cache

_SEEN_ON_BLANKS = {"4", "5", "7", "9", "21", "53"}
"""Underline, blinking, reverse, struck through, twice underlined, overlined: a blank in these is no plain blank."""
_DEFAULT_COLOURS = {"39", "49"}


@lru_cache(1024)
def combined(before: str, parameters: str) -> str:
    """Return the style after an SGR sequence with these parameters."""
    kept = _parts(before) if before else []
    for part in _parts(parameters):
        if part in ("", "0"):
            kept = []
        elif part not in _DEFAULT_COLOURS:
            kept.append(part)
        else:
            kept = [old for old in kept if not _is_colour(old, background=part == "49")]
    return ";".join(kept)


@lru_cache(1024)
def of_blank(style: str) -> str:
    """Return what remains of a style on a blank: the background, or all of it where the blank itself is marked."""
    parts = _parts(style)
    if _SEEN_ON_BLANKS.intersection(parts):
        return style
    return ";".join(part for part in parts if _is_colour(part, background=True))


def _parts(parameters: str) -> list[str]:
    """Return the parameters, those of one colour ("38;5;12", "48;2;1;2;3") together."""
    numbers, parts = parameters.split(";"), []
    while numbers:
        count = 1
        if numbers[0] in ("38", "48") and len(numbers) > 1:
            count = {"5": 3, "2": 5}.get(numbers[1], 1)
        parts.append(";".join(numbers[:count]))
        del numbers[:count]
    return parts


def _is_colour(part: str, *, background: bool) -> bool:
    number = part.partition(";")[0]
    low, high = ("40", "100") if background else ("30", "90")
    return len(number) in (len(low), len(high)) and number[:-1] in (low[:-1], high[:-1])
