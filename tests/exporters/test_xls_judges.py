"""Workbooks before their judges: the validator of the Open XML SDK, and LibreOffice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from core.query.columns import Column, Value
from core.query.kinds import NUMBER
from core.query.result import Result
from core.text.signs import sign_of
from exporters.export_options import Job
from exporters.replacing import REPLACEMENT
from exporters.xls import sheets
from exporters.xls_file import write
from tests.exporters.conftest import MakeResult
from tests.exporters.judges import by_libreoffice, by_ooxml_validator, said

pytestmark = [pytest.mark.programs, pytest.mark.promise("P1")]


def save(result: Result, job: Job, path: Path) -> Path:
    with path.open("wb") as out:
        write(result, out, job)
    return path


def test_the_validator_finds_nothing(make_result: MakeResult, job: Job, tmp_path: Path) -> None:
    assert by_ooxml_validator(save(make_result(), job, tmp_path / "mixed.xlsx")) == []
    assert by_ooxml_validator(save(make_result([]), job, tmp_path / "empty.xlsx")) == []
    assert by_ooxml_validator(save(make_result(title="x" * 32, notes=["\x00"]), job, tmp_path / "title.xlsx")) == []


def test_the_validator_finds_nothing_in_a_chart_and_in_bars(
    summary_result: Result, tracker_result: Result, job: Job, tmp_path: Path
) -> None:
    assert by_ooxml_validator(save(summary_result, job, tmp_path / "summary.xlsx")) == []
    assert by_ooxml_validator(save(tracker_result, job, tmp_path / "tracker.xlsx")) == []


def test_the_validator_finds_nothing_in_further_sheets(
    make_result: MakeResult, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 1000)
    assert by_ooxml_validator(save(make_result(n=2500), job, tmp_path / "sheets.xlsx")) == []


def _behind_sign(column: Column, value: Value) -> str:
    """Return a value as its cell shows it."""
    sign = sign_of(column.key, value) if column.has_badges else None
    return "" if value is None else f"{sign.sign} {value}" if sign else str(value)


def test_libreoffice_reads_every_cell(make_result: MakeResult, job: Job, tmp_path: Path) -> None:
    columns = [column for column in make_result().columns if column.kind is not NUMBER]
    places = [make_result().columns.index(column) for column in columns]
    rows = [tuple(row[place] for place in places) for row in make_result().rows()]
    path = save(make_result([*rows, ("\x07", *rows[0][1:])], columns=columns), job, tmp_path / "mixed.xlsx")
    text = by_libreoffice(path, "csv:Text - txt - csv (StarCalc):44,34,76", "csv").read_text(encoding="utf-8")
    shown = [
        [_behind_sign(column, value).replace("\r\n", "\n") for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]
    assert list(csv.reader(io.StringIO(text)))[1:] == [*shown, [REPLACEMENT, *shown[0][1:]]]


def test_libreoffice_prints_data_and_summary(summary_result: Result, job: Job, tmp_path: Path) -> None:
    pages = by_libreoffice(save(summary_result, job, tmp_path / "summary.xlsx"), "pdf", "pdf")
    text = said("pdftotext", pages, "-")
    assert "Accounts by status" in text
    assert "Page 2 of 2" in text
