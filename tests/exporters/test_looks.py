"""A report says how it looks: any choice of its columns gives a right file, and its chart is drawn from its words."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import html

from core.database import Database
from core.importing.importer import import_file
from core.query.columns import Column, Row
from core.query.kinds import NUMBER
from core.query.look import Chart, ChartShape, Look
from core.query.query import run_report
from core.query.request import ask
from core.query.result import Result
from core.reports.catalogue import find_report
from exporters.export_options import Job
from exporters.formats import format_named
from tests.exporters.conftest import MakeResult

AS_OF = date(2026, 3, 4)
KEYS = ("status", "managed", "referred", "total")
CHOICES = [keys for count in range(1, len(KEYS) + 1) for keys in permutations(KEYS, count)]
"""Every subset of the summary's columns in every order."""
ROWS = {
    "status": ["Open", "Trial", "Expired Trial", "Canceled", "Total"],
    "managed": [2, 1, 0, 0, 3],
    "referred": [1, 0, 0, 1, 2],
    "total": [3, 1, 0, 1, 5],
}
TITLES = {"status": "Status", "managed": "Managed", "referred": "Referred", "total": "Total"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder = tmp_path_factory.mktemp("looks")
    file = folder / "accounts.csv"
    lines = ["a1,Open,managed", "a2,Open,managed", "a3,Open,referred", "a4,Trial,managed", "a5,Canceled,referred"]
    file.write_text("\n".join(["Account ID,Status,Account Type", *lines]))
    import_file(folder / "accounts.db", file)
    return Database(folder / "accounts.db")


def written(result: Result, word: str, job: Job) -> bytes:
    out = io.BytesIO()
    format_named(word).exporter()(result, out, job)
    return out.getvalue()


def summary(database: Database, keys: Sequence[str], word: str, job: Job) -> bytes:
    with closing(database.read_accounts()) as connection:
        request = ask(find_report("all-accounts-summary"), AS_OF, columns=keys)
        return written(run_report(connection, request), word, job)


def expected(keys: Sequence[str]) -> list[tuple[str | int, ...]]:
    return list(zip(*(ROWS[key] for key in keys), strict=True))


def has_chart(keys: Sequence[str]) -> bool:
    return "status" in keys and bool({"managed", "referred"} & set(keys))


@pytest.mark.parametrize("keys", CHOICES, ids="-".join)
def test_every_choice_of_the_summarys_columns_is_right_in_every_format(
    database: Database, keys: tuple[str, ...], job: Job
) -> None:
    rows, titles = expected(keys), [TITLES[key] for key in keys]
    texts = [[str(value) for value in row] for row in rows]
    table = list(csv.reader(io.StringIO(summary(database, keys, "csv", job).decode())))
    assert table == [titles, *texts]
    told = json.loads(summary(database, keys, "json", job))
    assert told["rows"] == [dict(zip(keys, row, strict=True)) for row in rows]

    page = html.document_fromstring(summary(database, keys, "html", job))
    assert [[cell.text_content().strip() for cell in row] for row in page.xpath("//tbody/tr")] == texts
    drawn = [rect.get("class") for rect in page.xpath("//figure/svg/rect")]
    names = page.xpath("//figure/svg/text/tspan[@class='name']/text()")
    words = set(page.xpath("//figure/svg/text/tspan[@class='words']/text()"))
    if has_chart(keys):
        assert names == ROWS["status"][:-1]
        assert words == {TITLES[key].lower() for key in ("managed", "referred") if key in keys}
        shown = [ROWS[key][:-1] for key in ("managed", "referred") if key in keys]
        assert len(drawn) == sum(bool(value) for values in shown for value in values)
    else:
        assert not page.xpath("//figure")

    data = summary(database, keys, "xls", job)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert list(book["Accounts"].iter_rows(values_only=True)) == [tuple(titles), *rows]
    with ZipFile(io.BytesIO(data)) as package:
        assert ("xl/charts/chart1.xml" in package.namelist()) == has_chart(keys)
        if has_chart(keys):
            chart = package.read("xl/charts/chart1.xml").decode()
            for key in keys:
                area = f"${'ABCD'[keys.index(key)]}$2:${'ABCD'[keys.index(key)]}$5"
                assert (area in chart) == (key != "total")
            assert "$6" not in chart
    (rule,) = next(iter(book["Accounts"].conditional_formatting)).rules
    assert rule.formula == ([f'${"ABCD"[keys.index("status")]}2="Total"'] if "status" in keys else ["ROW()=6"])


@pytest.mark.parametrize("keys", CHOICES, ids="-".join)
def test_every_choice_of_the_summarys_columns_is_a_pdf_with_its_chart_or_without(
    database: Database, keys: tuple[str, ...], job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = drawn_texts(monkeypatch)
    assert summary(database, keys, "pdf", job).startswith(b"%PDF")
    table = texts[texts.index(TITLES[keys[-1]]) + 1 :]
    assert {str(value) for key in keys for value in ROWS[key]} <= set(table)
    assert ("Accounts by status" in texts) == has_chart(keys)
    if has_chart(keys):
        chart = texts[texts.index("Accounts by status") :]
        assert {"managed", "referred"} & set(chart) == {"managed", "referred"} & set(keys)
        assert "Total" not in chart


def drawn_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list into which goes every text that a PDF shows, in the order in which it is drawn."""
    from exporters.pdf.typesetter import Typesetter

    texts: list[str] = []
    show = Typesetter.show

    def heard(self: Typesetter, text: str, size: float, *, bold: bool = False) -> str:
        texts.append(text)
        return show(self, text, size, bold=bold)

    monkeypatch.setattr(Typesetter, "show", heard)
    return texts


MONTHS = (
    Column("month", "Month"),
    Column("start", "Paying at Start", NUMBER),
    Column("end", "Paying at End", NUMBER),
)


def of_months(make_result: MakeResult, shape: ChartShape, rows: Sequence[Row], *, total: bool = False) -> Result:
    chart = Chart(shape, "Paying accounts by month", "month", ("start", "end"), "Paying accounts by month.")
    look = Look(rows_are="Months", total_in="month" if total else "", chart=chart)
    return make_result(
        rows, title="Growth by Month", columns=MONTHS, is_list=False, look=look, parameters={}, asked=(), totals=()
    )


def months(count: int) -> Iterator[Row]:
    for number in range(count):
        yield f"{2021 + number // 12}-{number % 12 + 1:02}", 1000 + number, 1003 + number * 2


@pytest.mark.parametrize("count", [1, 13, 60])
@pytest.mark.parametrize("shape", [ChartShape.LINE, ChartShape.COLUMNS])
def test_a_chart_over_months_is_drawn_within_its_bounds(
    make_result: MakeResult, job: Job, shape: ChartShape, count: int
) -> None:
    page = html.document_fromstring(written(of_months(make_result, shape, list(months(count))), "html", job))
    (svg,) = page.xpath("//figure/svg")
    _, _, width, height = map(float, svg.get("viewbox", svg.get("viewBox")).split())
    for rect in svg.xpath("./rect"):
        assert float(rect.get("x")) + float(rect.get("width")) <= width + 0.1
        assert 0 <= float(rect.get("y")) <= float(rect.get("y")) + float(rect.get("height")) <= height
    assert len(svg.xpath("./rect")) == (2 * count + 2 if shape is ChartShape.COLUMNS else 0)
    assert len(svg.xpath("./polyline")) == (4 if shape is ChartShape.LINE else 0)
    texts = svg.xpath("./text/tspan/text()")
    last = list(months(count))[-1]
    assert {last[0], "Paying at Start", "Paying at End"} <= set(texts), "the last month and the legend are named"
    if shape is ChartShape.COLUMNS and count == 1:
        assert f"{last[2]:,}" in texts


@pytest.mark.parametrize("count", [1, 13, 60])
def test_a_line_says_its_last_figure(make_result: MakeResult, job: Job, count: int) -> None:
    rows = [(month, end) for month, _, end in months(count)]
    result = replace(of_months(make_result, ChartShape.LINE, rows), columns=(MONTHS[0], MONTHS[2]))
    page = html.document_fromstring(written(result, "html", job))
    figures = page.xpath("//figure/svg/text/tspan[@class='figure']/text()")
    assert figures[-1] == f"{rows[-1][1]:,}"
    assert len(figures) == (count if count < 60 else 1)


@pytest.mark.parametrize("shape", [ChartShape.LINE, ChartShape.COLUMNS])
def test_a_chart_over_months_is_in_pdf_and_xls(
    make_result: MakeResult, job: Job, shape: ChartShape, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [*months(13), ("Total", 99, 88)]
    result = of_months(make_result, shape, rows, total=True)
    data = written(result, "xls", job)
    with ZipFile(io.BytesIO(data)) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert ("lineChart" in chart, "barChart" in chart) == (shape is ChartShape.LINE, shape is ChartShape.COLUMNS)
    assert "'Months'!$C$2:$C$14" in chart
    assert "$15" not in chart
    texts = drawn_texts(monkeypatch)
    written(result, "pdf", job)
    title = texts.index("Paying accounts by month")
    assert {"Paying at Start", "Paying at End", "2022-01"} <= set(texts[title:])
    assert "Total" in texts[:title]
    assert "Total" not in texts[title:]


def test_screen_readers_are_told_what_a_chart_shows(database: Database, job: Job) -> None:
    data = summary(database, KEYS, "pdf", job)
    inside = b"".join(zlib.decompress(part.partition(b"endstream")[0]) for part in data.split(b"stream\n")[1::2])
    assert "Bars: the accounts of each status".encode("utf-16-be").hex().encode() in inside.lower()


def test_unknown_figures_and_none_at_all_are_no_fault(make_result: MakeResult, job: Job) -> None:
    gaps: list[Row] = [("2026-01", None, 5), ("2026-02", 3, None), ("2026-03", None, 0)]
    for shape in (ChartShape.LINE, ChartShape.COLUMNS, ChartShape.BARS):
        for rows in (gaps, [("2026-01", 0, 0)], []):
            for word in ("html", "pdf", "xls"):
                assert written(of_months(make_result, shape, rows), word, job)


def test_no_exporter_or_widget_knows_a_report(request: pytest.FixtureRequest) -> None:
    """Neither by its id or title, nor by the key of a column; the lists of contacts are no report."""
    from core.reports.catalogue import REPORTS

    root = Path(request.config.rootpath)
    files = [*(root / "exporters").rglob("*.py"), *(root / "exporters" / "templates").iterdir()]
    files += (root / "tui" / "widgets").rglob("*.py")
    keys = {column.key for report in REPORTS for column in report.columns} - {
        "status",
        "total",
        "start",
        "end",
        "field",
        "before",
        "after",
    }
    words = {f'"{word}"' for report in REPORTS for word in (report.id, report.title)} | {f'"{key}"' for key in keys}
    for file in files:
        if "contact_files" in file.parts:
            continue
        found = [word for word in words if word in file.read_text("utf-8")]
        assert not found, f"{file}: {found}"
