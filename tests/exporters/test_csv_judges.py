"""CSV before its judges: nothing in it becomes a formula, and no row is lost or won."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.query.columns import Column
from core.query.kinds import ID
from exporters.csv_file import write
from exporters.export_options import FileStyle, Job, excel_csv
from tests.exporters import judges
from tests.exporters.conftest import MakeResult
from tests.exporters.test_csv_file import GUARDED, PLAIN

pytestmark = [pytest.mark.programs, pytest.mark.promise("P1")]

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


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("read_as", [";", "\t", ","])
def test_for_excel_nothing_is_computed_whatever_a_reader_parts_fields_at(
    make_result: MakeResult, job: Job, tmp_path: Path, delimiter: str, read_as: str
) -> None:
    """Fault T10: a text such as x;=1+1 becomes a formula for a reader that parts fields at another sign than we do."""
    hidden = [f"x{sign}{quote}{formula}" for sign in ";,\t" for quote in ("", '"') for formula in ("=1+1", "@SUM(1)")]
    path = tmp_path / "a.csv"
    columns = (Column("account_id", "Account ID", ID), Column("company", "Company"))
    rows = [(f"a{place}", text) for place, text in enumerate([*TEXTS, *hidden])]
    with path.open("wb") as out:
        style = FileStyle(excel_csv(delimiter))
        write(make_result(rows, columns=columns), out, replace(job, style=style))
    options = f"--infilter=CSV:{ord(read_as)},34,76,1"
    sheet = load_workbook(judges.by_libreoffice(path, "xlsx", "xlsx", options)).active
    assert sheet is not None
    formulas = [str(cell.value) for row in sheet for cell in row if cell.data_type == "f"]
    assert [text for text in formulas if not re.fullmatch(r'="[0-9 +().:/eE-]+"', text)] == []
