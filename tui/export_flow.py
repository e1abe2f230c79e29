"""From a request to a file: what to run, where to, what if something is there already, and what comes after."""

from __future__ import annotations

from pathlib import Path

from core.database import Database
from core.errors import Fault, WorkFailed
from core.last_choices import Choices
from core.paths import is_there
from core.query.query import run_report
from core.query.request import Request
from core.reports.report import Report
from core.runs import Outcome, record_end, record_start
from core.work import Work, stop_when
from exporters.export import Exported, advice, export
from exporters.formats import Format, format_named
from tui.file_names import default_folder, default_name
from tui.partner import Partner


class Advised(WorkFailed):
    """Hardly anyone is served by such a file: the person should be asked."""


def run_a_report(partner: Partner, *, choices: Choices | None = None, report: Report | None = None) -> None:
    """Ask what to run, beginning with these choices or this report, and show or write it."""
    from tui.dialogues.generate_report import GenerateReport, ToRun

    def answered(chosen: ToRun | None) -> None:
        if chosen is None:
            return
        if chosen.file_format:
            format_ = format_named(chosen.file_format)
            path = default_folder(partner.settings) / default_name(chosen.request, format_)
            write(partner, chosen.request, format_, path)
        else:
            partner.show_report(chosen.request)

    partner.push_screen(GenerateReport(choices, report=report), answered)


def ask_and_export(partner: Partner, request: Request, format_id: str = "", path: Path | None = None) -> None:
    """Ask for format and path, beginning with these, and write the file."""
    from tui.dialogues.export import ExportScreen, ToWrite

    def answered(chosen: ToWrite | None) -> None:
        if chosen is not None:
            write(partner, request, chosen.format, chosen.path)

    partner.push_screen(ExportScreen(request, format_id, path), answered)


def write(partner: Partner, request: Request, format_: Format, path: Path) -> None:
    """Write a request's file, asking first where one is there already."""
    if not is_there(path):
        _export(partner, request, format_, path)
        return

    from tui.dialogues.question import QuestionScreen

    def answered(answer: str | None) -> None:
        if answer == "overwrite":
            _export(partner, request, format_, path, force=True)
        elif answer == "rename":
            ask_and_export(partner, request, format_.id, path)

    answers = {"rename": "Another name", "overwrite": "Overwrite", "leave": "Cancel"}
    partner.push_screen(QuestionScreen("The file exists", f"{path} is there already.", answers), answered)


def _export(
    partner: Partner, request: Request, format_: Format, path: Path, *, force: bool = False, advised: bool = False
) -> None:
    """Write the file, and tell where it is or what went wrong."""
    from tui.dialogues.delivery import DeliveryScreen
    from tui.dialogues.exporting import ExportingScreen
    from tui.dialogues.question import QuestionScreen

    database = partner.database

    def work(under_way: Work) -> Exported:
        return write_file(database, request, format_, path, force=force, advised=advised, work=under_way)

    def confirmed(answer: str | None) -> None:
        if answer == "go":
            _export(partner, request, format_, path, force=force, advised=True)

    def answered(outcome: Exported | Fault | None) -> None:
        if isinstance(outcome, Exported):
            partner.push_screen(DeliveryScreen(outcome.path, outcome.notes))
        elif isinstance(outcome, Advised):
            answers = {"leave": "Cancel", "go": "Write it all the same"}
            partner.push_screen(QuestionScreen("Many rows", str(outcome), answers), confirmed)
        elif outcome is not None:
            partner.show_fault(outcome)

    partner.push_screen(ExportingScreen(format_.label, path, work), answered)


def write_file(
    database: Database,
    request: Request,
    format_: Format,
    path: Path,
    *,
    force: bool,
    advised: bool,
    work: Work,
) -> Exported:
    """Write the file and record the run; for a worker.

    Args:
        database: where the accounts are; it is read through a connection of its own.
        request: what to write.
        format_: as what.
        path: where to.
        force: whether a file that is there is replaced.
        advised: whether the person knows that the file will be unwieldy.
        work: is told how far it is, and says whether to stop.

    Raises:
        Advised: the person should be asked first.
        Fault: what went wrong; nothing was written.
    """
    connection = database.read_accounts()
    number = None
    outcome: Outcome = "failed"
    rows, message = None, ""
    try:
        stop_when(connection, work.is_unwanted)
        result = run_report(connection, request)
        words = advice(result, format_)
        if words and not advised:
            raise Advised(words)
        number = record_start(
            database.path,
            request.report.id,
            parameters=request.for_programs(),
            as_of=request.as_of.isoformat(),
            file_format=format_.id,
            path=str(path.absolute()),
        )

        def tick(done: int) -> None:
            work.tick(done, result.row_count)

        exported = export(result, format_, path, force=force, tick=tick)
        outcome, rows = "done", result.row_count
        return exported
    except Exception as error:
        if work.is_unwanted():  # also an error of SQLite's, which says no more than that it was interrupted
            outcome = "cancelled" if work.is_stopped else "interrupted"
        message = error.message if isinstance(error, Fault) else ""
        raise
    finally:
        connection.close()
        record_end(database.path, number, outcome, row_count=rows, message=message)
