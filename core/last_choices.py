"""What was last chosen in Generate Report; remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from core.clock import parse_day
from core.query.request import Request, ask
from core.remembered import recall, remember
from core.reports.catalogue import REPORTS, find_report
from core.settings.setting_list import FORMATS
from core.settings.settings import load_settings

_CHOICES, _CSV = "last-choices", "last-csv"
"""Under which names they are remembered."""


@dataclass(frozen=True, slots=True)
class Choices:
    """As typed, checked only when asked for."""

    report: str = REPORTS[0].id
    given: Mapping[str, str | bool] = field(default_factory=dict)
    """Parameters by their names, of whatever report."""
    where: str = ""
    format: str = "pdf"
    known_on: str = ""
    """The day on which the accounts are to have been known; it is not remembered."""

    @classmethod
    def of(cls, request: Request, file_format: str) -> Self:
        """Return the choices that ask for a request."""
        where = request.where[0] if len(request.where) == 1 else " and ".join(f"({one})" for one in request.where)
        written = ((parameter, parameter.written(value)) for parameter, value in request.said())
        given = {one.name: True if one.is_switch else str(value) for one, value in written}
        return cls(request.report.id, given, where, file_format, str(request.known_on or ""))

    def request(self, as_of: date) -> Request:
        """Return the request that is asked for; what the report does not have is left out.

        What was known on a day is shown as of that day (insight, section 3).

        Raises:
            WrongUse: with what is wrong.
        """
        report = find_report(self.report)
        given: dict[str, Any] = {one.name: self.given.get(one.name) or None for one in report.parameters}
        where = [self.where] if self.where.strip() and report.is_list else []
        known_on = parse_day(self.known_on) if self.known_on and report.has_past else None
        return ask(report, known_on or as_of, where=where, known_on=known_on, **given)


def load_choices() -> Choices:
    """Return the last choices, with the format that is set; the first ones where there are none that can be read."""
    kept, wanted = _kept(), load_settings().format
    return replace(kept, format=wanted) if wanted in FORMATS else kept


def _kept() -> Choices:
    kept = recall(_CHOICES)
    if isinstance(kept, dict):
        known = {name: type(value) for name, value in asdict(Choices()).items()}
        choices = Choices(**{name: value for name, value in kept.items() if type(value) is known.get(name)})
        if choices.report in [report.id for report in REPORTS]:
            return choices
    return Choices()


def save_choices(choices: Choices) -> None:
    """Keep the choices; where that cannot be, they are forgotten."""
    remember(_CHOICES, asdict(replace(choices, known_on="")))


def last_csv_kind() -> str:
    """Return the kind of CSV that was chosen last, in the words of the dialogue; '' where there is none."""
    kind = recall(_CSV)
    return kind if isinstance(kind, str) else ""


def save_csv_kind(kind: str) -> None:
    """Keep the kind of CSV; where that cannot be, it is forgotten."""
    remember(_CSV, kind)
