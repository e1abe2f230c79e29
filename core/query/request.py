"""A report, and what is asked of it, which is checked before any database is looked for."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from core.conditions.grammar import parse
from core.conditions.sentence import to_sentence
from core.conditions.tree import Condition, all_of
from core.errors import Step, WrongUse
from core.query.columns import find_column
from core.query.look import PLAIN, Look
from core.query.parameters import Parameter
from core.query.sorting import Sort, parse_sort, sort_words
from core.query.source import ReportColumn, Source
from db.fields import Field


@dataclass(frozen=True, slots=True)
class Behind:
    """Which accounts a count counts: a report's id and what it is asked, from which `core.query.drill_down` asks it."""

    report: str
    where: tuple[str, ...] = ()
    status: str = ""


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
    first_columns: tuple[str, ...] = (
        "company",
        "status",
        "plan_type",
        "list_size",
        "last_login_on",
        "last_campaign_sent_on",
    )
    """The keys of what stands first on the screen, the first of them kept in place: what the report is for. Files keep
    the order of `columns`."""
    order: tuple[Sort, ...] = ()
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

    def behind(self, row: str, column: str, as_of: date) -> Behind | None:  # noqa: ARG002 - most are no counts
        """Return the accounts behind a count; None where rows are none, or no table holds just these accounts.

        Args:
            row: what the first column says: a status word, a month, Total.
            column: the key of the count's column; the first column stands for the whole row.
            as_of: the day of the counts.
        """
        return None

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the columns that have a sort key."""
        return frozenset(column.key for column in self.columns if column.key_sql)


@dataclass(frozen=True, slots=True)
class Request:
    """A report with all that narrows and orders it. Made by `ask`, which checks that it fits together."""

    report: Report
    as_of: date
    given: Mapping[str, Any] = field(default_factory=dict)
    """The values of the report's parameters that were given, by name."""
    filter: Condition | None = None
    """What these parameters say of the rows."""
    where: tuple[str, ...] = ()
    """The conditions as they were written."""
    condition: Condition | None = None
    """The same, read and joined by *and*."""
    sort: tuple[Sort, ...] = ()
    columns: tuple[str, ...] = ()
    """Keys of the columns wanted, in order; empty for all."""
    picked: array[int] | None = None
    """The numbers of the rows wanted, where they were selected one by one."""
    known_on: date | None = None
    """The day on which the accounts are to have been known as they are shown: what was learnt later is left out."""

    @property
    def status(self) -> str | None:
        """The status letter that was given, if one was."""
        return self.given.get("status")

    def said(self) -> list[tuple[Parameter, Any]]:
        """Return the parameters that were given, in the report's order, and their values."""
        return [(one, self.given[one.name]) for one in self.report.parameters if one.name in self.given]

    def in_words(self) -> list[tuple[str, str]]:
        """Return what was asked in words: (label, text)."""
        said: dict[str, list[str]] = {}
        for parameter, value in self.said():
            said.setdefault(parameter.label, []).append(parameter.words(value))
        asked = [("As known on", self.known_on.isoformat())] if self.known_on else []
        asked += [(label, " and ".join(words)) for label, words in said.items()]
        if self.condition:
            asked.append(("Only rows where", to_sentence(self.condition)))
        if self.picked is not None:
            asked.append(("Only rows", f"{len(self.picked):,} selected by hand"))
        if self.sort:
            asked.append(("Sorted by", sort_words(self.sort, self.report.columns)))
        return asked

    def for_programs(self) -> dict[str, str | int | bool | list[str] | None]:
        """Return what was asked under the names of the command line's options: only what was given."""
        rest: dict[str, str | int | bool | list[str] | None] = {
            "where": list(self.where),
            "sort": [sort.key + (":desc" if sort.descending else "") for sort in self.sort],
            "columns": list(self.columns),
            "selected": len(self.picked or ()),
            "known_on": self.known_on.isoformat() if self.known_on else None,
        }
        given: dict[str, str | int | bool | list[str] | None] = {}
        given |= {parameter.name: parameter.written(value) for parameter, value in self.said()}
        return given | {name: value for name, value in rest.items() if value}


def ask(
    report: Report,
    as_of: date,
    *,
    where: Iterable[str] = (),
    sort: Iterable[str] = (),
    columns: Sequence[str] = (),
    known_on: date | None = None,
    **given: str | int | bool | None,
) -> Request:
    """Return the request for `report` as of a day, from words as a person writes them.

    Args:
        report: what is asked.
        as_of: the day that stands for today.
        where: conditions, all of which rows must meet.
        sort: columns to sort by, COLUMN[:desc].
        columns: keys or titles of the columns wanted, in order; none for all.
        known_on: the day on which the accounts are to have been known as they are shown; None for now.
        given: the report's parameters by their names, as written; None, or False for a switch, for those not given.

    Raises:
        WrongUse: an option does not fit the report, or names a column or a value that does not exist.
    """
    where, sort = tuple(where), tuple(sort)
    values = _values(report, given)
    filters = [text for one in report.parameters if one.name in values and (text := one.condition(values[one.name]))]
    if not report.is_list and (where or sort):
        what, option = ("A condition", "--where") if where else ("Sorting", "--sort")
        raise WrongUse(f"{what} does not apply to {report.title}: its rows are counts.", Step.LEAVE_OUT(option=option))
    narrowed = all_of([parse(text, report.columns, as_of) for text in filters])
    conditions = [parse(text, report.columns, as_of) for text in where]
    keys = tuple(find_column(report.columns, name).key for name in columns)
    if len(set(keys)) < len(keys):
        raise WrongUse("A column is named twice in the columns wanted.", "Name each column once.")
    sorts = tuple(parse_sort(text, report.columns) for text in sort)
    if len({one.key for one in sorts}) < len(sorts):
        raise WrongUse("A column is named twice to sort by.", "Name each column once.")
    if known_on and not report.has_past:
        raise WrongUse(f"A day known on does not apply to {report.title}.", Step.LEAVE_OUT(option="--known-on"))
    request = Request(report, as_of, values, narrowed, where, all_of(conditions), sorts, keys, known_on=known_on)
    report.check(request)
    return request


def _values(report: Report, given: Mapping[str, str | int | bool | None]) -> dict[str, Any]:
    """Return the values of a report's parameters, read.

    Raises:
        WrongUse: one does not apply to the report, says nothing that it can be, or is missing.
    """
    known = {parameter.name: parameter for parameter in report.parameters}
    written = {name: str(text) for name, text in given.items() if text is not None and text is not False}
    for name in written:
        if name not in known:
            option = f"--{name.replace('_', '-')}"
            hint = Step.FILTER_INSTEAD(option=option) if report.is_list else Step.LEAVE_OUT(option=option)
            raise WrongUse(f"{name.replace('_', ' ').capitalize()} does not apply to {report.title}.", hint)
    for parameter in report.parameters:
        if parameter.is_needed and not written.get(parameter.name, "").strip():
            raise parameter.missing(report.title)
    return {name: known[name].read(text) for name, text in written.items()}


def ask_again(report: Report, given: Mapping[str, Any], as_of: date) -> Request:
    """Return the request that was kept as `given`, as of another day.

    Raises:
        WrongUse: a column that it names is no longer there, or nothing readable is kept.
    """
    known_on = given.get("known_on")
    others = ("report", "where", "sort", "columns", "selected", "known_on")
    return ask(
        report,
        as_of,
        where=given.get("where", ()),
        sort=given.get("sort", ()),
        columns=given.get("columns", ()),
        known_on=date.fromisoformat(known_on) if known_on else None,
        **{name: value for name, value in given.items() if name not in others},
    )
