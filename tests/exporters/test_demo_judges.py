"""The four reports of the demo in every format, before all of their judges."""

from __future__ import annotations

import csv
import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.demo.demo import make_demo
from core.query.parameters import STATUS
from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import REPORTS
from core.text.signs import SIGNS, signs_of
from exporters.export import export
from exporters.formats import FORMATS
from tests.exporters import judges

pytestmark = pytest.mark.programs

AS_OF = date(2026, 3, 31)
NAMES = [report.id for report in REPORTS]
TITLES = {report.id: report.title for report in REPORTS}
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
"""LibreOffice's words for: commas, double quotes, UTF-8."""
_GUARDED = re.compile(r"^'(?=[=+\-@])")
"""The mark that only CSV puts before what begins as a formula."""
_SIGN = re.compile(f"^[{re.escape(''.join(sign.sign for key in (*SIGNS, 'risk') for sign in signs_of(key)))}] ")
"""What a workbook shows before a word of few kinds, which is not in its value."""
_GROUPED = re.compile(r"^\d{1,3}(,\d{3})+$")
"""A number as LibreOffice shows it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the four reports in every format, named by report."""
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder / "demo.db", AS_OF, count=300)
    for report in REPORTS:
        with closing(Database(folder / "demo.db").read()) as connection:
            result = run_report(connection, ask(report, AS_OF, status="O" if STATUS in report.parameters else None))
            for format_ in FORMATS:
                export(result, format_, folder / f"{report.id}{format_.ending}")
    return folder


def rows_of(file: Path) -> list[list[str]]:
    """Return the rows of a CSV file, its headings first."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, strict=True))


def _without_commas(number: re.Match[str]) -> str:
    return number[0].replace(",", "")


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[Path]:
    return [folder / f"{name}.html" for name in NAMES]


def test_the_html_checker_finds_nothing(pages: list[Path]) -> None:
    assert judges.by_html_checker(pages) == ""


def test_axe_finds_nothing_and_nothing_acts(pages: list[Path]) -> None:
    assert judges.by_axe(pages) == []


def test_pa11y_finds_nothing(pages: list[Path]) -> None:
    assert judges.by_pa11y(pages) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_is_sound_and_says_what_it_is(folder: Path, name: str) -> None:
    file = folder / f"{name}.pdf"
    assert "No syntax or stream encoding errors" in judges.said("qpdf", "--check", file)
    assert re.search(rf"^Title: +{TITLES[name]}$", judges.said("pdfinfo", file), re.MULTILINE)
    outline = judges.said("qpdf", "--json", "--json-key=outlines", file)
    assert '"title": "Summary"' in outline
    assert re.search(r'"title": "(Accounts|Changes|Months)"', outline), "what the rows are"
    catalog = judges.said("qpdf", "--json", "--json-key=qpdf", file)
    assert '"/Lang": "u:en"' in catalog
    fonts = judges.said("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(re.search(r"Identity-H +yes yes yes", font) for font in fonts)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_pdf_copies_in_order(folder: Path, name: str) -> None:
    text = judges.said("pdftotext", "-raw", folder / f"{name}.pdf", "-")
    place = 0
    for row in rows_of(folder / f"{name}.csv"):
        place = text.find(row[0], place) + 1
        assert place, f"{row[0]} is not behind the row before it"


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_is_valid_and_its_numbers_agree(folder: Path, name: str) -> None:
    file = folder / f"{name}.xlsx"
    assert judges.by_ooxml_validator(file) == []
    opened = rows_of(judges.by_libreoffice(file, AS_CSV, "csv"))
    expected = rows_of(folder / f"{name}.csv")
    assert [[_GROUPED.sub(_without_commas, _SIGN.sub("", cell)) for cell in row] for row in opened] == [
        [_GUARDED.sub("", cell) for cell in row] for row in expected
    ]


@pytest.mark.parametrize("name", NAMES)
def test_csvclean_and_frictionless_find_nothing(folder: Path, name: str) -> None:
    file = folder / f"{name}.csv"
    assert judges.by_csvclean(file) == ""
    assert judges.by_frictionless(file) == []
