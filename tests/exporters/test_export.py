"""What holds for every format: names, streams, moments, advice; and the catalogue of formats."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import Cancelled, Step, WorkFailed, WrongUse
from core.query.result import Result
from exporters.export import advice, export, export_to_stream, made_at, target_path
from exporters.export_options import CsvStyle, FileStyle
from exporters.formats import FORMATS, Format, format_for, format_named, format_of
from tests.exporters.conftest import MakeResult

every_format = pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: str(format_.id))


@pytest.fixture(autouse=True)
def _fixed_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772616600")


@every_format
def test_a_file_and_a_stream_hold_the_same(make_result: MakeResult, tmp_path: Path, format_: Format) -> None:
    stream = io.BytesIO()
    notes = export_to_stream(make_result(), format_, stream)
    exported = export(make_result(), format_, tmp_path / f"a{format_.ending}")
    assert exported.path.read_bytes() == stream.getvalue()
    assert exported.size == len(stream.getvalue())
    assert exported.notes == notes


@every_format
def test_no_rows_make_a_file(make_result: MakeResult, tmp_path: Path, format_: Format) -> None:
    assert export(make_result([]), format_, tmp_path / f"a{format_.ending}").size > 0


@every_format
def test_cancelling_leaves_nothing(make_result: MakeResult, tmp_path: Path, format_: Format) -> None:
    def tick(rows: int) -> None:
        raise Cancelled("The export")

    with pytest.raises(Cancelled):
        export(make_result(n=2000), format_, tmp_path / f"a{format_.ending}", tick=tick)
    assert not list(tmp_path.iterdir())


def test_a_folder_gets_a_name_of_the_report(make_result: MakeResult, summary_result: Result, tmp_path: Path) -> None:
    exported = export(make_result(), format_named("csv"), tmp_path)
    assert exported.path == tmp_path / "managed-account-details-O-2026-03-04.csv"
    assert target_path(summary_result, format_named("xls"), tmp_path).name == "all-accounts-summary-2026-03-04.xlsx"


def test_the_path_is_absolute(make_result: MakeResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(make_result(), format_named("csv"), Path("a.csv")).path == tmp_path / "a.csv"


def test_an_existing_file_needs_force(make_result: MakeResult, tmp_path: Path) -> None:
    export(make_result(), format_named("csv"), tmp_path)
    with pytest.raises(WorkFailed) as raised:
        export(make_result([]), format_named("csv"), tmp_path)
    assert raised.value.hints == (Step.OTHER_NAME_OR_REPLACE(),)
    assert export(make_result([]), format_named("csv"), tmp_path, force=True).size < 300


class Gone(io.RawIOBase):
    """A stream that fails as the system would."""

    def __init__(self, code: int) -> None:
        self.code = code

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raise OSError(self.code, os.strerror(self.code))


@every_format
def test_a_reader_that_went_away_ends_quietly(make_result: MakeResult, format_: Format) -> None:
    with pytest.raises(BrokenPipeError):
        export_to_stream(make_result(), format_, Gone(errno.EPIPE))  # type: ignore[arg-type]


@every_format
def test_an_output_that_is_full_is_said(make_result: MakeResult, format_: Format) -> None:
    with pytest.raises(WorkFailed, match="The output could not be written: No space left"):
        export_to_stream(make_result(), format_, Gone(errno.ENOSPC))  # type: ignore[arg-type]


def test_a_temporary_file_that_cannot_be_made_is_said(make_result: MakeResult, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    with pytest.raises(WorkFailed, match="TMPDIR"):
        export_to_stream(make_result(), format_named("xls"), io.BytesIO())


def test_raw_and_bom_reach_the_format(make_result: MakeResult) -> None:
    stream = io.BytesIO()
    export_to_stream(make_result(), format_named("csv"), stream, style=FileStyle(CsvStyle(raw=True, bom=True)))
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    assert b'"=1+1"' in stream.getvalue()


def test_the_moment_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_at() == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(datetime.now(UTC) - made_at()) < timedelta(minutes=1)
    assert made_at().tzinfo is not None


@pytest.mark.parametrize("value", ["x", "1.5", "9" * 30, "-99999999999999"])
def test_a_moment_that_is_none_is_wrong_use(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(WrongUse, match="SOURCE_DATE_EPOCH"):
        made_at()


def test_advice_for_files_that_hardly_serve(make_result: MakeResult) -> None:
    assert advice(make_result(n=100_000), format_named("pdf")) is None
    assert "250,000 rows" in (advice(make_result(n=250_000), format_named("pdf")) or "")
    assert advice(make_result(n=250_000), format_named("csv")) is None


def test_formats_by_word_and_ending() -> None:
    assert [format_.label for format_ in FORMATS] == ["PDF", "HTML", "CSV", "XLS", "JSON"]
    assert format_named("xlsx") is format_named("xls")
    assert format_named("PDF").id == "pdf"
    assert format_of(Path("a/b.XLSX")).id == "xls"
    assert format_for(Path("a.csv"), "csv").id == "csv"
    with pytest.raises(WrongUse, match="no format 'doc'"):
        format_named("doc")


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.xls", r"a\.xlsx"), ("a.doc", r"\.doc names no format"), ("a", "no ending"), (".csv", "no ending")],
)
def test_endings_that_are_wrong_use(name: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        format_of(Path(name))


def test_a_format_that_the_ending_contradicts_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="does not fit"):
        format_for(Path("a.csv"), "pdf")
