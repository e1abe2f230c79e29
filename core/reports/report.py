"""What every report has: its name, parameters, columns, rule and notes."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.query.columns import Column, Value
from core.query.kinds import DATE, ID, NUMBER, RELATIONSHIP, STATUS, TEXT, Kind
from core.query.look import PLAIN, Look
from core.query.parameters import Parameter
from core.query.request import Request
from core.query.sorting import Sort
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS
from db import account_notes, complete_list
from db.fields import FIELD, Field


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


class Report(ABC):
    """One report. A fifth one is a subclass in a file of its own, and a line in the catalogue."""

    id: str
    title: str
    help: str
    """What it shows, in one sentence."""
    rules: ClassVar[tuple[str, ...]]
    """Its rules in words, for the help screen."""
    columns: tuple[ReportColumn, ...]
    shows_all: ClassVar[bool] = False
    """Whether it shows all of an account, fields of the partner's own as well."""
    own_fields: tuple[Field, ...] = ()
    """The partner's own fields whose columns it has: see `core.reports.own_columns`."""
    order: ClassVar[tuple[Sort, ...]] = ()
    """The order unless asked otherwise (domain rule 8)."""
    order_parts: ClassVar[tuple[tuple[str, tuple[Sort, ...]], ...]] = ()
    """The same order as parts that follow each other, where no index has it as a whole: the SQL condition over the
    columns that makes a row one of the part, and its order there."""
    totals: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Sums over all rows: (label, key of a number)."""
    counted: ClassVar[tuple[str, tuple[str, ...]]] = ("", ())
    """The column whose values are counted over all rows, and the values."""
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    """What may, or must, be said to it beside conditions, order and columns."""
    has_past: ClassVar[bool] = True
    """Whether it can be run on the accounts as they were known on an earlier day."""
    is_list: ClassVar[bool] = True
    """Whether rows are accounts or their events, which can be filtered and sorted, rather than counts."""
    look: ClassVar[Look] = PLAIN
    """What is peculiar to its looks: a chart, a Total row."""
    rows_per_account: ClassVar[int] = 1
    """How many rows an account may have at most: its rows are numbered (`rid`) from so many times its own number on."""

    @abstractmethod
    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the rows that the report is made of."""

    @abstractmethod
    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Return what a reader must know to trust the rows, as plain sentences."""

    def check(self, request: Request) -> None:  # noqa: B027 - most have nothing to check
        """Check what its parameters say together, before any database is looked for.

        Raises:
            WrongUse: they contradict each other.
        """

    def pk_of(self, rid: int) -> int:
        """Return the account that a row is about."""
        return rid // self.rows_per_account

    @property
    def pk_sql(self) -> str:
        """The same as SQL, over a row's `rid`."""
        return "rid" if self.rows_per_account == 1 else f"rid / {self.rows_per_account}"

    def rid_sql(self, pk: str, place: str | int) -> str:
        """Return the SQL of the number of an account's row; its rows have places from 0 on."""
        return f"{pk} * {self.rows_per_account} + {place}"

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the columns that have a sort key."""
        return frozenset(column.key for column in self.columns if column.key_sql)


def select_accounts(columns: tuple[ReportColumn, ...], rid: str = "a.pk") -> str:
    """Return the SELECT over accounts `a` that gives each column, and its sort key, its name."""
    terms = [f"{column.sql} AS {column.key}" for column in columns]
    terms += [f"{column.key_sql} AS {column.key}_key" for column in columns if column.key_sql]
    return f"SELECT {rid} AS rid, {', '.join(terms)} FROM accounts AS a"


def rows_source(
    columns: Sequence[Column], rows: Sequence[Sequence[Value]], empty: frozenset[str] = frozenset()
) -> Source:
    """Return rows that were computed as a source; they are few, so they stand in the query itself."""
    parameters: dict[str, str | int] = {}
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [str(number)]
        for value in row:
            if isinstance(value, str):
                parameters[f"cell_{len(parameters)}"] = value
                cells.append(f":cell_{len(parameters) - 1}")
            else:
                cells.append("NULL" if value is None else repr(value))
        lines.append(f"({', '.join(cells)})")
    names = ("rid", *(column.key for column in columns))
    terms = ", ".join(f'column{place} AS "{name}"' for place, name in enumerate(names, start=1))
    return Source((Arm(f"SELECT {terms} FROM (VALUES {', '.join(lines)})", pk="column1"),), parameters, empty)


def _words_sql(expression: str, words: dict[str, str]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN '{word}'" for value, word in words.items())
    return f"CASE {expression} {cases} ELSE {expression} END"


STATUS_SQL = _words_sql("a.status", STATUS_WORDS)
RELATIONSHIP_SQL = _words_sql("a.relationship", RELATIONSHIP_WORDS)

IN_PARTNERSHIP = f"({complete_list.IN_PARTNERSHIP.format(day=':as_of')})"
"""Domain rule 2, as of the request's day. Never NULL: it may be negated."""

HAS_GONE = (
    "a.status IS NOT 'C' AND coalesce(a.cancelled_on > a.gone_on, true) AND a.moved_out_on IS NULL"
    " AND a.moved_to IS NULL"
)
"""Whether that an account is gone says that it left: not of one that has cancelled, which the vendor takes away some
months later (domain rule 13), nor of one that has moved out."""

_KINDS: dict[str, Kind] = {"id": ID, "date": DATE, "number": NUMBER, "status": STATUS, "relationship": RELATIONSHIP}


def field_column(key: str, *, field: str = "", title: str = "", help: str = "") -> ReportColumn:
    """Return the column that shows an account's field as it is known."""
    source = FIELD[field or key]
    sql, key_sql = f"a.{source.key}", f"a.{source.key}_key" if source.is_text else ""
    if source.kind == "status":
        sql = STATUS_SQL
    elif source.kind == "relationship":
        sql = RELATIONSHIP_SQL
    return ReportColumn(
        key,
        title or source.title,
        _KINDS.get(source.kind, TEXT),
        help,
        has_badges=key == "status",
        is_unbroken=key == "phone",
        sql=sql,
        key_sql=key_sql,
    )


def _joined(first: str, last: str) -> str:
    return f"coalesce({first} || ' ' || {last}, {first}, {last})"


CONTACT = ReportColumn(
    "contact",
    "Contact",
    TEXT,
    "First and last name.",
    sql=_joined("a.first_name", "a.last_name"),
    key_sql="CASE WHEN a.first_name_key IS NULL AND a.last_name_key IS NULL THEN NULL ELSE "
    + _joined("coalesce(a.first_name_key, lower(a.first_name))", "coalesce(a.last_name_key, lower(a.last_name))")
    + " END",
)


STARRED = ReportColumn(
    "starred",
    "Starred",
    TEXT,
    "yes or no: whether the account has a star of yours.",
    sql=f"CASE WHEN {account_notes.STARRED} THEN 'yes' ELSE 'no' END",
)
LAST_NOTE = ReportColumn(
    "last_note",
    "Last Note",
    TEXT,
    "The last note that was written on the account.",
    sql=account_notes.LAST_NOTE,
    key_sql=f"fold_key({account_notes.LAST_NOTE})",
)
"""Both are as they are now, whatever day the accounts are shown of."""


def days_before(day: date, days: int) -> str:
    """Return the ISO date `days` before a day; the first of all days where there is none so early."""
    return date.fromordinal(max(1, day.toordinal() - days)).isoformat()
