"""The notes that several reports carry."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from core.conditions.tree import columns_of
from core.query.request import Request
from core.reports.report import IN_PARTNERSHIP, Source
from core.text.vocabulary import count_of, status_word

DISAGREES = (
    "(a.status IN ('O', 'T', 'E') AND a.cancelled_on <= :as_of"
    " AND (a.initial_upgrade_on IS NULL OR a.cancelled_on >= a.initial_upgrade_on)"
    " OR a.status = 'C' AND a.cancelled_on > :as_of)"
)
"""Domain rule 7."""

_NO_GAP = frozenset({"gone_on", "last_seen_on", "status_word", "starred", "last_note"})
"""Columns that no file gives: that they are empty is no gap in what is known."""

LEFT_AT_UNKNOWN_DATE = "a.moved_out_on IS NULL AND a.moved_to IS NOT NULL"


def count(connection: sqlite3.Connection, condition: str, request: Request) -> int:
    """Return how many accounts `a` meet an SQL condition; `:as_of` in it is the request's day."""
    row = connection.execute(f"SELECT count(*) FROM accounts AS a WHERE {condition}", {"as_of": str(request.as_of)})
    number: int = row.fetchone()[0]
    return number


def disagreements(connection: sqlite3.Connection, request: Request, goes_by: str) -> list[str]:
    """Return the note that counts accounts whose status and dates disagree; `goes_by` is what the report believes."""
    number = count(connection, DISAGREES, request)
    if not number:
        return []
    return [
        f"{count_of(number, 'account has', 'accounts have')} a status and a cancel date that disagree;"
        f" this report goes by the {goes_by}."
    ]


def given_letters(connection: sqlite3.Connection, request: Request) -> list[str]:
    """Return the note on accounts whose status is the vendor's word that a person gave a letter (domain rule 3)."""
    rows = connection.execute(
        "SELECT a.status_word, a.status, count(*) FROM accounts AS a"
        f" WHERE a.status_word IS NOT NULL AND {IN_PARTNERSHIP}"
        " AND (:status IS NULL OR a.status = :status) GROUP BY 1, 2 ORDER BY 3 DESC, 1",
        {"as_of": str(request.as_of), "status": request.status},
    ).fetchall()
    if not rows:
        return []
    words = ", ".join(f"{number:,} {word} as {status_word(letter or '')}" for word, letter, number in rows)
    return [f"Of words of the vendor's that you gave a status are counted: {words}."]


def outside_partnership(connection: sqlite3.Connection, request: Request) -> list[str]:
    """Return the note that counts the accounts that have left and so are in no count here."""
    number = count(connection, f"NOT {IN_PARTNERSHIP}", request)
    if not number:
        return []
    return [
        f"{count_of(number, 'account has', 'accounts have')} left the partnership and so {_is(number)} not counted."
    ]


def unknown_fields(
    connection: sqlite3.Connection,
    request: Request,
    source: Source,
    computed_from: Mapping[str, Sequence[str]] = MappingProxyType({}),
    only_on: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Return notes for filters that rest on what is unknown for half of the rows or more (domain rule 4).

    Args:
        connection: where the accounts are.
        request: what is filtered.
        source: the report's rows before any filter.
        computed_from: the fields behind computed columns.
        only_on: for columns that stand on some rows alone, the SQL condition of these: empty elsewhere is no gap.
    """
    rests = {words: ("true", sql) for parameter, value in request.said() for words, sql in parameter.rests_on(value)}
    if request.condition:
        keys = [
            key
            for c in columns_of(request.condition)
            for key in computed_from.get(c.key, (c.key,))
            if key not in _NO_GAP
        ]
        titles = {column.key: column.title for column in request.report.columns}
        rests |= {f"{titles[key]} is": (only_on.get(key, "true"), f"{key} IS NULL") for key in keys}
    if not rests:
        return []
    sums = ", ".join(f"total({rows}), total(({rows}) AND ({unknown}))" for rows, unknown in rests.values())
    counts = map(int, connection.execute(f"SELECT {sums} FROM ({source.sql_end_to_end})", source.parameters).fetchone())
    return [
        f"{_capital(words)} not known for {unknown:,} of {count_of(rows, 'account')}: was the column ever imported?"
        for words, rows, unknown in zip(rests, counts, counts, strict=True)
        if rows and unknown * 2 >= rows
    ]


def counted(number: int, sentence: str, sentences: str) -> Sequence[str]:
    """Return a note on a number of accounts, none for 0. Both sentences go on behind the number."""
    return [f"{number:,} {sentence if number == 1 else sentences}"] if number else []


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
