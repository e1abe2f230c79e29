"""Any table of ours, written in any dress that is read, comes back equal; any bytes are a table or a fault."""

from __future__ import annotations

import codecs
import csv
import html
import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Fault
from core.importing.heading_words import LANGUAGES
from core.importing.import_options import ImportOptions
from core.importing.importer import dry_run, import_file
from db.connection import connect_reading
from tui.cli.hint_words import hint_words

_MANY = max(10, settings.default.max_examples // 4)
_FEW = max(2, settings.default.max_examples // 20)
"""Examples that start a process each."""
_ATTRIBUTES = 200_000 if settings.default.max_examples > 1_000 else 60_000
"""Attributes of one element: the time that they take grows with their square."""

KEYS = ("account_id", "username", "company", "email", "status", "list_size", "created_on")
TITLES = ("Account ID", "Username", "Company", "Email", "Status", "List Size", "Created")

LETTERS = "abcdefgh ijklmnopqrstuvwxyzABCZ0189-_.,;|'\"<>%/()éüñØß"
WORD = st.text("abcdefghijkmnpqrst", min_size=3, max_size=8)
NAME = st.builds(
    lambda text, end: " ".join(f"C{text}".split()) + end, st.text(LETTERS, max_size=12), st.sampled_from("xyz")
)


@st.composite
def tables(draw: Any) -> list[tuple[Any, ...]]:
    """Draw rows of accounts, each with an id of its own."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        name = draw(WORD)
        rows.append(
            (
                f"A-{number:03d}{name}",
                f"{name}{number}",
                draw(NAME),
                f"{name}@example.com",
                draw(st.sampled_from("OTEC")),
                draw(st.integers(0, 10_000_000)),
                str(draw(st.dates(date(1995, 1, 1), date(2026, 1, 1)))),
            )
        )
    return rows


def headings(language: str) -> list[str]:
    """Return the headings of our columns in a language."""
    names = LANGUAGES.get(language)
    return [names[key].split(", ")[0] for key in KEYS] if names else list(TITLES)


def texts(row: tuple[Any, ...]) -> list[str]:
    return [str(value) for value in row]


def delimited(rows: list[list[str]], dress: Any) -> bytes:
    """Write rows as CSV in some dress."""
    codec, delimiter, end, quoting, blank, trailing = dress
    out = io.StringIO()
    for row in rows:
        if blank and quoting == csv.QUOTE_ALL:
            line = f"{delimiter} ".join('"' + cell.replace('"', '""') + '"' for cell in row)
        else:
            made = io.StringIO()
            csv.writer(made, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(row)
            line = made.getvalue()
        out.write(line + (delimiter if trailing else "") + end)
    return out.getvalue().encode(codec)


CSV_DRESS = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
    st.booleans(),
)


def as_page(rows: list[list[str]], spans: bool) -> bytes:
    """Write rows as a page; where two rows below each other have the same company, with one cell for both."""
    lines = []
    covered = False
    for at, row in enumerate(rows):
        cells = [f"<td>{html.escape(cell)}</td>" for cell in row]
        if covered:
            cells[2] = ""
            covered = False
        elif spans and at and at + 1 < len(rows) and rows[at + 1][2:3] == row[2:3] != []:
            cells[2] = f'<td rowspan="2">{html.escape(row[2])}</td>'
            covered = True
        lines.append(f"<tr>{''.join(cells)}</tr>")
    title = f'<tr><td colspan="{len(rows[0])}">Our accounts</td></tr>' if spans else ""
    return f'<!DOCTYPE html><meta charset="utf-8"><table>{title}{"".join(lines)}</table>'.encode()


def as_xml_2003(rows: list[list[str]], _: bool) -> bytes:
    """Write rows as an XML Spreadsheet."""
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="A"><Table>{cells}'
        "</Table></Worksheet></Workbook>"
    ).encode()


def as_workbook(rows: list[list[str]], backslashes: bool) -> bytes:
    """Write rows as an XLSX workbook, its parts with slashes or backslashes."""
    made, out = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\") if backslashes else name, old.read(name))
    return out.getvalue()


def stored(content: bytes) -> list[tuple[Any, ...]]:
    """Import content and return the accounts."""
    with tempfile.TemporaryDirectory() as folder:
        file, database = Path(folder) / "accounts", Path(folder) / "a.db"
        file.write_bytes(content)
        report = import_file(database, file, ImportOptions())
        assert report.read == report.new, report.lines(hint_words)
        with closing(connect_reading(database)) as connection:
            return connection.execute(f"SELECT {', '.join(KEYS)} FROM accounts ORDER BY pk").fetchall()


@settings(max_examples=_MANY, deadline=None)
@given(tables(), CSV_DRESS, st.sampled_from(["", *LANGUAGES]))
def test_any_csv_comes_back_equal(table: list[tuple[Any, ...]], dress: Any, language: str) -> None:
    assert stored(delimited([headings(language), *map(texts, table)], dress)) == table


@settings(max_examples=_FEW, deadline=None)
@given(tables(), st.sampled_from([as_page, as_xml_2003, as_workbook]), st.booleans(), st.sampled_from(["", *LANGUAGES]))
def test_any_page_or_workbook_comes_back_equal(
    table: list[tuple[Any, ...]], write: Callable[[list[list[str]], bool], bytes], dressed: bool, language: str
) -> None:
    if dressed and len(table) > 1:
        table[1] = (*table[1][:2], table[0][2], *table[1][3:])
    assert stored(write([headings(language), *map(texts, table)], dressed)) == table


SEEDS = [
    b'sep=;\nAccount ID;Company;Last Login;List Size\n1;"x;\n""y""";03/04/2026;1.234\nTotal;;;5\n',
    'Account ID,Company\n1,Åhus\n="2",Caf\n'.encode() + b"3,Caf\xe9\n",
    "Account ID,Company\n1,Zoë\n".encode("utf-16-le"),
    as_page([["Account ID", "Company"], ["1", "Acme"], ["2", "Acme"]], True),
    as_xml_2003([["Account ID", "Company"], ["1", "Acme"]], True),
    as_workbook([["Account ID", "Company"], ["1", "Acme"]], True),
    b"ID;PWXL\r\nC;Y1;X1;K1\r\n",
    codecs.BOM_UTF8 + b'"Account ID, Company"\n"1, x"\n',
    b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>Account ID</td></tr>",
]


def look(content: bytes) -> None:
    """Look at a file of any bytes: its counts add up, or a fault says why it is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "accounts"
        file.write_bytes(content)
        with suppress(Fault):
            report = dry_run(Path(folder) / "a.db", file)
            assert report.read == report.new + report.changed + report.same + len(report.rejected)


@settings(max_examples=_MANY, deadline=None)
@given(st.sampled_from([SEEDS[0], SEEDS[1], SEEDS[2], SEEDS[6], SEEDS[7]]), st.randoms(use_true_random=False))
def test_mutated_texts(seed: bytes, chance: random.Random) -> None:
    look(mutated(seed, chance))


@settings(max_examples=_FEW, deadline=None)
@given(st.sampled_from([SEEDS[3], SEEDS[4], SEEDS[5], SEEDS[8]]), st.randoms(use_true_random=False))
def test_mutated_pages_and_workbooks(seed: bytes, chance: random.Random) -> None:
    look(mutated(seed, chance))


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """Change, cut or double some bytes."""
    content = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content)) if content else 0
        kind = chance.randrange(3)
        if kind == 0 and content:
            content[at] = chance.randrange(256)
        elif kind == 1:
            content[at:at] = content[at : at + chance.randint(1, 20)]
        else:
            del content[at : at + chance.randint(1, 20)]
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ('<table><tr><td colspan="99999999" rowspan="99999999">Account ID</td></tr><tr><td>1</td></tr></table>', ""),
        ("<table " + " ".join(f'a{n}="x"' for n in range(_ATTRIBUTES)) + "><tr><td>Account ID</td></tr></table>", ""),
    ],
)
def test_t8_pages_made_to_hurt(content: str, limit: str) -> None:
    look(content.encode())
    assert not limit


def test_t8_a_workbook_of_one_endless_string(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Account ID", "Company"])
    for row in range(1, 40_000):
        sheet.write_string(row, 0, str(row))
        sheet.write_string(row, 1, "x" * 30_000)
    book.close()
    with pytest.raises(Fault, match="512 MB"):
        dry_run(tmp_path / "a.db", tmp_path / "a.xlsx")
