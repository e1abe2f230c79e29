"""What a cell shows: a value as one line of text that is as wide as every terminal thinks it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

from core.query.columns import Column, Value
from core.text.signs import sign_of
from core.text.terminal_text import neutral
from tui.bars import bar

ELLIPSIS = "…"
NO_SIGN = " "

# Terminals disagree on how wide these make the character beside them: emoji joiners and presentation selectors, skin
# tones, soft hyphens, invisible format characters, tags. A table leaves them out, so that every right edge lines up.
_UNSTEADY = re.compile("[\u00ad\u200b\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]")
# A flag is two of these, and two or four cells wide: the table shows the letters they stand for.
_FLAG_LETTERS = {0x1F1E6 + offset: chr(ord("A") + offset) for offset in range(26)}


def shown(value: Value, column: Column) -> str:
    """Return what a cell shows for `value`: as its kind does, text harmless, a word of few kinds behind its sign."""
    text = steady(column.kind.show(value))
    if not column.has_badges or not text:
        return text
    sign = sign_of(column.key, value)
    return f"{sign.sign if sign else NO_SIGN} {text}"


def steady(text: str) -> str:
    """Return `text` as one harmless line whose width in cells all terminals agree on."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSTEADY.sub("", neutral(text)).translate(_FLAG_LETTERS)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` in exactly `width` cells: padded, or cut on a character's border with an ellipsis.

    `right` puts it to the right, as numbers stand.
    """
    length = cell_len(text)
    if length > width:
        text = _cut(text, width)
        length = cell_len(text)
    padding = " " * (width - length)
    return padding + text if right else text + padding


def fit_value(value: Value, column: Column, width: int) -> str:
    """Return a value's cell, exactly `width` cells wide. A number that does not fit is never shown in part."""
    text = shown(value, column)
    if column.is_number and cell_len(text) > width:
        text = ELLIPSIS
    return fit(text, width, right=column.is_number)


def with_bar(text: str, length: float) -> str:
    """Return a number's cell with a bar in the room before the number, as long as `length` says: 1 fills it."""
    room = len(text) - len(text.lstrip()) - 1
    return f"{bar(round(1000 * length), 0, 1000, room):{room}}{text[room:]}" if room > 0 else text


def _cut(text: str, width: int) -> str:
    """Return the whole characters of `text` that leave room for an ellipsis, and the ellipsis."""
    kept: list[str] = []
    room = width - cell_len(ELLIPSIS)
    if room < 0:
        return ""
    for cluster in _clusters(text):
        room -= cell_len(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept) + ELLIPSIS


def _clusters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one character: a base with the marks that belong to it."""
    start = 0
    for index, char in enumerate(text):
        if index > start and not unicodedata.category(char).startswith("M"):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]
