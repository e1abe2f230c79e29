"""CSV before its judges: nothing in it becomes a formula, and no row is lost or won."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.query.columns import Column
from core.query.kinds import ID
from exporters.csv_file import write
from exporters.export_options import Job
from tests.exporters import judges
from tests.exporters.conftest import MakeResult
from tests.exporters.test_csv_file import GUARDED, PLAIN

pytestmark = pytest.mark.programs

AS_UTF8 = "CSV:44,34,76,1"
"""LibreOffice's words for: commas, double quotes, UTF-8, from the first row."""
TEXTS = [*GUARDED, *PLAIN, "x\r=1+1", "x\n=1+1", 'a","=1+1', 'a"\r\n"=1+1']


@pytest.fixture
def file(make_result: MakeResult, job: Job, tmp_path: Path) -> Path:
    """Return a file of texts that careless readers stumble over."""
    columns = (Column("account_id", "Account ID", ID), Column("company", "Company"))
    path = tmp_path / "a.csv"
    with path.open("wb") as out:
        write(make_result([(f"a{place}", text) for place, text in enumerate(TEXTS)], columns=columns), out, job)
    return path


def test_libreoffice_computes_nothing(file: Path) -> None:
    sheet = load_workbook(judges.by_libreoffice(file, "xlsx", "xlsx", f"--infilter={AS_UTF8}")).active
    assert sheet is not None
    assert sheet.max_row == len(TEXTS) + 1
    assert [cell.value for row in sheet for cell in row if cell.data_type == "f"] == []


def test_csvclean_and_frictionless_find_nothing(file: Path) -> None:
    assert judges.by_csvclean(file) == ""
    assert judges.by_frictionless(file) == []
