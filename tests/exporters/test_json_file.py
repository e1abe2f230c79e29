"""JSON: the shape of the contract, and every value as it is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from core.query.columns import Column, Row
from core.query.result import Result
from exporters.export_options import Job
from exporters.json_file import write
from tests.exporters.conftest import MakeResult


def written(result: Result, job: Job) -> bytes:
    out = io.BytesIO()
    assert write(result, out, job) == []
    return out.getvalue()


def test_matches_its_golden_file(make_result: MakeResult, job: Job, golden: Callable[[str, bytes], None]) -> None:
    golden("managed-account-details.json", written(make_result(), job))


def test_summary_matches_its_golden_file(
    summary_result: Result, job: Job, golden: Callable[[str, bytes], None]
) -> None:
    golden("all-accounts-summary.json", written(summary_result, job))


def test_has_the_shape_of_the_contract(make_result: MakeResult, job: Job) -> None:
    result = make_result()
    read: dict[str, Any] = json.loads(written(result, job))
    assert list(read) == [
        *("report", "title", "as_of", "parameters", "columns", "rows", "row_count", "notes", "data"),
    ]
    assert read["report"] == "managed-account-details"
    assert read["as_of"] == "2026-03-04"
    assert read["parameters"] == {"status": "O"}
    assert read["columns"][0] == {"key": "account_id", "title": "Account ID"}
    assert read["row_count"] == result.row_count
    assert read["notes"] == list(result.notes)
    assert read["data"] == {"file": "accounts.csv", "dated": "2026-03-02", "imported_at": "2026-03-03T17:05:00+00:00"}


def test_gives_every_value_as_it_is(make_result: MakeResult, job: Job) -> None:
    result = make_result()
    keys = [column.key for column in result.columns]
    assert json.loads(written(result, job))["rows"] == [dict(zip(keys, row, strict=True)) for row in result.rows()]


def test_blocks_are_joined(make_result: MakeResult, job: Job) -> None:
    result = make_result(n=2001)
    read = json.loads(written(result, job))
    assert [row["account_id"] for row in read["rows"]] == [row[0] for row in result.rows()]


def test_no_rows_and_no_import(make_result: MakeResult, job: Job) -> None:
    read = json.loads(written(make_result([], freshness=None), job))
    assert read["rows"] == []
    assert read["row_count"] == 0
    assert read["data"] == {"file": None, "dated": None, "imported_at": None}


@pytest.mark.parametrize("text", ["\ud800", "a\x1b]52;c;\x07", "\x9b31m", "\u202egpj", "\x00", '"\\\n\r\t', "\u2028"])
def test_whatever_a_terminal_would_obey_is_escaped_and_kept(make_result: MakeResult, job: Job, text: str) -> None:
    data = written(make_result([(text,)], columns=[Column("company", "Company")]), job)
    assert json.loads(data)["rows"] == [{"company": text}]
    assert not set(data.decode()) & set("\x1b\x07\x9b\u202e\x00\r\t\u2028")


def test_ends_with_one_line_end_and_has_a_row_a_line(make_result: MakeResult, job: Job) -> None:
    lines = written(make_result(n=3), job).decode().split("\n")
    assert len(lines) == 6
    assert lines[-1] == ""
    assert lines[1].startswith('{"account_id": "a0000000"')


def test_a_text_that_looks_like_the_border_of_two_rows_is_kept(make_result: MakeResult, job: Job) -> None:
    rows: list[Row] = [('}, {"company": ', "}, {"), ("}, {", 'company": ')]
    data = written(make_result(rows, columns=[Column("company", "Company"), Column("x", "X")]), job)
    assert [tuple(row.values()) for row in json.loads(data)["rows"]] == rows
    assert data.count(b"\n") == 4


def test_tells_progress(make_result: MakeResult, job: Job) -> None:
    ticks: list[int] = []
    write(make_result(n=2500), io.BytesIO(), Job(made_at=job.made_at, tick=ticks.append))
    assert ticks == [1000, 2000, 2500]
