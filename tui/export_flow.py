"""From a request to a file: what to run, where to, what if something is there already, and what comes after."""

from __future__ import annotations

from pathlib import Path

from core.errors import Fault
from core.last_choices import Choices
from core.paths import is_there
from core.query.request import Request
from core.reports.report import Report
from core.work import Work
from exporters.export import Exported
from exporters.export_options import FileStyle
from exporters.formats import Format, format_named
from exporters.run import Advised, run_into_file
from tui.file_names import default_folder, default_name
from tui.partner import Partner
from tui.schedule_flow import schedule_report


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


def ask_and_export(
    partner: Partner,
    request: Request,
    format_id: str = "",
    path: Path | None = None,
    style: FileStyle | None = None,
) -> None:
    """Ask for format and path, beginning with these, and write the file."""
    from tui.dialogues.export import ExportScreen, ToWrite

    def answered(chosen: ToWrite | None) -> None:
        if chosen is not None and chosen.is_scheduled:
            schedule_report(partner, request, chosen.format.id, chosen.path, chosen.style)
        elif chosen is not None:
            write(partner, request, chosen.format, chosen.path, chosen.style)

    partner.push_screen(ExportScreen(request, format_id, path, style), answered)


def write(partner: Partner, request: Request, format_: Format, path: Path, style: FileStyle | None = None) -> None:
    """Write a request's file, by default as the settings say, asking first where one is there already."""
    if not is_there(path):
        _export(partner, request, format_, path, style)
        return

    from tui.dialogues.question import QuestionScreen

    def answered(answer: str | None) -> None:
        if answer == "overwrite":
            _export(partner, request, format_, path, style, force=True)
        elif answer == "rename":
            ask_and_export(partner, request, format_.id, path, style)

    answers = {"rename": "Another name", "overwrite": "Overwrite", "leave": "Cancel"}
    partner.push_screen(QuestionScreen("The file exists", f"{path} is there already.", answers), answered)


def _export(
    partner: Partner,
    request: Request,
    format_: Format,
    path: Path,
    style: FileStyle | None,
    *,
    force: bool = False,
    advised: bool = False,
) -> None:
    """Write the file, and tell where it is or what went wrong."""
    from tui.dialogues.delivery import DeliveryScreen
    from tui.dialogues.exporting import ExportingScreen
    from tui.dialogues.question import QuestionScreen

    database = partner.database

    def work(under_way: Work) -> Exported:
        _, exported = run_into_file(
            database, request, format_, path, work=under_way, force=force, style=style, ask_first=not advised
        )
        return exported

    def confirmed(answer: str | None) -> None:
        if answer == "go":
            _export(partner, request, format_, path, style, force=force, advised=True)

    def answered(outcome: Exported | Fault | None) -> None:
        if isinstance(outcome, Exported):
            partner.push_screen(DeliveryScreen(outcome.path, outcome.notes))
        elif isinstance(outcome, Advised):
            answers = {"leave": "Cancel", "go": "Write it all the same"}
            partner.push_screen(QuestionScreen("Many rows", str(outcome), answers), confirmed)
        elif outcome is not None:
            partner.show_fault(outcome)

    partner.push_screen(ExportingScreen(format_.label, path, work), answered)
