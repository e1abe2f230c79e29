"""Workbooks, and web pages that are called workbooks."""

from __future__ import annotations

import datetime
import multiprocessing
import os
import resource
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from core.errors import Cancelled, Step, WorkFailed, WrongUse
from core.importing.opening import open_table
from core.importing.sandbox import Sandbox
from core.importing.sheets import open_web_page
from core.importing.table import ErrorCell, Table
from tests.core.importing.old_workbooks import container, record

Open = Callable[..., Table]
Parse = Callable[..., Any]
Make = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Make:
    """Write sheets of rows to a workbook; a sheet whose name begins with '_' is hidden."""

    def writer(epoch_1904: bool = False, **sheets: list[list[Any]]) -> Path:
        path = tmp_path / "accounts.xlsx"
        book = xlsxwriter.Workbook(path, {"date_1904": epoch_1904, "default_date_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
            if name.startswith("_"):
                sheet.hide()
        book.close()
        return path

    return writer


def test_cells_keep_what_they_are(workbook: Make, read: Parse) -> None:
    found = read(
        workbook(
            Data=[
                ["Accounts as of today"],
                [],
                ["Account ID", "Phone", "Last Login", "List Size", "Managed"],
                [1001, "00123", datetime.datetime.fromisoformat("2026-03-04T10:30"), 12, True],
                [None, None, None, None, None],
                ["1002", 15550001, 46085, 1.0, "no"],
                ["1003", 1.5, "3/4/2026", "1,234", None],
                ["1004", None, 46085.75, None, False],
            ]
        )
    )
    assert [tuple(row.values()) for row in found.rows] == [
        ("1001", "00123", "2026-03-04", 12, "managed"),
        ("1002", "15550001", "2026-03-04", 1, "referred"),
        ("1003", "1.5", "2026-03-04", 1234, None),
        ("1004", None, "2026-03-04", None, "referred"),
    ]
    assert found.numbers == [4, 6, 7, 8]


def test_cells_that_hold_no_value_reject_their_row(tmp_path: Path, read: Parse) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ["id", "company", "list size"],
        ["1", "x", "=1+1"],
        ["2", "#N/A", 1],
        ["3", "x", 1.234],
        [12345678901234567890, "x", 1],
        ["5", "y", 2],
    ]:
        sheet.append(row)
    sheet["B3"].data_type = "e"
    book.save(tmp_path / "accounts.xlsx")
    found = read(tmp_path / "accounts.xlsx")
    assert [(one.row, one.value, one.reason) for one in found.rejected] == [
        (3, "#N/A", "an error in the workbook"),
        (5, "1.23456789012346e+19", "a number of over 15 figures, which spreadsheets round: make the column text"),
    ]
    assert found.numbers == [2, 4, 6]
    assert [row["list_size"] for row in found.rows] == [None, None, 2]


def test_a_formula_gives_its_value(tmp_path: Path, read: Parse) -> None:
    book = xlsxwriter.Workbook(tmp_path / "accounts.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "company"])
    sheet.write_formula(1, 0, "=10+1", None, 11)
    sheet.write_formula(1, 1, '="a"&"b"', None, "ab")
    book.close()
    assert read(tmp_path / "accounts.xlsx").rows == [{"account_id": "11", "company": "ab"}]


def test_both_epochs(workbook: Make, read: Parse) -> None:
    rows = [["id", "Last Login"], ["1", datetime.date(2026, 3, 4)], ["2", 46085 - 1462]]
    assert [row["last_login_on"] for row in read(workbook(epoch_1904=True, Data=rows)).rows] == ["2026-03-04"] * 2


def test_serials_that_are_no_days(workbook: Make, read: Parse) -> None:
    rows = [["id", "Last Login"], *[[str(serial), serial] for serial in (0, 60, -1, 2958466, 1e300, 59, 1)]]
    found = read(workbook(Data=rows))
    assert [one.row for one in found.rejected] == [3, 4, 5, 6]
    assert [row["last_login_on"] for row in found.rows] == [None, "1900-02-28", None]
    assert {(note.kind, note.count) for note in found.notes} == {("unknown_dates", 2), ("unlikely_days", 1)}


def test_a_year_is_no_date_in_a_number_cell_either(workbook: Make, read: Parse) -> None:
    found = read(workbook(Data=[["id", "Last Login"], ["1", "2026"], ["2", 2026]]))
    assert [(one.row, one.value, one.reason) for one in found.rejected] == [
        (2, "2026", "not a date"),
        (3, "2026", "a year alone"),
    ]


def test_rejected_cells_are_shown_as_the_workbook_shows_them(workbook: Make, read: Parse) -> None:
    rows = [["id", "List Size", "Created"], ["1", -1, ""], ["2", 0.5, ""], ["3", "", True]]
    assert [one.value for one in read(workbook(Data=rows)).rejected] == ["-1", "TRUE"]


ACCOUNTS = [["id", "company"], ["1", "x"]]


def test_the_sheet_is_found_or_asked_for(workbook: Make, opened: Open) -> None:
    table = opened(workbook(Summary=[["Hello", "there"]], Data=ACCOUNTS, _Old=ACCOUNTS, Empty=[]))
    assert (table.sheet, table.sheets) == ("Data", ["Summary", "Data", "_Old", "Empty"])
    assert [note.text for note in table.notes] == ["Only Data was read, not Summary, _Old (hidden)."]

    several = workbook(North=ACCOUNTS, South=[*ACCOUNTS, ["2", "y"]])
    with pytest.raises(WorkFailed, match=r"several sheets.*North, South\.") as asked:
        opened(several)
    assert asked.value.hints == (Step.CHOOSE_SHEET(sheet="North"),)
    assert len(list(opened(several, sheet="south").rows())) == 2
    with pytest.raises(WrongUse, match=r"no sheet 'Sauth'\.\nDid you mean 'South'"):
        opened(several, sheet="Sauth")


@pytest.mark.parametrize("sheets", [{"A": []}, {"A": [["id", "company"]]}])
def test_workbooks_without_rows(workbook: Make, opened: Open, sheets: dict[str, list[list[Any]]]) -> None:
    with pytest.raises(WorkFailed, match="no rows"):
        opened(workbook(**sheets))


def test_rows_come_in_blocks_and_again(workbook: Make, opened: Open) -> None:
    table = opened(workbook(Data=[["id"], *[[f"a{n}"] for n in range(2_500)]]))
    first, second = table.rows(), table.rows()
    assert next(first) == next(second) == (2, ["a0"])
    assert sum(1 for _ in first) == sum(1 for _ in second) == 2_499
    assert len(list(table.rows())) == 2_500


def test_the_child_goes_with_the_table(workbook: Make) -> None:
    with open_table(workbook(Data=ACCOUNTS)):
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []


def test_a_child_that_takes_long_is_waited_for_while_it_is_wanted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "accounts.xls")  # which nobody ever writes
    asked = count()

    def go_on() -> None:
        if next(asked) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        Sandbox(open_web_page, tmp_path / "accounts.xls", go_on)
    assert multiprocessing.active_children() == []


def test_a_cell_far_away_ends_only_the_child(tmp_path: Path, opened: Open) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "id", "far"
    book.save(tmp_path / "accounts.xlsx")
    with pytest.raises(WorkFailed, match="far too large"):
        opened(tmp_path / "accounts.xlsx")
    assert multiprocessing.active_children() == []


def test_a_page_that_takes_too_long_ends_only_the_child(tmp_path: Path) -> None:
    """A cell of very many attributes costs time by the square of their number (trust T8). Here the limit is less."""
    attributes = " ".join(f'a{number}="1"' for number in range(120_000))
    file = tmp_path / "page.html"
    file.write_text(f"<!DOCTYPE html><table><tr><th>Account ID<th>Company<tr><td {attributes}>1<td>x</table>")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (4, 4))

    command = [sys.executable, "-m", "tui", "--db", str(tmp_path / "a.db"), "import", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 1, done.stderr
    assert "page.html cannot be read: that takes more than 20 seconds, the limit" in done.stderr
    assert not (tmp_path / "a.db").exists()


def test_bombs_are_refused_unopened(tmp_path: Path, opened: Open) -> None:
    for name, sizes in {"large.xlsx": [200 << 20], "many.xlsx": [1] * 1_500}.items():
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            for number, size in enumerate(sizes):
                archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(size))
        with pytest.raises(WorkFailed, match="would unpack"):
            opened(tmp_path / name)


