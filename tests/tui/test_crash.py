"""A crash tells nothing of anybody's data."""

from __future__ import annotations

import stat

import pytest
from textual.widgets import Static
from textual.worker import WorkerFailed

from core.database import Database
from core.paths import data_folder
from tests.tui.application import AS_OF
from tui.app import PartnerApp
from tui.crash import KEPT, report_crash

pytestmark = pytest.mark.promise("P5")

SECRET = "secret-of-a-customer"


def fail_with(secret: str) -> None:
    try:
        raise ValueError(secret)
    except ValueError as error:
        raise RuntimeError(f"about {secret}") from error


def crash() -> RuntimeError:
    with pytest.raises(RuntimeError) as caught:
        fail_with(SECRET)
    return caught.value


def test_report_says_where_and_not_what() -> None:
    words = report_crash(crash())
    (report,) = (data_folder() / "crashes").iterdir()
    text = report.read_text()
    assert SECRET not in text + words
    assert str(report) in words
    assert len(words.splitlines()) == 2
    assert "fail_with" in text
    assert "ValueError" in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700


def test_old_reports_are_removed() -> None:
    folder = data_folder() / "crashes"
    folder.mkdir(parents=True)
    for number in range(20):
        (folder / f"crash-20200101-{number:06}-1.txt").touch()
    report_crash(crash())
    assert len(list(folder.iterdir())) == KEPT


@pytest.mark.parametrize("key", ["6", "2"], ids=["on the loop", "beside it"])
async def test_crash_of_the_application_shows_no_locals(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def broken(*_: object) -> None:
        fail_with(SECRET)

    async def break_down(app: PartnerApp) -> None:
        async with app.run_test() as pilot:
            monkeypatch.setattr(Static, "update", broken)
            await pilot.press(key)
            await pilot.pause()

    app = PartnerApp(database, AS_OF)
    with pytest.raises((RuntimeError, WorkerFailed)):
        await break_down(app)
    assert app.crashed
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err
    (report,) = (data_folder() / "crashes").iterdir()
    assert "fail_with" in report.read_text()
    assert SECRET not in report.read_text()
