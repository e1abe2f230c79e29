"""What a run was asked, read back from its record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import WrongUse
from core.query.parameters import Parameter
from core.query.request import Request, ask_again
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS, PARAMETERS, REPORTS, find_report
from core.reports.own_columns import with_own_fields
from core.runs import Run
from core.text.vocabulary import count_of
from db.fields import Field


def request_of(run: Run, as_of: date, own_fields: Sequence[Field] = ()) -> Request:
    """Return a run's request, as of another day.

    Args:
        run: what was run.
        as_of: the day that stands for today.
        own_fields: the partner's own fields, by which it may have been narrowed or ordered.

    Raises:
        WrongUse: what it was made of is not kept, or a report or column that it names is no longer there.
    """
    if run.report.startswith("list-"):
        raise WrongUse(
            "These were the accounts of a targeted list.", "Targeted lists shows and exports it as it is now."
        )
    if run.parameters.get("selected"):
        raise WrongUse(
            "These rows were selected by hand, and which ones is not kept.", "Open the report and select again."
        )
    tables = {table.id: table for table in (MY_ACCOUNTS, ALL_ACCOUNTS)}
    report = tables.get(run.report) or find_report(run.report)
    return ask_again(with_own_fields(report, own_fields), run.parameters, as_of)


def title_of(run: Run) -> str:
    """Return the title of what was run."""
    titles = {report.id: report.title for report in (*REPORTS, MY_ACCOUNTS, ALL_ACCOUNTS)}
    return titles.get(run.report, run.report)


def run_words(run: Run) -> str:
    """Return what narrowed a run, in few words: "Open, no list"."""
    given = run.parameters
    words = [_in_words(parameter, given[parameter.name]) for parameter in PARAMETERS if given.get(parameter.name)]
    words += given.get("where", ())
    if given.get("selected"):
        words.append(count_of(given["selected"], "selected row"))
    return ", ".join(words)


def _in_words(parameter: Parameter, kept: str | int | bool) -> str:
    """Return a value of a record in words; as it is kept where it can no longer be read."""
    try:
        return parameter.words(parameter.read(str(kept)))
    except WrongUse:
        return f"{parameter.option} {kept}"
