"""A portal's All Accounts Summary: no list, but a check of our own counts (domain: Where the accounts come from)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.importing.counts import read_number
from core.importing.heading_words import heading_key
from core.importing.table import Cells, Table
from core.text.vocabulary import STATUS_WORDS, squeeze, status_letter
from db.complete_list import IN_PARTNERSHIP

_STATUS = ("status", "accountstatus", "billingstatus")
_MANAGED = ("managed", "managedaccounts")
_REFERRED = ("referred", "unmanaged", "referredaccounts", "unmanagedaccounts")
_OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Compared:
    """One status: what the portal counts, and what we do. None where the file does not say."""

    status: str
    managed: int | None
    referred: int | None
    here_managed: int
    here_referred: int

    def to_json(self) -> dict[str, object]:
        """Return what `import --json` says of it."""
        return asdict(self)

    def line(self) -> str:
        """Return it as a sentence."""
        pairs = [("managed", self.managed, self.here_managed), ("referred", self.referred, self.here_referred)]
        parts = [
            f"{name}: the portal says {there:,}, here are {here:,}: {_difference(here - there)}"
            for name, there, here in pairs
            if there is not None
        ]
        return f"{self.status}, {'; '.join(parts)}." if parts else f"{self.status}: the portal says nothing."


def is_summary(headings: Sequence[str]) -> bool:
    """Return whether headings are those of a summary: statuses by managed and referred."""
    keys = {heading_key(text) for text in headings}
    return bool(keys & set(_MANAGED) and keys & set(_REFERRED)) and len(keys - {""}) <= 6


def compare(table: Table, connection: sqlite3.Connection, day: str) -> list[Compared]:
    """Return the statuses of a summary beside our own counts of the accounts in the partnership on a day."""
    keys = [heading_key(text) for text in table.headings]
    managed = next(at for at, key in enumerate(keys) if key in _MANAGED)
    referred = next(at for at, key in enumerate(keys) if key in _REFERRED)
    status = next((at for at, key in enumerate(keys) if key in _STATUS), 0)
    here = _here(connection, day)
    compared = []
    for _, row in table.rows():
        word = _word(str(row[status])) if status < len(row) else ""
        if word:
            counts = here[word]
            compared.append(
                Compared(word, _number(row, managed), _number(row, referred), counts["managed"], counts["referred"])
            )
    return compared


def _word(text: str) -> str:
    """Return the status that a row counts, as our own summary has it; '' for totals and lines of words."""
    letter = status_letter(text)
    if letter:
        return STATUS_WORDS[letter]
    return _OTHER if squeeze(text) == "other" else ""


def _number(row: Cells, at: int) -> int | None:
    cell = row[at] if at < len(row) else ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    value = read_number(text) if text.strip() else None
    return value if isinstance(value, int) else None


def _here(connection: sqlite3.Connection, day: str) -> dict[str, Counter[str]]:
    """Count the accounts in the partnership by status and type."""
    counts: dict[str, Counter[str]] = {word: Counter() for word in (*STATUS_WORDS.values(), _OTHER)}
    rows = connection.execute(
        "SELECT a.status, a.relationship, count(*) FROM accounts AS a"
        f" WHERE {IN_PARTNERSHIP.format(day=':day')} GROUP BY 1, 2",
        {"day": day},
    )
    for letter, relationship, count in rows:
        counts[STATUS_WORDS.get(letter, _OTHER)][relationship or "unknown"] += count
    return counts


def _difference(more: int) -> str:
    if not more:
        return "the same"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'}"
