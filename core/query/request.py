"""What is asked of a report, checked before any database is looked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from core.conditions.grammar import parse
from core.conditions.sentence import to_sentence
from core.conditions.tree import Condition, all_of
from core.errors import WrongUse
from core.query.columns import find_column
from core.query.sorting import Sort, parse_sort, sort_words
from core.targets import Targets
from core.text.vocabulary import STATUS_WORDS, status_letter

if TYPE_CHECKING:
    from core.reports.report import Report


@dataclass(frozen=True, slots=True)
class Request:
    """A report with all that narrows and orders it. Made by `ask`, which checks that it fits together."""

    report: Report
    as_of: date
    status: str | None = None
    targets: Targets = field(default_factory=Targets)
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

    def in_words(self) -> list[tuple[str, str]]:
        """Return what was asked in words: (label, text)."""
        asked = []
        if self.known_on:
            asked.append(("As known on", self.known_on.isoformat()))
        if self.status:
            asked.append(("Status", STATUS_WORDS[self.status]))
        if self.targets:
            asked.append(("Only accounts that have", " and ".join(self.targets.words())))
        if self.condition:
            asked.append(("Only rows where", to_sentence(self.condition)))
        if self.picked is not None:
            asked.append(("Only rows", f"{len(self.picked):,} selected by hand"))
        if self.sort:
            asked.append(("Sorted by", sort_words(self.sort, self.report.columns)))
        return asked

    def for_programs(self) -> dict[str, str | int | bool | list[str] | None]:
        """Return what was asked under the names of the command line's options: only what was given."""
        given: dict[str, str | int | bool | list[str] | None] = {
            "status": self.status,
            "no_list": self.targets.no_list,
            "list_size": str(self.targets.list_size) if self.targets.list_size else None,
            "never_logged_in": self.targets.never_logged_in,
            "never_sent": self.targets.never_sent,
            "where": list(self.where),
            "sort": [sort.key + (":desc" if sort.descending else "") for sort in self.sort],
            "columns": list(self.columns),
            "selected": len(self.picked or ()),
            "known_on": self.known_on.isoformat() if self.known_on else None,
        }
        return {name: value for name, value in given.items() if value}


def ask(
    report: Report,
    as_of: date,
    *,
    status: str | None = None,
    targets: Targets | None = None,
    where: Iterable[str] = (),
    sort: Iterable[str] = (),
    columns: Sequence[str] = (),
    known_on: date | None = None,
) -> Request:
    """Return the request for `report` as of a day, from words as a person writes them.

    `known_on` is the day on which the accounts are to have been known as they are shown; None for now.

    Raises:
        WrongUse: an option does not fit the report, or names a column or a status that does not exist.
    """
    where, sort, targets = tuple(where), tuple(sort), targets or Targets()
    check_status(report, status)
    if targets and not report.has_targets:
        raise WrongUse(
            f"The filters of targeted lists do not apply to {report.title}.",
            "They narrow Managed Account Details; elsewhere use --where.",
        )
    if not report.is_list and (where or sort):
        option = "--where" if where else "--sort"
        raise WrongUse(f"{option} does not apply to {report.title}: its rows are counts.", f"Leave {option} out.")
    conditions = [parse(text, report.columns, as_of) for text in where]
    keys = tuple(find_column(report.columns, name).key for name in columns)
    if len(set(keys)) < len(keys):
        raise WrongUse("A column is named twice in the columns wanted.", "Name each column once.")
    sorts = tuple(parse_sort(text, report.columns) for text in sort)
    if len({one.key for one in sorts}) < len(sorts):
        raise WrongUse("A column is named twice to sort by.", "Name each column once.")
    if known_on and not report.has_past:
        raise WrongUse(f"--known-on does not apply to {report.title}.", "Leave --known-on out.")
    return Request(report, as_of, status, targets, where, all_of(conditions), sorts, keys, known_on=known_on)


def check_status(report: Report, status: str | None) -> None:
    """Check a status for a report: one of O T E C where the report has it, in capitals, and none elsewhere.

    Raises:
        WrongUse: with the capital that was probably meant (domain.md, *The four reports*).
    """
    meanings = ", ".join(f"{letter} {word}" for letter, word in STATUS_WORDS.items())
    if not report.has_status:
        if status is not None:
            raise WrongUse(f"{report.title} has no status to choose.", "Leave --status out.")
        return
    if status is None or not status.strip():
        raise WrongUse(f"{report.title} needs a status.", f"Give one of: {meanings}.")
    if status in STATUS_WORDS:
        return
    meant = status_letter(status)
    hint = f"Did you mean {meant} ({STATUS_WORDS[meant]})? Status takes capital letters only." if meant else ""
    raise WrongUse(f"'{status}' is not a status.", hint or f"Give one of: {meanings}.")
