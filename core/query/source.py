"""Where a report's rows come from: SQL over the accounts, which the query layer filters and orders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.query.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn(Column):
    """A column and where it comes from."""

    sql: str = ""
    """The value: an expression over an account `a`."""
    key_sql: str = ""
    """The sort key of a text that need not be ASCII; NULL where NOCASE on the text itself sorts the same."""


@dataclass(frozen=True, slots=True)
class Arm:
    """Rows of one kind: what is selected of which table, and the condition that makes its rows rows of the report."""

    terms: str
    """Every column under its key, and sort keys under KEY_key."""
    table: str = "accounts AS a"
    where: str = "true"
    row_id: str = "a.pk"
    """The number of a row in its table, by which the table finds it at once."""
    account: str = "a.pk"
    """The account (`pk`) that a row is about; NULL where rows are counts."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a report before filters, as SQL; more than one arm where accounts have several rows.

    Beside its columns each row has a number of its own (`rid`) and its account (`pk`). The number says in which arm the
    row is, so that each arm is asked for its own rows alone. Every connection gives a row the same number.
    """

    arms: tuple[Arm, ...]
    parameters: dict[str, str | int]
    empty: frozenset[str] = frozenset()
    """Keys of columns that hold nothing just now and are shown only when asked for."""
    is_few: bool = False
    """Whether only few of all accounts are meant, which are always best looked up."""

    @property
    def sql(self) -> str:
        """The rows of the report."""
        return " UNION ALL ".join(f"{select} WHERE {arm.where}" for arm, select in self._selects())

    @property
    def sql_end_to_end(self) -> str:
        """The same rows; `IS TRUE` keeps SQLite from looking them up one by one, which takes longer for many."""
        if self.is_few:
            return self.sql
        return " UNION ALL ".join(f"{select} WHERE ({arm.where}) IS TRUE" for arm, select in self._selects())

    def sql_of(self, rids: Iterable[int]) -> tuple[str, dict[str, str]]:
        """Return the rows with these numbers, as SQL and the values it needs beside `parameters`.

        They are not asked whether they are still in the report.
        """
        numbers: list[list[int]] = [[] for _ in self.arms]
        for rid in rids:
            number, place = divmod(rid, len(self.arms))
            numbers[place].append(number)
        sql = " UNION ALL ".join(
            f"{select} WHERE {arm.row_id} IN (SELECT value FROM json_each(:rows_{place}))"
            for place, (arm, select) in enumerate(self._selects())
        )
        return sql, {f"rows_{place}": json.dumps(of_arm) for place, of_arm in enumerate(numbers)}

    def _selects(self) -> Iterator[tuple[Arm, str]]:
        for place, arm in enumerate(self.arms):
            rid = arm.row_id if len(self.arms) == 1 else f"{arm.row_id} * {len(self.arms)} + {place}"
            yield arm, f"SELECT {rid} AS rid, {arm.account} AS pk, {arm.terms} FROM {arm.table}"
