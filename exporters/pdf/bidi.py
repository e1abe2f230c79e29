"""Text that runs from right to left: its letters joined, and in the order in which they stand on the page.

PDF draws characters from left to right, each as it is. This is Unicode's bidirectional algorithm (UAX 9) as far as the
value of a cell needs it: no embeddings (their controls are never drawn), a line at a time.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby

_LAM = "\u0644"
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visual(line: str) -> str:
    """Return a line as it is drawn from left to right; lines without such letters come back as they are."""
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in line):
        return line
    return _reordered(_joined(line))


def _reordered(line: str) -> str:
    """Turn what runs from right to left round, and the numbers within it back again.

    Marks come before their letter then, where the fonts of these scripts draw them over it.
    """
    classes = [_direction(char) for char in line]
    base = next(kind for kind in classes if kind in "RL")
    levels = _levels(classes, base)
    chars = [char.translate(_MIRRORED) if level % 2 else char for char, level in zip(line, levels, strict=True)]
    order = list(range(len(chars)))
    for level in range(max(levels), 0, -1):
        turned: list[int] = []
        for deep, part in groupby(order, key=lambda place: levels[place] >= level):
            places = list(part)
            turned += places[::-1] if deep else places
        order = turned
    return "".join(chars[place] for place in order)


def _direction(char: str) -> str:
    """Return L, R, D (a digit), M (a mark) or N (neutral)."""
    kind = unicodedata.bidirectional(char)
    return {"AL": "R", "EN": "D", "AN": "D", "NSM": "M"}.get(kind, kind if kind in ("L", "R") else "N")


def _levels(classes: list[str], base: str) -> list[int]:
    """Return how often each character is turned round: odd from right to left, even from left to right."""
    resolved = _resolved(classes, base)
    if base == "R":
        return [1 if kind == "R" else 2 for kind in resolved]
    return [{"R": 1, "D": 2}.get(kind, 0) for kind in resolved]


def _resolved(classes: list[str], base: str) -> list[str]:
    """Give neutrals the direction of both their neighbours, else of the line, and marks that of their letter."""
    kinds: list[str] = []
    strong = base
    for kind in classes:
        if kind == "M":
            kinds.append(kinds[-1] if kinds else base)
            continue
        strong = kind if kind in "LR" else strong
        kinds.append("L" if kind == "D" and strong == "L" else kind)
    for start, stop in _neutral_spans(kinds):
        before = kinds[start - 1] if start else base
        after = kinds[stop] if stop < len(kinds) else base
        sides = {"R" if side == "D" else side for side in (before, after)}
        between_digits = before == after == "D" and stop - start == 1
        kinds[start:stop] = ["D" if between_digits else sides.pop() if len(sides) == 1 else base] * (stop - start)
    return kinds


def _neutral_spans(kinds: list[str]) -> list[tuple[int, int]]:
    """Return where neutral characters stand together, as (start, stop)."""
    spans: list[tuple[int, int]] = []
    place = 0
    for neutral, part in groupby(kinds, key=lambda kind: kind == "N"):
        length = len(list(part))
        if neutral:
            spans.append((place, place + length))
        place += length
    return spans


def _joined(line: str) -> str:
    """Return Arabic letters in the forms that join them to their neighbours."""
    shapes: list[str] = []
    for place, char in enumerate(line):
        if char not in _forms():
            shapes.append(char)
            continue
        before, after = _neighbour(line, place, -1), _neighbour(line, place, 1)
        joins_before = "initial" in _forms().get(before, ()) and "final" in _forms()[char]
        joins_after = "initial" in _forms()[char] and "final" in _forms().get(after, ())
        form = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
            (joins_before, joins_after), "isolated"
        )
        shapes.append(_forms()[char].get(form, char))
    return _with_ligatures(line, shapes)


def _with_ligatures(line: str, shapes: list[str]) -> str:
    """Draw Lam and the Alef behind it as one, which the script demands."""
    for place in range(len(line) - 1):
        pair = line[place : place + 2]
        if pair[0] == _LAM and pair in _forms():
            after_a_letter = shapes[place] == _forms()[_LAM]["medial"]
            shapes[place : place + 2] = [_forms()[pair]["final" if after_a_letter else "isolated"], ""]
    return "".join(shapes)


def _neighbour(line: str, place: int, step: int) -> str:
    """Return the next character in a direction, or an empty text. Marks do not part a letter from its neighbours."""
    place += step
    while 0 <= place < len(line):
        if unicodedata.category(line[place]) != "Mn":
            return line[place]
        place += step
    return ""


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return for each Arabic letter, and for Lam with Alef, its shapes by place, as Unicode's own table has them."""
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *points = unicodedata.decomposition(chr(code)).split()
        letter = "".join(chr(int(point, 16)) for point in points)
        forms.setdefault(letter, {})[kind.strip("<>")] = chr(code)
    return forms