def test_entities_are_refused(workbook: Make, tmp_path: Path, opened: Open) -> None:
    plain = workbook(Data=ACCOUNTS)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(tmp_path / "entities.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(
                b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:/etc/passwd">]><worksheet'
            )
            new.writestr(name, text)
    with pytest.raises(WorkFailed, match="defines XML entities"):
        opened(tmp_path / "entities.xlsx")


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (["word/document.xml"], "a Word document"),
        (["mimetype", "content.xml"], "an OpenDocument file"),
        (["xl/workbook.bin"], "XLSB"),
        (["a.pdf", "b.png"], "a zip archive without a list"),
        (["a.csv", "b.csv"], "holds several files"),
        (["xl/workbook.xml"], "damaged"),
    ],
)
def test_zip_files_are_called_by_their_name(tmp_path: Path, opened: Open, members: list[str], what: str) -> None:
    with zipfile.ZipFile(tmp_path / "accounts.xlsx", "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    with pytest.raises(WorkFailed, match=what):
        opened(tmp_path / "accounts.xlsx")


def test_a_password_is_named(opened: Open) -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage\0".encode("utf-16-le")
    with pytest.raises(WorkFailed, match="protected by a password"):
        opened(container)


STRICT = {
    "schemas.openxmlformats.org/spreadsheetml/2006/main": "purl.oclc.org/ooxml/spreadsheetml/main",
    "schemas.openxmlformats.org/officeDocument/2006/relationships": "purl.oclc.org/ooxml/officeDocument/relationships",
    "<workbook ": '<workbook conformance="strict" ',
    "<v>46085</v>": "<v>2026-03-04</v>",
    'r="C2" s="1"': 'r="C2" s="1" t="d"',
}
"""What the strict kind of OOXML writes differently: its names, and days as days."""


def test_a_strict_workbook_is_read_like_any_other(workbook: Make, read: Parse) -> None:
    usual = workbook(Data=[["Account ID", "Company", "Created"], ["1001", "Acme", datetime.date(2026, 3, 4)]])
    strict = usual.with_name("strict.xlsx")
    changed = set()
    with zipfile.ZipFile(usual) as archive, zipfile.ZipFile(strict, "w") as other:
        for member in archive.namelist():
            text = archive.read(member).decode()
            for old, new in STRICT.items():
                changed |= {old} if old in text else set()
                text = text.replace(old, new)
            other.writestr(member, text)
    assert changed == STRICT.keys()
    for file in (usual, strict):
        assert [tuple(row.values()) for row in read(file).rows] == [("1001", "Acme", "2026-03-04")]


XOR, RC4 = struct.pack("<HHH", 0, 1, 1), struct.pack("<HHH", 1, 1, 1) + bytes(48)


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book", "BOOK"])
@pytest.mark.parametrize("method", [XOR, RC4], ids=["XOR", "RC4"])
def test_a_password_of_an_old_workbook_is_named(opened: Open, method: bytes, name: str) -> None:
    globals_of_97 = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 0))
    stream = globals_of_97 + record(0x002F, method) + record(0x0042, b"\xb0\x04") + record(0x000A, b"")
    with pytest.raises(WorkFailed, match="protected by a password"):
        opened(container(name, stream))


