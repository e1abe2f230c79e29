"""A portal's All Accounts Summary: no list, but a check of our own counts (domain: Where the accounts come from)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.importing.counts import read_number
from core.importing.heading_words import heading_key
from core.importing.notes import Note
from core.importing.table import Cells, Table
from core.text.vocabulary import STATUS_WORDS, squeeze, status_letter
from db.complete_list import IN_PARTNERSHIP, GoneAccount, last_complete, not_in_list

_STATUS = ("status", "accountstatus", "billingstatus")
_MANAGED = ("managed", "managedaccounts")
_REFERRED = ("referred", "unmanaged", "referredaccounts", "unmanagedaccounts")
_OTHER = "Other"
NOT_LISTED = "not_in_complete_list"
"""The kind of a note; the sentence of the comparison says the same."""
_NAMED = 5
"""How many accounts a sentence names."""


@dataclass(frozen=True, slots=True)
class NotListed:
    """Accounts of one status and type that the last complete list did not name: of what we have too many."""

    file: str
    """That list's."""
    accounts: Sequence[GoneAccount]

    def words(self) -> str:
        """Return who they are, in a part of a sentence."""
        if not self.accounts:
            return f"the last complete list ({self.file}) names all of them"
        names = [" ".join(filter(None, account)) for account in self.accounts[:_NAMED]]
        more = f" and {len(self.accounts) - _NAMED:,} more" if len(self.accounts) > _NAMED else ""
        return f"not in the last complete list ({self.file}): {', '.join(names)}{more}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One status: what the portal counts, and what we do. None where the file does not say."""

    status: str
    managed: int | None
    referred: int | None
    here_managed: int
    here_referred: int
    not_listed: Mapping[str, NotListed] = field(default_factory=dict)
    """By Account Type, where we count more than the portal and there is a complete list."""

    @property
    def counts(self) -> dict[str, tuple[int | None, int]]:
        """By Account Type, what the portal counts and what we do."""
        return {"managed": (self.managed, self.here_managed), "referred": (self.referred, self.here_referred)}

    def to_json(self) -> dict[str, object]:
        """Return what `import --json` says of it."""
        return {
            "status": self.status,
            "managed": self.managed,
            "referred": self.referred,
            "here_managed": self.here_managed,
            "here_referred": self.here_referred,
        }

    def surplus(self) -> list[str]:
        """Return the Account Types of which we count more than the portal."""
        return [name for name, (there, here) in self.counts.items() if there is not None and here > there]

    def line(self) -> str:
        """Return it as a sentence."""
        parts = []
        for name, (there, here) in self.counts.items():
            if there is not None:
                listed = self.not_listed.get(name)
                words = f"; {listed.words()}" if listed else ""
                said = f"the portal says {there:,}, here are {here:,}: {_difference(here - there)}"
                parts.append(f"{name}: {said}{words}")
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
            one = Compared(word, _number(row, managed), _number(row, referred), counts["managed"], counts["referred"])
            compared.append(replace(one, not_listed=_not_listed(one, connection, day)))
    return compared


def _not_listed(one: Compared, connection: sqlite3.Connection, day: str) -> dict[str, NotListed]:
    """Find whom of a status the portal's last complete list did not name, where we count more than the portal."""
    found = {}
    letters = [letter for letter, word in STATUS_WORDS.items() if one.status in (word, _OTHER)]
    for name in one.surplus():
        last = last_complete(connection, name)
        if last:
            has_other = one.status == _OTHER
            accounts = not_in_list(connection, last[0], day, name, letters, has_other=has_other)
            found[name] = NotListed(last[1], accounts)
    return found


def notes_of(compared: Sequence[Compared]) -> Iterator[Note]:
    """Yield whom the last complete list did not name, for programs; and that there is none, where that is so."""
    for one in compared:
        for name, listed in one.not_listed.items():
            if listed.accounts:
                text = f"{one.status}, {name}, {listed.words()}."
                yield Note(NOT_LISTED, text, len(listed.accounts))
    if any(name not in one.not_listed for one in compared for name in one.surplus()):
        yield Note("no_complete_list", "No complete list was imported that would tell which ones the portal lacks.")


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
