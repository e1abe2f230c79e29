"""What a targeted list is: a name, and a request whose rows say which accounts are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.conditions.sentence import to_sentence
from core.conditions.tree import columns_of
from core.errors import Step, WorkFailed, WrongUse
from core.query.list_filters import SizeRange
from core.query.request import Request, ask_again
from core.query.sorting import Sort
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS, find_report
from core.reports.own_columns import with_own_fields
from core.reports.report import Report
from db.fields import Field

BY_COMPANY = (Sort("company"),)


@dataclass(frozen=True, slots=True)
class TargetList:
    """A targeted list, built in or a person's own."""

    key: str
    """What it is known by whatever its name: exports are recorded under it."""
    name: str
    given: Mapping[str, Any] = field(default_factory=dict)
    """What it asks, as `Request.for_programs` says it, and under `report` the id of the report that it filters."""
    help: str = ""
    """Whom it holds, in a few words; '' for a person's own."""
    is_built_in: bool = False
    is_selection: bool = False
    """Whether its accounts were picked one by one rather than by a filter."""
    own_fields: tuple[Field, ...] = ()
    """The partner's own fields, which its conditions may name."""
    order: tuple[Sort, ...] = BY_COMPANY
    """The order of its accounts as a table, unless asked otherwise."""
    needs_size: bool = False
    """Whether a list size must be given before it holds anyone: see `sized`."""

    def request(self, as_of: date) -> Request:
        """Return the request that the list asks, as of a day.

        Raises:
            WorkFailed: it cannot be read any more; the message names the list and the place.
            WrongUse: it needs a list size.
        """
        if self.needs_size:
            raise WrongUse(f"“{self.name}” needs a size.", Step.GIVE_LIST_SIZE())
        try:
            report = with_own_fields(source_named(str(self.given.get("report"))), self.own_fields)
            return ask_again(report, self.given, as_of)
        except WrongUse as fault:
            raise WorkFailed(
                f"The list “{self.name}” cannot be read. {fault.message}",
                *fault.hints,
                Step.EDIT_LIST(list=self.name),
            ) from fault

    def sentence(self, as_of: date) -> str:
        """Return in words whom the list holds.

        Raises:
            WorkFailed: it cannot be read any more.
        """
        if self.is_selection:
            return "Accounts picked one by one"
        if self.needs_size:
            return self.help
        return request_sentence(self.request(as_of))

    def asked_columns(self, as_of: date) -> tuple[str, ...]:
        """Return the keys of the columns by which it says whom it holds; none where it cannot be read."""
        if self.needs_size or self.is_selection:
            return ()
        try:
            condition = self.request(as_of).condition
        except WorkFailed:  # said where its accounts are looked for
            return ()
        return tuple(dict.fromkeys(column.key for column in columns_of(condition))) if condition else ()

    def sized(self, size: SizeRange) -> TargetList:
        """Return this list for a list size: only the one that asks for it has any use for it.

        Raises:
            WrongUse: this list takes no size.
        """
        if not self.needs_size:
            raise WrongUse(f"“{self.name}” takes no size.", Step.LEAVE_OUT(option="--list-size"))
        return replace(
            self,
            key=f"{self.key}:{size}",
            name=f"List of {size.words()}",
            given=dict(self.given) | {"where": [*self.given["where"], *size.conditions()]},
            needs_size=False,
        )


def request_sentence(request: Request) -> str:
    """Return in words what narrows a request: its report (unless that is all accounts), status, filters, condition."""
    words = [parameter.words(value) for parameter, value in request.said()]
    words += [to_sentence(request.condition)] if request.condition else []
    narrowed = ", ".join(words)
    if request.report.id in (ALL_ACCOUNTS.id, MY_ACCOUNTS.id):
        return narrowed or "All accounts"
    return f"In {request.report.title}: {narrowed}" if narrowed else f"In {request.report.title}"


def source_named(name: str) -> Report:
    """Return the report or table that lists may filter.

    Raises:
        WrongUse: there is none of this id or title, or its rows are no accounts.
    """
    tables: tuple[Report, ...] = (ALL_ACCOUNTS, MY_ACCOUNTS)
    for table in tables:
        if name.strip().casefold() in (table.id, table.title.casefold()):
            return table
    report = find_report(name)
    if not report.is_list:
        raise WrongUse(f"{report.title} counts accounts and names none.", "Choose a report that lists accounts.")
    return report
