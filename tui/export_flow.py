"""From a request to a file: where to, what if something is there already, and what comes after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.database import Database
from core.errors import Cancelled, Fault
from core.paths import is_there, written_path
from core.query.query import run_report, stop_when
from core.query.request import Request
from core.runs import Outcome, record_end, record_start
from core.settings.settings import Settings
from exporters.export import Exported, advice, export
from exporters.formats import Format, format_named

if TYPE_CHECKING:
    from tui.app import PartnerApp


class Advised(Exception):
    """Hardly anyone is served by such a file: the person should be asked."""


def default_folder(settings: Settings) -> Path:
    """Return where reports are written unless asked otherwise."""
    return written_path(settings.export_folder) if settings.export_folder else Path.cwd()


def default_name(request: Request, format_: Format) -> str:
    """Return the name of a report's file: REPORT-ID[-STATUS]-ASOF.ext."""
    parts = [request.report.id, request.status or "", request.as_of.isoformat()]
    return "-".join(filter(None, parts)) + format_.ending


def begin_export(app: PartnerApp, request: Request, format_id: str, path: Path | None = None) -> None:
    """Write a request's file, asking first where one is there already.

    To be called by the application itself: the answer to a question does not reach a dialogue that is gone.
    """
    format_ = format_named(format_id)
    path = path or default_folder(app.settings) / default_name(request, format_)
    if not is_there(path):
        _write(app, request, format_, path)
        return

    from tui.dialogues.export import ExportScreen
    from tui.dialogues.question import QuestionScreen

    def answered(answer: str | None) -> None:
        if answer == "overwrite":
            _write(app, request, format_, path, force=True)
        elif answer == "rename":
            app.push_screen(ExportScreen(request, format_.id, path))

    answers = {"rename": "Another name", "overwrite": "Overwrite", "leave": "Cancel"}
    app.push_screen(QuestionScreen("The file exists", f"{path} is there already.", answers), answered)


def _write(app: PartnerApp, request: Request, format_: Format, path: Path, *, force: bool = False) -> None:
    from tui.dialogues.exporting import ExportingScreen

    app.push_screen(ExportingScreen(request, format_, path, force=force))


def write_file(
    database: Database,
    request: Request,
    format_: Format,
    path: Path,
    *,
    force: bool,
    advised: bool,
    progress: Callable[[int, int], None],
    unwanted: Callable[[], bool],
    is_stopped_by_hand: Callable[[], bool],
) -> Exported:
    """Write the file and record the run; for a worker.

    Args:
        database: where the accounts are; it is read through a connection of its own.
        request: what to write.
        format_: as what.
        path: where to.
        force: whether a file that is there is replaced.
        advised: whether the person knows that the file will be unwieldy.
        progress: told rows written and rows in all.
        unwanted: whether to stop.
        is_stopped_by_hand: whether, if so, that was the person's wish.

    Raises:
        Advised: the person should be asked first.
        Fault: what went wrong; nothing was written.
    """
    connection = database.read_accounts()
    number = None
    outcome: Outcome = "failed"
    rows, message = None, ""
    try:
        stop_when(connection, unwanted)
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
            if unwanted():
                raise Cancelled("The export")
            progress(done, result.row_count)

        exported = export(result, format_, path, force=force, tick=tick)
        outcome, rows = "done", result.row_count
        return exported
    except Exception as error:
        if unwanted():  # also an error of SQLite's, which says no more than that it was interrupted
            outcome = "cancelled" if is_stopped_by_hand() else "interrupted"
        message = error.message if isinstance(error, Fault) else ""
        raise
    finally:
        connection.close()
        record_end(database.path, number, outcome, row_count=rows, message=message)