PAGE = """<html><head><meta charset="{codec}"></head><body><table><tr><td>Menu</td></tr></table>
<table><thead><tr><th>Account ID</th><th>Company</th><th>Phone</th><th>Company Note</th></tr></thead>
<tr><td>00123</td><td>Zoë &amp; Söhne</td><td>1,234</td><td>NA</td></tr>
<tr><td>1E5</td><td></td><td>TRUE</td><td>null</td></tr></table></body></html>"""


@pytest.mark.parametrize("codec", ["utf-8", "windows-1252", "utf-16"])
def test_a_web_page_that_is_called_a_workbook(opened: Open, codec: str) -> None:
    table = opened(PAGE.format(codec=codec).encode(codec))
    assert (table.kind, table.sheets) == ("HTML table, table 2", ["table 1", "table 2"])
    assert [row for _, row in table.rows()] == [
        ["00123", "Zoë & Söhne", "1,234", "NA"],
        ["1E5", "", "TRUE", "null"],
    ]


def test_headings_of_a_web_page_may_occur_twice(opened: Open) -> None:
    assert opened("<table><tr><th>id<th>Email<th>Email<tr><td>1<td>a<td>b</table>").headings == ["id", "Email", "Email"]


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html><form>Sign in</form></html>", "<html><table><tr><td>Sign in<td>here</table>"]
)
def test_a_sign_in_page_says_so(opened: Open, page: str) -> None:
    with pytest.raises(WorkFailed, match=r"web page without a table.*sign-in"):
        opened(page)


@pytest.mark.programs
def test_an_old_workbook(tmp_path: Path, opened: Open, read: Parse) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["id", "Last Login", "Company"], [1001, datetime.date(2026, 3, 4), "Łódź"], [2, 46085, "=NA()"]]:
        sheet.append(row)
    book.save(tmp_path / "accounts.xlsx")
    program = shutil.which("soffice") or "soffice"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [
        program,
        "--headless",
        home,
        "--convert-to",
        "xls:MS Excel 97",
        "--outdir",
        str(tmp_path),
        "accounts.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    table = opened(tmp_path / "accounts.xls")
    assert table.kind == "XLS workbook, Sheet"
    assert list(table.rows())[1][1][2] == ErrorCell("#N/A", "an error in the workbook")
    found = read(tmp_path / "accounts.xls")
    assert found.rows == [{"account_id": "1001", "last_login_on": "2026-03-04", "company": "Łódź"}]
    assert found.rejected[0].value == "#N/A"
