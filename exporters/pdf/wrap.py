"""Breaking a text into lines that fit a width. Nothing is lost but all blanks at a break but one.

That one stands at the end of the line, beyond the width: text that is copied or read aloud keeps its words apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

_WORDS = re.compile(r"\s*\S+|\s+$")
_PIECES = re.compile(r"[^@._/\\,;:&?=+-]*[@._/\\,;:&?=+-]+|[^@._/\\,;:&?=+-]+")
"""Where a word that is too long is best broken: behind its punctuation, as in an address."""
_CLUSTERS = re.compile(r".(?:[\u0300-\u036f\u200d\ufe00-\ufe0f]|(?<=\u200d).)*", re.DOTALL)
"""A character and the marks that belong to it."""


def wrap(text: str, limit: float, measure: Measure) -> list[str]:
    """Return the lines of `text`, each at most `limit` wide, if it has more than one character.

    Breaks of its own are kept; blanks are broken first, then punctuation within words, then anywhere.
    """
    return [line for paragraph in text.splitlines() or [""] for line in _filled(paragraph, limit, measure)]


def _filled(text: str, limit: float, measure: Measure) -> list[str]:
    """Return one paragraph as lines, each as full as possible."""
    if measure(text) <= limit:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for atom in _atoms(text, limit, measure):
        width = measure(atom)
        if used + width > limit:
            if line:
                lines.append(line + " " * atom[0].isspace())
            line = atom.lstrip()
            used = measure(line)
        else:
            line += atom
            used += width
    return [*lines, line]


def _atoms(text: str, limit: float, measure: Measure) -> Iterator[str]:
    """Yield the parts between which a line may break, words with the blanks before them."""
    for word in _WORDS.findall(text):
        if measure(word.lstrip()) <= limit:
            yield word
            continue
        for piece in _PIECES.findall(word):
            if measure(piece) <= limit:
                yield piece
            else:
                yield from _CLUSTERS.findall(piece)
