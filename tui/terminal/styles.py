"""Styles as the terminal knows them: the parameters of an SGR sequence, such as "1;31"; "" is plain text."""

from __future__ import annotations

from functools import lru_cache

_SEEN_ON_BLANKS = {"4", "5", "7", "9", "21", "53"}
"""Underline, blinking, reverse, struck through, twice underlined, overlined: a blank in these is no plain blank."""
_DEFAULT_COLOURS = {"39", "49"}
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends a mark; the others are ended by making all plain."""


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


@lru_cache(1024)
def is_ground(style: str) -> bool:
    """Return whether a style is a background and nothing else: what erasing can leave behind."""
    return of_blank(style) == style and not _SEEN_ON_BLANKS.intersection(_parts(style))


@lru_cache(4096)
def change(before: str, after: str) -> str:
    """Return the shortest SGR parameters that bring the terminal from one style to another."""
    whole = f"0;{after}" if after else ""
    old, new = set(_parts(before)), set(_parts(after))
    ends = [_end_of(part) for part in old - new if not _is_replaced(part, new)]
    if None in ends or ("22" in ends and {"1", "2"} & new):
        return whole
    little = ";".join([*sorted(filter(None, set(ends))), *(part for part in _parts(after) if part and part not in old)])
    return min(whole, little, key=len) if little else whole


def _end_of(part: str) -> str | None:
    """Return what ends one part of a style; '' for nothing to end, None where only plain text does."""
    if not part:
        return ""
    if _is_colour(part, background=False):
        return "39"
    return "49" if _is_colour(part, background=True) else _ENDS.get(part)


def _is_replaced(part: str, new: set[str]) -> bool:
    """Return whether another colour takes the place of this one."""
    return any(
        _is_colour(part, background=background) and any(_is_colour(other, background=background) for other in new)
        for background in (False, True)
    )


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
