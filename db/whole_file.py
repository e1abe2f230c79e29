"""Staged rows as a whole, against the accounts that are known (intake: The file as a whole).

All of it reads the temporary tables that weighing an import leaves, inside its transaction.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.fields import FIELD
from db.staging import Staging
from db.stored import NO_DAY, day_of

_POINT_ZERO = re.compile(r"\.0+$")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rows of a file come to beside what is known."""

    known: int
    """Accounts known before that are not gone."""
    named: int
    """Of these, the ones that the file names."""
    new: int
    """Accounts that the file makes."""
    changed: dict[str, int] = field(default_factory=dict)
    """By field: how many known values the file replaces by others."""
    emptied: list[str] = field(default_factory=list)
    """Fields that were full and that the file has blank in every row."""
    single: dict[str, str] = field(default_factory=dict)
    """Fields that have one value in every row of the file and had others before."""
    newest: str | None = None
    """The latest day in the file that is not after the day it tells of."""
    last_day: str | None = None
    """The day that the last import tells of."""
    last_read: int | None = None
    """How many rows the last file with the same headings had."""


def standing(staging: Staging, new: int, dated: str, headings: Sequence[str], full: float) -> Standing:
    """Return how the staged rows stand beside the accounts; call it when they are weighed.

    Args:
        staging: the rows.
        new: how many accounts they make.
        dated: the day that the file tells of, in ISO form.
        headings: the headings of the file.
        full: which share of the known accounts must have a value for a field to be full.
    """
    connection = staging.connection
    known, highest = connection.execute(
        "SELECT count(*) FILTER (WHERE gone_on IS NULL), coalesce(max(pk), 0) FROM accounts"
    ).fetchone()
    if not known or not staging.count:
        return Standing(0, 0, new)
    named = connection.execute(
        "SELECT count(*) FROM placed JOIN accounts ON pk = account WHERE account <= ? AND gone_on IS NULL", [highest]
    ).fetchone()[0]
    own = {one.key for one in staging.new_fields}
    keys = [key for key in staging.keys if key not in own]
    last = connection.execute("SELECT dated FROM imports WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1").fetchone()
    return Standing(
        known,
        named,
        new,
        _changed(connection, keys),
        [key for key in keys if _is_emptied(connection, key, full)],
        _single(connection, keys),
        _newest(connection, [key for key in keys if key in FIELD and FIELD[key].kind == "date"], dated),
        str(day_of(last[0]) or NO_DAY) if last else None,
        _last_read(connection, headings),
    )


def _changed(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    """Count the known values that are replaced, by field."""
    after = {row[1] for row in connection.execute("PRAGMA temp.table_info(after)")}
    counted = [key for key in keys if key in after]
    if not counted:
        return {}
    sums = ", ".join(
        f"count(*) FILTER (WHERE known.{key} IS NOT NULL AND after.{key} IS NOT known.{key})" for key in counted
    )
    row = connection.execute(f"SELECT {sums} FROM after JOIN accounts AS known ON known.pk = after.account").fetchone()
    return {key: count for key, count in zip(counted, row, strict=True) if count}


def _is_emptied(connection: sqlite3.Connection, key: str, full: float) -> bool:
    if connection.execute(f"SELECT 1 FROM staged WHERE {key} IS NOT NULL LIMIT 1").fetchone():
        return False
    filled, known = connection.execute(f"SELECT count({key}), count(*) FROM accounts").fetchone()
    return bool(filled >= full * known)


def _single(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, str]:
    """Find the fields that have one value everywhere and had others for at least a tenth of the accounts named."""
    found = {}
    for key in keys:
        first = connection.execute(f"SELECT {key} FROM staged LIMIT 1").fetchone()
        if first is None or first[0] is None:
            continue
        if connection.execute(f"SELECT 1 FROM staged WHERE {key} IS NOT ? LIMIT 1", first).fetchone():
            continue
        others, named = connection.execute(
            f"SELECT count(*) FILTER (WHERE {key} IS NOT NULL AND {key} IS NOT ?), count(*)"
            " FROM placed JOIN accounts ON pk = account",
            first,
        ).fetchone()
        if named and others * 10 > named and others > 1:
            found[key] = str(first[0])
    return found


def _newest(connection: sqlite3.Connection, keys: Sequence[str], dated: str) -> str | None:
    days = [
        day
        for key in keys
        if (day := connection.execute(f"SELECT max({key}) FROM staged WHERE {key} <= ?", [dated]).fetchone()[0])
    ]
    return max(days, default=None)


def _last_read(connection: sqlite3.Connection, headings: Sequence[str]) -> int | None:
    same = json.dumps(list(headings), ensure_ascii=False).encode(errors="replace").decode()
    row = connection.execute(
        "SELECT read FROM imports WHERE headings = ? AND undone_at IS NULL AND typeof(read) = 'integer'"
        " ORDER BY id DESC LIMIT 1",
        [same],
    ).fetchone()
    return row[0] if row else None


def plain_id(account_id: str) -> str:
    """Return what two ids have in common that differ in leading zeros, case or a `.0` alone."""
    return _POINT_ZERO.sub("", account_id).lstrip("0").casefold()


def new_ids_like_known(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return the staged rows whose id is new and like a known one: row, id, known id."""
    if connection.execute("SELECT 1 FROM accounts WHERE account_id IS NOT NULL LIMIT 1").fetchone() is None:
        return []
    new = connection.execute(
        "SELECT row, account_id FROM temp.staged WHERE account_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.account_id = staged.account_id)"
    ).fetchall()
    if not new:
        return []
    wanted = {plain_id(account_id) for _, account_id in new}
    known = {
        plain: account_id
        for (account_id,) in connection.execute("SELECT account_id FROM accounts WHERE account_id IS NOT NULL")
        if (plain := plain_id(account_id)) in wanted
    }
    return [(row, account_id, known[plain]) for row, account_id in new if (plain := plain_id(account_id)) in known]
