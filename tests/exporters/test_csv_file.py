"""CSV: what the csv module reads back, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.query.columns import Column, Row
from core.query.kinds import DATE, ID, NUMBER, PERCENT
from core.query.result import Result
from core.text.formula_guard import is_guarded
from exporters.csv_file import write
from exporters.export_options import CsvStyle, FileStyle, Job, excel_csv
from tests.exporters.conftest import MakeResult

COMPANY = (Column("company", "Company"),)


def written(result: Result, job: Job) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    notes = write(result, out, job)
    return out.getvalue(), notes


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def of_texts(make_result: MakeResult, texts: list[str | None]) -> Result:
    return make_result([(text,) for text in texts], columns=COMPANY)


def test_matches_its_golden_file(make_result: MakeResult, job: Job, golden: Callable[[str, bytes], None]) -> None:
    golden("managed-account-details.csv", written(make_result(), job)[0])


def test_summary_matches_its_golden_file(
    summary_result: Result, job: Job, golden: Callable[[str, bytes], None]
) -> None:
    golden("all-accounts-summary.csv", written(summary_result, job)[0])


def test_every_field_is_quoted_and_rows_end_with_crlf(make_result: MakeResult, job: Job) -> None:
    rows: list[Row] = [("a1", 5, None), ('say "x"', None, "2026-01-02")]
    columns = (Column("a", "A", ID), Column("b", "B", NUMBER), Column("c", "C", DATE))
    data, notes = written(make_result(rows, columns=columns), job)
    assert data == b'"A","B","C"\r\n"a1","5",""\r\n"say ""x""","","2026-01-02"\r\n'
    assert notes == []


def test_zero_is_not_unknown(make_result: MakeResult, job: Job) -> None:
    data, _ = written(make_result([(0,), (None,)], columns=(Column("n", "N", NUMBER),)), job)
    assert read(data)[1:] == [["0"], [""]]


def test_line_ends_inside_values_become_lf(make_result: MakeResult, job: Job) -> None:
    data, _ = written(of_texts(make_result, ["a\r\nb", "a\rb", "a\nb", "x\r=1+1"]), job)
    assert read(data)[1:] == [["a\nb"], ["a\nb"], ["a\nb"], ["x\n=1+1"]]
    assert data.count(b"\r") == data.count(b"\r\n") == 5


GUARDED = ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\tx", " =1", "＝1", "＋a", "－a", "＠a", "\u200b=1", "\ufeff@x",
           "+1 (555) 010-0100", "-x", "\n=1", "=\"a\""]  # fmt: skip
PLAIN = ["a", "", "-5", "+5", "-1.50", "+1 (555) 010.0100", "(555) 010-0100", "1-2", "a=b", "'x", '"=1', "Łódź", "#N/A"]


@pytest.mark.parametrize("text", GUARDED)
def test_a_formula_is_marked_and_counted(make_result: MakeResult, job: Job, text: str) -> None:
    data, notes = written(of_texts(make_result, ["a", text, None]), job)
    assert read(data)[1:] == [["a"], ["'" + text], [""]]
    assert len(notes) == 1
    assert notes[0].startswith("1 text begins as a formula does")


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_are_left_alone(make_result: MakeResult, job: Job, text: str) -> None:
    data, notes = written(of_texts(make_result, [text]), job)
    assert read(data)[1:] == [[text]]
    assert notes == []


def test_raw_leaves_formulas_untouched(make_result: MakeResult, job: Job) -> None:
    data, notes = written(of_texts(make_result, ["=1+1"]), replace(job, style=FileStyle(CsvStyle(raw=True))))
    assert read(data)[1:] == [["=1+1"]]
    assert notes == []


def test_byte_order_mark_only_when_asked(make_result: MakeResult, job: Job) -> None:
    plain, _ = written(make_result(), job)
    marked, _ = written(make_result(), replace(job, style=FileStyle(CsvStyle(bom=True))))
    assert marked == b"\xef\xbb\xbf" + plain


def test_nul_and_lone_surrogates_are_replaced_and_counted(make_result: MakeResult, job: Job) -> None:
    data, notes = written(of_texts(make_result, ["a\0b", "c\ud800d", "e\0", "=\udfff"]), job)
    assert read(data)[1:] == [["a�b"], ["c�d"], ["e�"], ["'=�"]]
    assert notes[0].startswith("4 characters that no CSV file can hold")
    assert notes[1].startswith("1 text begins")


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))))
def test_reads_back_as_what_it_was_but_for_the_mark(make_result: MakeResult, job: Job, texts: list[str | None]) -> None:
    data, _ = written(of_texts(make_result, texts), job)
    expected = [("'" if is_guarded(text or "") else "") + (text or "") for text in texts]
    assert [row[0] for row in read(data)[1:]] == [text.replace("\r\n", "\n").replace("\r", "\n") for text in expected]


