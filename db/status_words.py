"""The letters that a person gave to the vendor's own words of status (domain rule 3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def load(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the letter of each word, by the word as it is compared."""
    return dict(connection.execute("SELECT word_key, letter FROM status_words"))


def put(connection: sqlite3.Connection, words: Mapping[str, tuple[str, str]]) -> None:
    """Keep words by their keys, each with how it is written and its letter; inside the caller's transaction."""
    rows = [(key, word, letter) for key, (word, letter) in words.items()]
    connection.executemany("INSERT OR REPLACE INTO status_words (word_key, word, letter) VALUES (?, ?, ?)", rows)
