"""Pages before their judges: the Nu HTML checker, axe and pa11y in Chromium, and Chromium's printing."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.query.columns import Column
from core.query.kinds import ID
from core.query.result import Result
from exporters.export_options import Job
from exporters.html_file import write
from tests.exporters import judges
from tests.exporters.conftest import MakeResult
from tests.exporters.test_html_file import CONTROLS, HOSTILE

pytestmark = [pytest.mark.programs, pytest.mark.promise("P1")]


@pytest.fixture
def pages(
    make_result: MakeResult, summary_result: Result, tracker_result: Result, job: Job, tmp_path: Path
) -> list[Path]:
    """Return pages of every sort: mixed, hostile, with a chart, with bars, and without rows."""
    hostile = [(f"a{place}", text) for place, text in enumerate(HOSTILE + CONTROLS)]
    columns = (Column("account_id", "Account ID", ID), Column("company", "Company"))
    results = {
        "mixed": make_result(),
        "hostile": make_result(hostile, columns=columns, notes=HOSTILE),
        "summary": summary_result,
        "tracker": tracker_result,
        "empty": make_result([], freshness=None),
    }
    paths = []
    for name, result in results.items():
        paths.append(tmp_path / f"{name}.html")
        with paths[-1].open("wb") as out:
            write(result, out, job)
    return paths


def test_the_checker_finds_nothing(pages: list[Path]) -> None:
    assert judges.by_html_checker(pages) == ""


def test_axe_finds_nothing_and_nothing_acts(pages: list[Path]) -> None:
    assert judges.by_axe(pages) == []


def test_pa11y_finds_nothing(pages: list[Path]) -> None:
    assert judges.by_pa11y(pages) == []


def test_prints_with_headings_and_numbers_on_every_page(make_result: MakeResult, job: Job, tmp_path: Path) -> None:
    with (tmp_path / "page.html").open("wb") as out:
        write(make_result(n=100), out, job)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    options += [
        "--disable-background-networking",
        "--disable-component-update",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    options += ["--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}", f"file://{tmp_path / 'page.html'}"]
    judges.said("chromium", *options)
    sheets = judges.said("pdftotext", "-layout", tmp_path / "page.pdf", "-").split("\f")[:-1]
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "Username" in sheet
