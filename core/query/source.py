"""Where a report's rows come from: SQL over the accounts, which the query layer filters and orders."""

from __future__ import annotations

from collections.abc import Iterable
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
    """Rows of one kind: a SELECT without its WHERE, and the condition that makes them rows of the report.

    It gives each row a number `rid` (see `Report.rid_sql`), every column under its key, and sort keys under KEY_key.
    """

    select: str
    where: str = "true"
    pk: str = "a.pk"
    """What holds the account's number."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a report before filters, as SQL; more than one arm where accounts have several rows."""

    arms: tuple[Arm, ...]
    parameters: dict[str, str | int]
    empty: frozenset[str] = frozenset()
    """Keys of columns that hold nothing just now and are shown only when asked for."""
    is_few: bool = False
    """Whether only few of all accounts are meant, which are always best looked up."""

    @property
    def sql(self) -> str:
        """The rows of the report."""
        return " UNION ALL ".join(f"{arm.select} WHERE {arm.where}" for arm in self.arms)

    @property
    def sql_end_to_end(self) -> str:
        """The same rows; `IS TRUE` keeps SQLite from looking them up one by one, which takes longer for many."""
        if self.is_few:
            return self.sql
        return " UNION ALL ".join(f"{arm.select} WHERE ({arm.where}) IS TRUE" for arm in self.arms)

    def sql_of(self, accounts: Iterable[int]) -> str:
        """Return the rows of some accounts; they are not asked whether they are in the report."""
        numbers = ", ".join(map(str, accounts))
        return " UNION ALL ".join(f"{arm.select} WHERE {arm.pk} IN ({numbers})" for arm in self.arms)
