"""In which order the characters of a line are drawn: Unicode's bidirectional algorithm (UAX 9).

PDF draws glyphs from left to right. The controls of direction are never drawn here, so a line is one run of the
algorithm: rules W1 to W7 (numbers), N0 to N2 (brackets and neutrals), I1 and I2 (levels), L1 and L2 (order) are all
that apply. The names of the rules stand beside their lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

_SAME_BRACKET = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that mean the same as others."""
_FAR_PAIRS = {"[": "]", "{": "}", "［": "］", "｛": "｝", "\u298d": "\u2990", "\u298f": "\u298e"}
"""Brackets whose other half is not the next character of Unicode."""
_MOST_OPEN = 63
"""Brackets that may be open at once (BD16)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn in one direction."""

    text: str
    is_rtl: bool


def visual_runs(line: str) -> list[Run]:
    """Return the runs of a line in the order in which they stand from left to right, each as it is read."""
    levels = embedding_levels(line)
    runs = [
        (level, "".join(char for char, _ in part))
        for level, part in groupby(zip(line, levels, strict=True), key=lambda pair: pair[1])
    ]
    return [Run(runs[place][1], runs[place][0] % 2 == 1) for place in visual_order([level for level, _ in runs])]


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return which thing of these levels stands where, from left to right (L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        turned: list[int] = []
        for deep, part in groupby(order, key=lambda place: levels[place] >= level):
            places = list(part)
            turned += places[::-1] if deep else places
        order = turned
    return order


def embedding_levels(line: str) -> list[int]:
    """Return each character's level: odd from right to left, even from left to right."""
    kinds = [unicodedata.bidirectional(char) or "L" for char in line]
    base = next((0 if kind == "L" else 1 for kind in kinds if kind in ("L", "R", "AL")), 0)
    places = [place for place, kind in enumerate(kinds) if kind != "BN"]  # joiners follow their neighbour (X9)
    resolved = _resolved([line[place] for place in places], [kinds[place] for place in places], "RL"[base == 0])
    raised = {"L": (0, 2), "R": (1, 1), "EN": (2, 2), "AN": (2, 2)}  # I1, I2
    found = {place: raised[kind][base] for place, kind in zip(places, resolved, strict=True)}
    levels: list[int] = []
    for place in range(len(line)):
        levels.append(found.get(place, levels[-1] if levels else base))
    for place in reversed(range(len(line))):  # L1: blanks at the end stand where the line ends
        if kinds[place] not in ("WS", "BN", "S", "B"):
            break
        levels[place] = base
    return levels


def _resolved(chars: list[str], original: list[str], base: str) -> list[str]:
    """Return L, R, EN or AN for each character; `base` is the line's direction, L or R."""
    kinds = _numbers_resolved(original, base)
    for opened, closed in _bracket_pairs(chars, kinds):
        direction = _bracket_direction(kinds, opened, closed, base)
        if direction is None:
            continue
        for bracket in (opened, closed):
            kinds[bracket] = direction
            for mark in range(bracket + 1, len(kinds)):  # marks on a bracket follow it (N0, last clause)
                if original[mark] != "NSM":
                    break
                kinds[mark] = direction
    for start, stop in _neutral_spans(kinds):
        before = _direction(kinds[start - 1]) if start else base
        after = _direction(kinds[stop]) if stop < len(kinds) else base
        kinds[start:stop] = [before if before == after else base] * (stop - start)  # N1, N2
    return kinds


def _numbers_resolved(kinds: list[str], base: str) -> list[str]:
    """Return the kinds with marks, numbers and their separators settled (W1 to W7)."""
    kinds = list(kinds)
    for place, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[place] = kinds[place - 1] if place else base
    strong = base
    for place, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            kinds[place] = before
    for start, stop in _spans(kinds, {"ET"}):  # W5
        if (start and kinds[start - 1] == "EN") or (stop < len(kinds) and kinds[stop] == "EN"):
            kinds[start:stop] = ["EN"] * (stop - start)
    kinds = [kind if kind in ("L", "R", "EN", "AN") else "ON" for kind in kinds]  # W6, and all neutrals alike
    strong = base
    for place, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _bracket_pairs(chars: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, by the place of the first (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, char in enumerate(chars):
        if kinds[place] != "ON":
            continue
        bracket = _SAME_BRACKET.get(char, char)
        if bracket in _pairs():
            if len(opened) == _MOST_OPEN:
                return []
            opened.append((_pairs()[bracket], place))
            continue
        for depth in reversed(range(len(opened))):
            if opened[depth][0] == bracket:
                pairs.append((opened[depth][1], place))
                del opened[depth:]
                break
    return sorted(pairs)


def _bracket_direction(kinds: list[str], opened: int, closed: int, base: str) -> str | None:
    """Return the direction of a pair of brackets by what stands in them and before them; None for neither (N0)."""
    inside = {_direction(kind) for kind in kinds[opened + 1 : closed] if kind != "ON"}
    if base in inside:
        return base
    if not inside:
        return None
    before = next((_direction(kind) for kind in reversed(kinds[:opened]) if kind != "ON"), base)
    return before if before in inside else base


def _direction(kind: str) -> str:
    """Return L or R for a kind that has a direction; numbers count as R."""
    return "L" if kind == "L" else "R"


def _neutral_spans(kinds: list[str]) -> list[tuple[int, int]]:
    return list(_spans(kinds, {"ON"}))


def _spans(kinds: list[str], wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where such kinds stand together, as (start, stop)."""
    place = 0
    for found, part in groupby(kinds, key=lambda kind: kind in wanted):
        length = len(list(part))
        if found:
            yield place, place + length
        place += length


@cache
def _pairs() -> dict[str, str]:
    """Return each opening bracket with the one that closes it."""
    openers = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Ps")
    brackets = [char for char in openers if unicodedata.mirrored(char) and unicodedata.bidirectional(char) == "ON"]
    return {_SAME_BRACKET.get(char, char): _FAR_PAIRS.get(char, chr(ord(char) + 1)) for char in brackets} | {
        "\u3008": "\u3009"
    }
