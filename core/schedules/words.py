"""Schedules and their reports as the words of the command line that make them."""

from __future__ import annotations

import shlex

from core.query.request import Request
from core.reports.catalogue import REPORTS
from core.schedules.schedules import Schedule


def can_schedule(request: Request) -> bool:
    """Return whether a request can be run by itself: a report, and not rows that were selected by hand."""
    return request.report in REPORTS and request.picked is None


def report_words(request: Request, format_id: str) -> list[str]:
    """Return the command that runs a report as it is asked, as of the day on which it runs."""
    words = ["report", request.report.id]
    for name, value in request.for_programs().items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif name == "columns" and isinstance(value, list):
            words += [option, ",".join(value)]
        else:
            for one in value if isinstance(value, list) else [value]:
                words += [option, str(one)]
    return [*words, "--format", format_id]


def command_words(schedule: Schedule) -> str:
    """Return a schedule as the words that make it, without its name and time."""
    words = ["--output", schedule.output] if schedule.output else []
    for address in schedule.mail_to:
        words += ["--mail-to", address]
    words += ["--only-if-rows"] * schedule.only_if_rows + ["--only-if-changed"] * schedule.only_if_changed
    words += ["--max-age", str(schedule.max_age)] if schedule.max_age is not None else []
    return shlex.join([*words, "--", *schedule.command])
