"""Workbooks read back by two independent programs: what is in their cells, and what is said beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from core.query.columns import Column, Row
from core.query.kinds import DATE, ID, NUMBER
from core.query.result import Result
from core.region import Paper
from core.text.date_style import use_date_style
from core.text.signs import SIGNS, TONES, sign_of
from exporters.export_options import FileStyle, Job
from exporters.xls.cells import TEXT_LIMIT
from exporters.xls_file import write
from tests.exporters.conftest import MIXED_ROWS, MakeResult

TEXT_AND_NUMBER = (Column("name", "Name"), Column("size", "Size", NUMBER), Column("day", "Day", DATE))


def written(result: Result, job: Job) -> bytes:
    out = io.BytesIO()
    write(result, out, job)
    return out.getvalue()


def by_openpyxl(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def by_calamine(data: bytes, sheet: str = "Accounts") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def values(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def as_read(row: Row, columns: Sequence[Column]) -> tuple[Any, ...]:
    """Return a row as a reader that knows dates gives it: days as datetimes, line ends as LF."""

    def value(cell: Any, column: Column) -> Any:
        if column.kind is DATE and cell is not None:
            return datetime.fromisoformat(cell)
        return cell.replace("\r\n", "\n") if isinstance(cell, str) else cell

    return tuple(value(cell, column) for cell, column in zip(row, columns, strict=True))


def one_text(make_result: MakeResult, job: Job, text: str) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    notes = write(make_result([(text,)], columns=[Column("name", "Name")], notes=[]), out, job)
    return out.getvalue(), notes


def summary_texts(data: bytes) -> list[str]:
    return [str(value) for row in values(by_openpyxl(data)["Summary"]) for value in row if value is not None]


def test_cells_are_read_back_as_they_were(make_result: MakeResult, job: Job) -> None:
    result = make_result()
    data = written(result, job)
    expected = [as_read(row, result.columns) for row in MIXED_ROWS]
    titles = tuple(column.title for column in result.columns)
    assert values(by_openpyxl(data)["Accounts"]) == [titles, *expected]
    unknown_as_blank = [["" if cell is None else cell for cell in row] for row in expected]
    assert (
        [
            [datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell for cell in row]  # noqa: DTZ001
            for row in by_calamine(data)[1:]
        ]
        == unknown_as_blank
    )


def test_no_text_is_a_formula_and_every_text_cell_keeps_what_is_typed(make_result: MakeResult, job: Job) -> None:
    rows = [(text, 1, None) for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "007", "1E5")]
    data = written(make_result(rows, columns=TEXT_AND_NUMBER, title="=1+1", notes=["=2+2"]), job)
    sheet = by_openpyxl(data)["Accounts"]
    assert [sheet.cell(row, 1).value for row in range(2, 10)] == [row[0] for row in rows]
    assert {sheet.cell(row, 1).data_type for row in range(2, 10)} <= {"s", "inlineStr"}
    assert {sheet.cell(row, 1).number_format for row in range(2, 10)} == {"@"}
    with ZipFile(io.BytesIO(data)) as package:
        assert all(b"<f>" not in package.read(name) for name in package.namelist() if "worksheets" in name)


def test_numbers_and_dates_are_real_ones(make_result: MakeResult, job: Job) -> None:
    data = written(make_result([("a", 1234, "2024-02-29")], columns=TEXT_AND_NUMBER), job)
    _, number, day = by_openpyxl(data)["Accounts"][2]
    assert (number.value, number.number_format) == (1234, "#,##0")
    assert (day.value, day.number_format) == (datetime(2024, 2, 29), "yyyy-mm-dd")  # noqa: DTZ001


@pytest.mark.parametrize("day", ["1900-02-28", "0001-01-01", "2024-02-30", "soon"])
def test_a_date_without_a_day_number_is_text(make_result: MakeResult, job: Job, day: str) -> None:
    data = written(make_result([("a", 1, day)], columns=TEXT_AND_NUMBER), job)
    assert by_openpyxl(data)["Accounts"]["C2"].value == day


@pytest.mark.parametrize(("day", "number"), [("1900-03-01", 61), ("1970-01-01", 25569), ("9999-12-31", 2958465)])
def test_day_numbers_are_those_of_excel(make_result: MakeResult, job: Job, day: str, number: int) -> None:
    data = written(make_result([("a", 1, day)], columns=TEXT_AND_NUMBER), job)
    with ZipFile(io.BytesIO(data)) as package:
        assert f"<v>{number}</v>".encode() in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("number", "shown"), [(2**53, 2**53), (2**53 + 1, str(2**53 + 1)), (-(10**20), f"-1{'0' * 20}")]
)
def test_a_number_that_would_be_rounded_is_text(
    make_result: MakeResult, job: Job, number: int, shown: int | str
) -> None:
    data = written(make_result([("a", number, None)], columns=TEXT_AND_NUMBER), job)
    assert by_openpyxl(data)["Accounts"]["B2"].value == shown


@pytest.mark.parametrize("code", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF, 0xD800, 0xDFFF])
def test_what_xml_cannot_hold_is_replaced_and_counted(make_result: MakeResult, job: Job, code: int) -> None:
    data, notes = one_text(make_result, job, f"a{chr(code)}b{chr(code)}")
    assert by_openpyxl(data)["Accounts"]["A2"].value == "a\ufffdb\ufffd"
    assert by_calamine(data)[1] == ["a\ufffdb\ufffd"]
    assert len(notes) == 1
    assert notes[0].startswith("2 characters")
    assert notes[0] in summary_texts(data)


@pytest.mark.parametrize(
    "text", [" a", "a ", "  ", "a  b", "\ta", "a\nb", "\na\n", "a & b <c> \"d\" 'e'", "a | b", "]]>"]
)
def test_blanks_line_breaks_and_markup_stay(make_result: MakeResult, job: Job, text: str) -> None:
    data, notes = one_text(make_result, job, text)
    assert by_openpyxl(data)["Accounts"]["A2"].value == text
    assert by_calamine(data)[1] == [text]
    assert notes == []


def test_lines_are_shown_one_below_the_other(make_result: MakeResult, job: Job) -> None:
    data, _ = one_text(make_result, job, "a\r\nb\rc")
    sheet = by_openpyxl(data)["Accounts"]
    assert sheet["A2"].value == "a\nb\nc"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 2 * 15


@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b", "_x005F_x0041_", "__x00e4__"])
def test_look_alikes_of_character_codes_are_literal(make_result: MakeResult, job: Job, text: str) -> None:
    data, _ = one_text(make_result, job, text)
    assert by_calamine(data)[1] == [text]


@pytest.mark.parametrize("text", ["x" * TEXT_LIMIT, "🎉" * (TEXT_LIMIT // 2), "&" * TEXT_LIMIT])
def test_a_text_as_long_as_a_cell_is_whole(make_result: MakeResult, job: Job, text: str) -> None:
    data, notes = one_text(make_result, job, text)
    assert by_openpyxl(data)["Accounts"]["A2"].value == text
    assert notes == []


@pytest.mark.parametrize(
    ("text", "kept"), [("x" * 40_000, "x" * TEXT_LIMIT), ("🎉" * 20_000, "🎉" * (TEXT_LIMIT // 2))]
)
def test_a_text_longer_than_a_cell_is_cut_and_counted(make_result: MakeResult, job: Job, text: str, kept: str) -> None:
    data, notes = one_text(make_result, job, text)
    assert by_openpyxl(data)["Accounts"]["A2"].value == kept
    assert notes == ["1 text was cut at the 32,767 characters that a cell of XLS can hold; CSV has the whole."]
    assert notes[0] in summary_texts(data)


def test_a_doubtful_text_does_not_change_its_neighbours(make_result: MakeResult, job: Job) -> None:
    texts = ["plain", "a & b", None, "tail ", "_x0041_", "two\nlines", "\x07", "é", "x" * 30_000]
    data = written(make_result([(text,) for text in texts], columns=[Column("name", "Name")]), job)
    shown = ["\ufffd" if text == "\x07" else text or "" for text in texts]
    assert [row[0] for row in by_calamine(data)[1:]] == shown


def test_the_data_sheet_is_ready_to_work_with(make_result: MakeResult, job: Job) -> None:
    book = by_openpyxl(written(make_result(n=2500), job))
    sheet = book["Accounts"]
    assert book.sheetnames == ["Accounts", "Summary"]
    assert book.active is sheet
    assert sheet.max_row == 2501
    assert sheet.dimensions == sheet.auto_filter.ref == "A1:N2501"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert all(8 <= dimension.width <= 48 for dimension in sheet.column_dimensions.values())


def test_the_summary_sheet_says_what_is_said_of_the_report(make_result: MakeResult, job: Job) -> None:
    result = make_result(columns=[Column("account_id", "Account ID", ID, "Who it is."), *make_result().columns[1:]])
    lines = values(by_openpyxl(written(result, job))["Summary"])
    assert lines[0][0] == "Managed Account Details"
    assert set(result.facts()) <= set(lines)
    assert ("Made", "2026-03-04 09:30 UTC by partner-tui") in lines
    assert ("List Size", 1_240_307) in lines
    assert ("Note 1", result.notes[0]) in lines
    assert ("Account ID", "Who it is.") in lines


def test_properties_say_what_it_is_and_when_it_was_made(make_result: MakeResult, job: Job) -> None:
    properties = by_openpyxl(written(make_result(), job)).properties
    assert (properties.title, properties.creator) == ("Managed Account Details", "partner-tui")
    assert properties.created.replace(tzinfo=UTC) == properties.modified.replace(tzinfo=UTC) == job.made_at


def test_a_title_that_no_sheet_or_footer_could_have_is_no_danger(make_result: MakeResult, job: Job) -> None:
    title = "[All]: *our* / your & 'their' accounts? \x1b" + "x" * 300
    book = by_openpyxl(written(make_result(title=title), job))
    assert book.sheetnames == ["Accounts", "Summary"]
    assert book["Summary"]["A1"].value == title.replace("\x1b", "\ufffd")


def test_no_rows_give_a_heading_and_a_summary(make_result: MakeResult, job: Job) -> None:
    book = by_openpyxl(written(make_result([]), job))
    assert book["Accounts"].dimensions == "A1:N1"
    assert ("Rows", "0") in values(book["Summary"])


def test_the_chart_refers_to_the_statuses_and_not_to_their_total(summary_result: Result, job: Job) -> None:
    data = written(summary_result, job)
    book = by_openpyxl(data)
    assert book.active.title == "Summary"
    assert [row[0] for row in values(book["Accounts"])][-1] == "Total"
    with ZipFile(io.BytesIO(data)) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert [f"'Accounts'!${letter}$2:${letter}$6" in chart for letter in "ABCDE"] == [True, True, True, True, False]
    assert "$7" not in chart
    assert chart.count('showVal val="1"') == 3
    assert "descr=" in drawing


@pytest.mark.parametrize("keys", [["managed"], ["status", "total"]])
def test_a_summary_without_statuses_or_counts_has_no_chart(summary_result: Result, job: Job, keys: list[str]) -> None:
    places = [place for place, column in enumerate(summary_result.columns) if column.key in keys]
    rows = [tuple(row[place] for place in places) for row in summary_result.rows()]
    narrowed = Result(
        summary_result.report_id,
        summary_result.title,
        summary_result.as_of,
        [summary_result.columns[place] for place in places],
        len(rows),
        lambda: iter([rows]),
        look=summary_result.look,
    )
    with ZipFile(io.BytesIO(written(narrowed, job))) as package:
        assert "xl/charts/chart1.xml" not in package.namelist()


def test_days_to_go_stand_on_bars(tracker_result: Result, make_result: MakeResult, job: Job) -> None:
    formats = by_openpyxl(written(tracker_result, job))["Accounts"].conditional_formatting
    assert [str(found.sqref) for found in formats] == ["F2:F5"]
    (rule,) = next(iter(formats)).rules
    assert [(end.type, end.val) for end in rule.dataBar.cfvo] == [("num", 0), ("num", 95)]
    assert not by_openpyxl(written(make_result(), job))["Accounts"].conditional_formatting


def test_a_note_too_long_for_a_cell_says_so(make_result: MakeResult, job: Job) -> None:
    for note in ("n" * 40_000, "🌻" * 40_000):
        shown = next(text for text in summary_texts(written(make_result(notes=[note]), job)) if text[0] == note[0])
        assert shown.endswith("(cut: a cell of XLS can hold no more)")
        assert len(shown.encode("utf-16-le")) <= 2 * TEXT_LIMIT


def test_telephone_numbers_are_text_and_whole(make_result: MakeResult, job: Job) -> None:
    phones = ["+1 555 010 0100", "+15550100100", "0049305550100", "555-0100", "1E5"]
    data = written(make_result([(phone, None, None) for phone in phones], columns=TEXT_AND_NUMBER), job)
    assert [row[0] for row in by_calamine(data)[1:]] == phones
    assert {cell.number_format for (cell,) in by_openpyxl(data)["Accounts"]["A2:A6"]} == {"@"}


@pytest.mark.parametrize(
    ("word", "number_format"),
    [("mm/dd/yyyy", "mm/dd/yyyy"), ("dd.mm.yyyy", "dd.mm.yyyy"), ("dd mon yyyy", "dd mmm yyyy")],
)
def test_dates_are_real_ones_in_the_style_that_holds(
    make_result: MakeResult, job: Job, word: str, number_format: str
) -> None:
    use_date_style(word)
    try:
        data = written(make_result([("a", 1, "2024-02-29")], columns=TEXT_AND_NUMBER), job)
    finally:
        use_date_style("")
    day = by_openpyxl(data)["Accounts"]["C2"]
    assert (day.value, day.number_format) == (datetime(2024, 2, 29), number_format)  # noqa: DTZ001


@pytest.mark.parametrize(("paper", "number"), [(Paper.LETTER, 1), (Paper.A4, 9)])
def test_every_sheet_is_laid_out_for_the_paper(make_result: MakeResult, job: Job, paper: Paper, number: int) -> None:
    book = by_openpyxl(written(make_result(), replace(job, style=FileStyle(paper=paper))))
    assert {sheet.page_setup.paperSize for sheet in book} == {number}


def test_values_stand_behind_their_signs_and_stay_what_they_are(make_result: MakeResult, job: Job) -> None:
    columns = (Column("status", "Status", has_badges=True), Column("risk", "Risk", NUMBER, has_badges=True))
    rows: list[Row] = list(zip([*SIGNS["status"], None, "Single Bill"], range(3, 9), strict=True))
    data = written(make_result(rows, columns=columns), job)
    assert [tuple(value if value != "" else None for value in row) for row in by_calamine(data)[1:]] == rows
    for status, risk in by_openpyxl(data)["Accounts"]["A2:B7"]:
        for key, cell, base in (("status", status, "@"), ("risk", risk, "#,##0")):
            sign = sign_of(key, cell.value)
            if sign is None:
                assert (cell.number_format, cell.font.color.rgb) == (base, None) or cell.font.color.theme == 1
            else:
                assert cell.number_format == f'"{sign.sign} "{base}'
                assert cell.font.color.rgb == f"00{TONES[sign.tone].on_light[1:].upper()}"