def test_every_character_that_begins_a_guarded_text_is_looked_for(make_result: MakeResult, job: Job) -> None:
    """The search for suspects is wider than the guard, for each character there is."""
    texts = [f"{chr(code)}=1" for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    data, notes = written(of_texts(make_result, list(texts)), replace(job))
    marked = sum(map(is_guarded, texts))
    assert data.count(b"\"'") == marked + 1  # The apostrophe itself begins one text, which is not guarded.
    assert notes[0].startswith(f"{marked} texts begin")


def test_tells_progress(make_result: MakeResult, job: Job) -> None:
    ticks: list[int] = []
    write(make_result(n=2500), io.BytesIO(), replace(job, tick=ticks.append))
    assert ticks == [1000, 2000, 2500]


def test_another_delimiter_parts_fields_and_guards_inside_texts(make_result: MakeResult, job: Job) -> None:
    semicolons = replace(job, style=FileStyle(CsvStyle(delimiter=";")))
    data, notes = written(of_texts(make_result, ["a;b", "x;=1+1", "y,-2+3", "z\t@now", 'q";"r']), semicolons)
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["a;b", "x;'=1+1", "y,'-2+3", "z\t'@now", 'q";"r']
    assert any("3 texts begin" in note for note in notes)
    data, _ = written(
        of_texts(make_result, ["x;=1+1"]), replace(job, style=FileStyle(CsvStyle(raw=True, delimiter=";")))
    )
    assert b'"x;=1+1"' in data


EXCEL = FileStyle(excel_csv(";"))
KEPT = ["00123", "1E5", "+1 555 010 0100", "+1-555-010-0100", "(555) 010-0100", "3/4", "1-2", "-5", "-2+3", "12:30"]
LEFT = ["abc 123", "", "1,234", "No. 5", "٣٤", "555 0100 ext. 2"]


def test_for_excel_what_it_would_take_for_a_number_is_kept_whole(make_result: MakeResult, job: Job) -> None:
    data, notes = written(of_texts(make_result, [*KEPT, *LEFT]), replace(job, style=EXCEL))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert [row[0] for row in rows[1:]] == [*(f'="{text}"' for text in KEPT), *LEFT]
    assert notes == [f'{len(KEPT)} texts that look like numbers are written as ="…", so that Excel keeps them whole.']


@pytest.mark.parametrize("text", sorted({*GUARDED} - {*KEPT, "+1 (555) 010-0100"}))
def test_for_excel_formulas_are_guarded_all_the_same(make_result: MakeResult, job: Job, text: str) -> None:
    data, _ = written(of_texts(make_result, [text]), replace(job, style=EXCEL))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert rows[1:] == [["'" + re.sub("(?<=[\t\n])=", "'=", text)]]


def test_for_excel_with_semicolons_decimals_stand_behind_a_comma(make_result: MakeResult, job: Job) -> None:
    columns = (Column("share", "Share", PERCENT), Column("day", "Day", DATE), Column("size", "Size", NUMBER))
    result = make_result([(2.5, "2026-03-04", 1200), (None, None, None)], columns=columns)
    data, _ = written(result, replace(job, style=EXCEL))
    assert data.decode("utf-8-sig").splitlines()[1:] == ['"2,5";"2026-03-04";"1200"', '"";"";""']
    data, _ = written(result, replace(job, style=FileStyle(excel_csv(","))))
    assert data.decode("utf-8-sig").splitlines()[1] == '"2.5","2026-03-04","1200"'


def test_dates_and_numbers_of_a_database_that_others_have_written_break_nothing(
    make_result: MakeResult, job: Job
) -> None:
    columns = (Column("day", "Day", DATE), Column("size", "Size", NUMBER), Column("share", "Share", PERCENT))
    rows: list[Row] = [('a"b', "=1+1", "@x"), ("=cmd", 'c"d', '"'), ("2026-03-04", -5, -0.5)]
    data, notes = written(make_result(rows, columns=columns), job)
    assert read(data)[1:] == [['a"b', "'=1+1", "'@x"], ["'=cmd", 'c"d', '"'], ["2026-03-04", "-5", "-0.5"]]
    assert notes[0].startswith("3 texts begin as a formula does")
