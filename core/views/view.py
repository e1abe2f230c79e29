"""How a person looks at a report, and the way back: a state never changes, every change makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from core.conditions.grammar import parse
from core.conditions.tree import all_of
from core.query.column_layout import ColumnLayout
from core.query.request import Request
from core.query.sorting import Sort

if TYPE_CHECKING:
    from core.reports.report import Report

REMEMBERED_STEPS = 200
"""How many view changes can be taken back."""


@dataclass(frozen=True, slots=True)
class ViewState:
    """Which rows of a report, in which order, and how its columns are arranged."""

    where: tuple[str, ...] = ()
    """Conditions as they were written, so that *today* in them stays today."""
    sort: tuple[Sort, ...] = ()
    """Empty for the report's own order."""
    layout: ColumnLayout = field(default_factory=ColumnLayout)

    def asked_of(self, request: Request) -> Request:
        """Return `request` with the rows and the order of this state.

        Raises:
            WrongUse: a condition cannot be read, or names a column that is not there.
        """
        if (self.where, self.sort) == (request.where, request.sort):
            return request
        conditions = [parse(text, request.report.columns, request.as_of) for text in self.where]
        return replace(request, where=self.where, condition=all_of(conditions), sort=self.sort)

    def to_json(self) -> dict[str, Any]:
        """Return the form in which a state is kept."""
        sorts = [[sort.key, sort.descending] for sort in self.sort]
        return {"where": list(self.where), "sort": sorts, "layout": self.layout.to_json()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the state that was kept.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        sorts = tuple(Sort(key, bool(descending)) for key, descending in kept["sort"])
        if not all(isinstance(text, str) for text in kept["where"]):
            raise TypeError("conditions are texts")
        return cls(tuple(kept["where"]), sorts, ColumnLayout.from_json(kept["layout"]))


@dataclass(frozen=True, slots=True)
class ViewHistory:
    """The state now, those before it, and those that were taken back."""

    now: ViewState
    before: tuple[ViewState, ...] = ()
    after: tuple[ViewState, ...] = ()

    def gone_on(self, state: ViewState) -> ViewHistory:
        """Return the history after a change. What was taken back before can no longer be brought back."""
        if state == self.now:
            return self
        return ViewHistory(state, (*self.before, self.now)[-REMEMBERED_STEPS:])

    def undone(self) -> ViewHistory:
        """Return the history one change earlier; itself where there is none."""
        if not self.before:
            return self
        *before, now = self.before
        return ViewHistory(now, tuple(before), (self.now, *self.after))

    def redone(self) -> ViewHistory:
        """Return the history with the last change that was taken back; itself where there is none."""
        if not self.after:
            return self
        now, *after = self.after
        return ViewHistory(now, (*self.before, self.now), tuple(after))


def layout_at_first(report: Report) -> ColumnLayout:
    """Return how a report's columns stand on the screen until a person arranges them: what it is for comes first."""
    keys = {column.key for column in report.columns}
    return ColumnLayout(tuple(key for key in report.first_columns if key in keys)) if report.is_list else ColumnLayout()
