"""Run a request into a file and record it: how each end is recorded, and what is left on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.errors import Cancelled, WorkFailed
from core.query.request import Request, ask
from core.reports.catalogue import MY_ACCOUNTS
from core.runs import Run, runs
from core.work import Work
from exporters.formats import FORMATS, format_named
from exporters.run import Advised, recorded, run_into_file
from tests.core.databases import account, fill

CSV = format_named("csv")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return fill(tmp_path, [account(account_id=f"a{number}", company=f"Company {number}") for number in range(3)])


@pytest.fixture
def request_() -> Request:
    return ask(MY_ACCOUNTS, date(2026, 3, 4), where=["account_id != a0"])


def only(database: Database) -> Run:
    (run,) = runs(database.path)
    return run


def test_a_file_is_written_and_recorded(database: Database, request_: Request, tmp_path: Path) -> None:
    work, told = Work(), []
    work.told = lambda: told.append((work.rows, work.of))
    result, exported = run_into_file(database, request_, CSV, tmp_path / "a.csv", work=work)
    assert exported.path.read_text().count("\n") == 3
    assert result.row_count == 2
    assert told == [(2, 2)]
    run = only(database)
    assert (run.outcome, run.report, run.format, run.row_count) == ("done", "my-accounts", "csv", 2)
    assert (run.path, run.parameters) == (str(tmp_path / "a.csv"), {"where": ["account_id != a0"]})


def test_a_file_that_is_there_is_kept_and_the_run_has_failed(
    database: Database, request_: Request, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(WorkFailed):
        run_into_file(database, request_, CSV, tmp_path / "a.csv", work=Work())
    assert (tmp_path / "a.csv").read_text() == "mine"
    run = only(database)
    assert run.outcome == "failed"
    assert "exists already" in run.message


def test_a_person_stops_it_or_the_program_ends(database: Database, request_: Request, tmp_path: Path) -> None:
    stopped = Work("The export")
    stopped.stop()
    ending = Work("The export", unwanted=lambda: True)
    for work, outcome in ((stopped, "cancelled"), (ending, "interrupted")):
        unwatched = replace(request_)  # the report is run before anybody stops
        with pytest.raises(Cancelled), recorded(database, unwatched, "csv", None, work=work):
            work.check()
        assert runs(database.path)[0].outcome == outcome


@pytest.mark.parametrize(
    ("error", "outcome", "message"),
    [
        (Cancelled("The export"), "cancelled", ""),
        (WorkFailed("The disk is full.", "Free some."), "failed", "The disk is full."),
        (BrokenPipeError(), "interrupted", "The reader went away."),
        (ZeroDivisionError(), "failed", "A fault of partner-tui."),
        (KeyboardInterrupt(), "interrupted", ""),
    ],
)
def test_every_end_is_recorded(
    database: Database, request_: Request, error: BaseException, outcome: str, message: str
) -> None:
    def ended() -> None:
        with recorded(database, request_, "csv", None) as run:
            run.row_count = 7
            raise error

    with pytest.raises(type(error)):
        ended()
    run = only(database)
    assert (run.outcome, run.message, run.row_count) == (outcome, message, 7)


def test_what_is_unwieldy_is_asked_first_and_not_recorded(
    database: Database, request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = replace(format_named("html"), many=1)
    with pytest.raises(Advised, match="An HTML page of 2 rows"):
        run_into_file(database, request_, html, tmp_path / "a.html", work=Work(), ask_first=True)
    assert runs(database.path) == []
    run_into_file(database, request_, html, tmp_path / "a.html", work=Work())
    assert only(database).outcome == "done"


def test_every_format_runs(database: Database, request_: Request, tmp_path: Path) -> None:
    for format_ in FORMATS:
        target = tmp_path / f"a{format_.ending}"
        assert run_into_file(database, request_, format_, target, work=Work())[1].path == target
    assert {run.outcome for run in runs(database.path)} == {"done"}


def test_a_name_of_bytes_that_are_no_text_is_recorded(database: Database, request_: Request, tmp_path: Path) -> None:
    run_into_file(database, request_, CSV, tmp_path / "a\udcff.csv", work=Work())
    assert (only(database).path or "").endswith("a\ufffd.csv")


def test_nothing_else_records_a_file_that_is_written(request: pytest.FixtureRequest) -> None:
    """The command line, the application, schedules and mail go through here: no second copy of how a run ends."""
    root = Path(request.config.rootpath)
    files: list[Path] = [file for floor in ("exporters", "tui") for file in (root / floor).rglob("*.py")]
    users = {file.relative_to(root).as_posix() for file in files if "record_end(" in file.read_text("utf-8")}
    assert users == {"exporters/run.py", "tui/cli/scheduled_run.py"}, "a schedule records imports, which are no reports"
