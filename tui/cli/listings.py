"""`partner-tui reports` and `partner-tui runs`: what can be run, and what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from core.clock import local
from core.reports.catalogue import REPORTS
from core.reports.report import Report
from core.text.vocabulary import count_of
from tui.cli.talk import put, put_json

if TYPE_CHECKING:
    from core.runs import Run
    from tui.cli.chosen import Chosen


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def reports(as_json: bool) -> None:
    """Show the reports: ids, parameters and columns."""
    if as_json:
        put_json([_describe(report) for report in REPORTS])
        return
    for report in REPORTS:
        put("", report.id)
        put(f"  {report.title}. {report.help}")
        for parameter in report.parameters:
            meanings = ", ".join(f"{value} {word}" for value, word in parameter.choices.items())
            put(f"  {parameter.option}: {meanings or parameter.help}")
        for line in click.wrap_text(", ".join(c.key for c in report.columns), 98, "  columns: ", "    ").splitlines():
            put(line)


def _describe(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "help": report.help,
        "parameters": {
            **{parameter.name: dict(parameter.choices) or parameter.help for parameter in report.parameters},
            "where": report.is_list,
            "sort": report.is_list,
        },
        "columns": [{"key": c.key, "title": c.title, "kind": c.kind.name, "help": c.help} for c in report.columns],
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def runs(chosen: Chosen, as_json: bool) -> None:
    """Show My reports: what was run, when, with what, how it ended, where the file is."""
    from core.runs import runs as recorded

    database = chosen.database()
    found = recorded(database.path)
    if as_json:
        put_json([_run(run) for run in found])
        return
    from core.people import by_words, is_another

    for run in found:
        when = local(run.started_at).strftime("%Y-%m-%d %H:%M")
        rows = "" if run.row_count is None else count_of(run.row_count, "row")
        asked = "  ".join(_as_option(name, value) for name, value in run.parameters.items())
        whose = f"schedule {run.schedule}" if run.schedule else ""
        by = f"by {by_words(run.by, run.sudo_by)}" if run.by and is_another(run.by, run.sudo_by) else ""
        parts = (when, run.outcome, run.report, asked, rows, run.format, run.path or "", run.message, whose, by)
        put("  ".join(part for part in parts if part))


def _as_option(name: str, value: Any) -> str:
    """Return what was asked as the command line's option."""
    option = f"--{name.replace('_', '-')}"
    if value is True:
        return option
    if name == "selected":
        return f"({count_of(value, 'row')} selected by hand)"
    if name == "columns":
        return f"{option} {','.join(value)}"
    return " ".join(f"{option} {one}" for one in (value if isinstance(value, list) else [value]))


def _run(run: Run) -> dict[str, Any]:
    return {
        "report": run.report,
        "parameters": run.parameters,
        "as_of": run.as_of,
        "format": run.format,
        "path": run.path,
        "row_count": run.row_count,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "outcome": run.outcome,
        "message": run.message,
        "by": run.by,
        "sudo_by": run.sudo_by,
        "schedule": run.schedule,
    }
