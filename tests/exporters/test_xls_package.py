"""How workbooks are written: sheet by sheet, forward only, always the same bytes, and never a wrong file silently."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from core.errors import Cancelled, WorkFailed
from core.query.columns import Row
from exporters.export_options import Job
from exporters.xls import package as packages
from exporters.xls import sheets
from exporters.xls_file import write
from tests.exporters.conftest import MakeResult, generated_rows


class Pipe(io.RawIOBase):
    """A stream that can neither tell nor seek."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def written(result: object, job: Job) -> bytes:
    out = io.BytesIO()
    write(result, out, job)  # type: ignore[arg-type]
    return out.getvalue()


def test_equal_input_gives_equal_bytes_in_a_file_and_in_a_pipe(make_result: MakeResult, job: Job) -> None:
    pipe = Pipe()
    write(make_result(), pipe, job)  # type: ignore[arg-type]
    assert written(make_result(), job) == written(make_result(), job) == bytes(pipe.data)


@pytest.mark.parametrize("year", [1970, 2026, 2200])
def test_any_moment_can_be_written(make_result: MakeResult, year: int) -> None:
    data = written(make_result(), Job(made_at=datetime(year, 1, 1, tzinfo=UTC)))
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.modified.year == year


@pytest.mark.parametrize("sheet_rows", [700, 1000, 1250])
def test_rows_go_on_to_further_sheets(
    make_result: MakeResult, job: Job, monkeypatch: pytest.MonkeyPatch, sheet_rows: int
) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", sheet_rows)
    result = make_result(n=2500)
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(result, job)))
    expected = [(row[0], row[8]) for row in result.rows()]
    found = []
    for number, name in enumerate(book.sheet_names[:-1], 1):
        assert name == ("Accounts" if number == 1 else f"Accounts {number}")
        heading, *rows = book.get_sheet_by_name(name).to_python()
        assert heading == [column.title for column in result.columns]
        assert len(rows) == min(sheet_rows, 2500 - sheet_rows * (number - 1))
        found += [(row[0], row[8]) for row in rows]
    assert found == expected
    assert book.sheet_names[-1] == "Summary"


def test_a_sheet_that_is_just_full_is_the_only_one(
    make_result: MakeResult, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 2500)
    book = openpyxl.load_workbook(io.BytesIO(written(make_result(n=2500), job)))
    assert book.sheetnames == ["Accounts", "Summary"]


def test_a_sheet_holds_no_more_rows_than_excel_allows() -> None:
    assert sheets.row_counts(2**20 - 1) == [1_048_575]
    assert sheets.row_counts(2**20) == [1_048_575, 1]
    assert sheets.row_counts(0) == [0]


def test_the_large_form_of_zip_is_read_by_all(
    make_result: MakeResult, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = written(make_result(n=3000), job)
    monkeypatch.setattr(packages, "PLAIN_LIMIT", 1000)
    large = written(make_result(n=3000), job)
    assert len(large) > len(plain)
    with ZipFile(io.BytesIO(large)) as package:
        assert package.testzip() is None
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(large)).get_sheet_by_name("Accounts").to_python()) == 3001
    for engine in ("openpyxl", "calamine"):
        assert len(pd.read_excel(io.BytesIO(large), engine=engine, sheet_name="Accounts")) == 3000


def test_a_sheet_far_larger_than_expected_is_refused(
    make_result: MakeResult, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "PLAIN_LIMIT", 400_000)
    columns = make_result().columns[:1]
    rows = [("a",) for _ in range(1000)] + [("b" * 1000,) for _ in range(1000)]
    with pytest.raises(WorkFailed, match="too long for one worksheet"):
        write(make_result(rows, columns=columns), io.BytesIO(), job)


@pytest.mark.parametrize("announced", [0, 1999, 2001])
def test_a_wrong_number_of_rows_is_a_fault(make_result: MakeResult, job: Job, announced: int) -> None:
    result = replace(make_result(n=2000), row_count=announced)
    with pytest.raises(WorkFailed, match="changed"):
        write(result, io.BytesIO(), job)


def test_progress_is_told_and_can_cancel(make_result: MakeResult, job: Job) -> None:
    told: list[int] = []
    write(make_result(n=2500), io.BytesIO(), replace(job, tick=told.append))
    assert told == [1000, 2000, 2500]

    def stop(rows: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write(make_result(n=2500), io.BytesIO(), replace(job, tick=stop))


def test_a_full_disk_is_told(make_result: MakeResult, job: Job) -> None:
    class Full(Pipe):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write(make_result(n=2500), Full(), job)  # type: ignore[arg-type]


def test_rows_are_taken_as_they_are_written(make_result: MakeResult, job: Job) -> None:
    given = 0
    ahead: list[int] = []

    def blocks() -> Iterator[list[Row]]:
        nonlocal given
        for block in generated_rows(20_000):
            given += len(block)
            yield block

    result = replace(make_result(n=20_000), blocks=blocks)
    write(result, io.BytesIO(), replace(job, tick=lambda rows: ahead.append(given - rows)))
    assert max(ahead) == 0
