"""CSV before LibreOffice: nothing in it becomes a formula, and no row is lost or won."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.columns import Column
from exporters.csv_file import write
from exporters.job import Job
from tests.exporters.conftest import MakeResult
from tests.exporters.test_csv_file import GUARDED, PLAIN

pytestmark = pytest.mark.programs

AS_UTF8 = "CSV:44,34,76,1"
"""LibreOffice's words for: commas, double quotes, UTF-8, from the first row."""


def test_libreoffice_computes_nothing(make_result: MakeResult, job: Job, tmp_path: Path) -> None:
    texts = [*GUARDED, *PLAIN, "x\r=1+1", "x\n=1+1", 'a","=1+1', 'a"\r\n"=1+1']
    columns = (Column("account_id", "Account ID", "id"), Column("company", "Company"))
    with (tmp_path / "a.csv").open("wb") as out:
        write(make_result([(f"a{place}", text) for place, text in enumerate(texts)], columns=columns), out, job)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = ["--headless", f"--infilter={AS_UTF8}", "--convert-to", "xlsx", "--outdir", tmp_path, tmp_path / "a.csv"]
    subprocess.run(["soffice", profile, *convert], capture_output=True, check=True)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(texts) + 1
    assert [cell.value for row in sheet for cell in row if cell.data_type == "f"] == []
