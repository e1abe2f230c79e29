"""Columns found by some of their letters."""

from __future__ import annotations

from collections.abc import Sequence

from core.query.columns import Column

Rank = tuple[int, int]
"""How near a name is: kind of likeness, then distance; the least is the nearest."""


def columns_like(text: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns whose key or title has the letters of `text` in their order, the nearest first.

    Nearest is what begins with them; then what has a word that does; then what has them as beginnings of its words,
    such as "lcs" or "la ca" of Last Campaign Sent; then what contains them; then what has the fewest between them.
    """
    wanted = " ".join(text.casefold().replace("_", " ").split())
    ranked = [(rank, column) for column in columns if (rank := _rank_of(wanted, column)) is not None]
    return [column for _, column in sorted(ranked, key=lambda found: found[0])]


def _rank_of(wanted: str, column: Column) -> Rank | None:
    ranks = [_rank(wanted, name) for name in (column.title.casefold(), column.key.replace("_", " "))]
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank(wanted: str, name: str) -> Rank | None:
    """Return how near a name is; None where a letter is missing."""
    if name.startswith(wanted):
        return 0, 0
    word = f" {name}".find(f" {wanted}")
    if word > 0:
        return 1, word
    letters = wanted.replace(" ", "")
    if _are_beginnings(letters, name.split()):
        return 2, 0
    place = name.find(wanted)
    if place >= 0:
        return 3, place
    return _scattered(letters, name)


def _are_beginnings(letters: str, words: Sequence[str]) -> bool:
    """Return whether letters are made of beginnings of words, in their order; words may be left out."""
    if not letters:
        return True
    for place, word in enumerate(words):
        for length in range(1, min(len(word), len(letters)) + 1):
            if not word.startswith(letters[:length]):
                break
            if _are_beginnings(letters[length:], words[place + 1 :]):
                return True
    return False


def _scattered(letters: str, name: str) -> Rank | None:
    at = first = name.find(letters[0])
    for letter in letters[1:]:
        if at < 0:
            return None
        at = name.find(letter, at + 1)
    return None if at < 0 else (4, at - first)
