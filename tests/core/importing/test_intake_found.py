"""Files as they really come, by the numbers under which they were found (B: public reports, F: collections).

Each row is the kind itself; the relatives beside it are what other programs write of the same kind.
"""

# ruff: noqa: E501 (lines of files stand here as they are)
from __future__ import annotations

import gzip
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from core.clock import today
from core.errors import Fault, Hint, Step, WorkFailed
from core.importing.import_options import ImportOptions
from core.importing.importer import dry_run, import_file
from core.importing.refusal import Refused
from core.importing.report import ImportReport
from core.mappings import Choices
from db.connection import connect_reading
from tests.core.importing.old_workbooks import formula, label, old_workbook, record
from tui.cli.hint_words import hint_words

HEAD = "Account ID,Username,Company,Email,Status,List Size,Last Login\n"
ROW = "A-1001,mill,Mill Bakery,mill@example.com,Active,1250,2026-03-04\n"
GOOD = ("A-1001", "mill", "Mill Bakery", "mill@example.com", "O", 1250, "2026-03-04")
COLUMNS = "account_id, username, company, email, status, list_size, last_login_on"


class Door:
    """A database and a place for files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "accounts.db"

    def file(self, content: bytes | str, name: str = "accounts.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, content: bytes | str | Path, name: str = "accounts.csv", **options: Any) -> ImportReport:
        path = content if isinstance(content, Path) else self.file(content, name)
        return import_file(self.database, path, ImportOptions(**options))

    def accounts(self, columns: str = COLUMNS) -> list[tuple[Any, ...]]:
        with closing(connect_reading(self.database)) as connection:
            return connection.execute(f"SELECT {columns} FROM accounts ORDER BY pk").fetchall()

    def column(self, key: str) -> list[Any]:
        return [value for (value,) in self.accounts(key)]


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


def kinds(report: ImportReport) -> dict[str, int]:
    """Return the notes' kinds with their counts."""
    return {note.kind: note.count for note in report.notes}


def adds_up(report: ImportReport) -> bool:
    return report.read == report.new + report.changed + report.same + len(report.rejected)


def page(rows: str, around: str = "") -> str:
    headings = "".join(f"<th>{text}</th>" for text in HEAD.strip().split(","))
    return f'<!DOCTYPE html><meta charset="utf-8">{around}<table><tr>{headings}</tr>{rows}</table>'


# Text and its encoding


@pytest.mark.parametrize(
    "end",
    [b"A-1003,ash,\xd0\x9f\xd0", b"A-1003,ash,\xe5\xb1\xb1\xe7\x94", b"A-1003,ash,\xf0\x9f\x8d", b'A-1003,ash,"Ash L'],
)
def test_b01_f14_a_file_that_was_cut_off_loses_its_last_row_alone(door: Door, end: bytes) -> None:
    whole = "Account ID,Username,Company\nA-1001,mill,Café Nord\nA-1002,oak,Åhus\n".encode()
    door.take(whole)
    report = door.take(whole + end)
    assert (report.same, [row.row for row in report.rejected]) == (2, [4])
    assert kinds(report)["cut_off"] == 1
    assert door.column("company") == ["Café Nord", "Åhus"]


def test_b01_a_last_line_with_fewer_cells_and_no_end_is_cut(door: Door) -> None:
    report = door.take(HEAD + ROW + "A-1002,oak,Oak L")
    assert (report.new, [row.row for row in report.rejected]) == (1, [3])
    assert "cut off" in " ".join(note.text for note in report.notes)


def test_b01_a_last_line_without_end_that_is_whole_goes_in(door: Door) -> None:
    assert (report := door.take((HEAD + ROW).rstrip())).new == 1
    assert not report.notes


def test_b01_one_odd_byte_at_the_end_of_an_ascii_file_is_windows_1252(door: Door) -> None:
    door.take(b"Account ID,Company\n1,Ann\n2,Caf\xe9")
    assert door.column("company") == ["Ann", "Café"]


def test_b02_lines_of_two_encodings_damage_none(door: Door) -> None:
    mixed = (
        HEAD.encode() + "1,a,Åhus Kök,,,,\n".encode() + b"2,b,Caf\xe9 Nord,,,,\n" + "3,c,Ø".encode() + b" \xe9,,,,\n"
    )
    report = door.take(mixed)
    assert door.column("company") == ["Åhus Kök", "Café Nord", "Ø é"]
    assert kinds(report) == {"mixed_encodings": 2}


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_b02_with_other_line_ends(door: Door, end: bytes) -> None:
    lines = [b"Account ID,Company", "1,Åhus Kök".encode(), b"2,Caf\xe9", b""]
    door.take(end.join(lines))
    assert door.column("company") == ["Åhus Kök", "Café"]


@pytest.mark.parametrize(
    ("codec", "company"),
    [
        ("cp1251", "Пекарня Мельница"), ("koi8_r", "Пекарня Мельница"), ("cp1253", "Φούρνος Αθηνών"),
        ("mac_roman", "Café Müller"), ("shift_jis", "山田製パンとカフェ"), ("gb18030", "北京面包店有限公司"), ("cp1250", "Łódź Piekarnia"),
    ],
)  # fmt: skip
def test_b19_f15_other_encodings_are_pointed_out_and_can_be_said(door: Door, codec: str, company: str) -> None:
    content = f"Account ID,Company\n1,{company}\n".encode(codec)
    try:
        hints = [note.hint for note in dry_run(door.database, door.file(content)).notes]
    except Fault as fault:
        hints = [hint for hint in fault.hints if isinstance(hint, Hint)]
    told = [hint.given["encodings"] for hint in hints if hint and hint.step is Step.READS_ENCODING]
    assert [encodings.count(codec) for encodings in told] == [1]
    door.take(content, encoding=codec)
    assert door.column("company") == [company]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_b19_wide_text_needs_no_mark(door: Door, codec: str) -> None:
    door.take((HEAD + ROW).encode(codec))
    assert door.accounts() == [GOOD]


def test_b13_f17_invisible_characters_at_the_ends(door: Door) -> None:
    rows = "\u200bA-1001\ufeff,mill\u200e,M,\u2060mill@example.com\u200b,,,\nA-1002\0,oak,,,,,\n"
    report = door.take("\ufeff" + HEAD.replace("Username", "\u200bUsername\u200e") + rows)
    assert door.accounts("account_id, username, email")[0] == ("A-1001", "mill", "mill@example.com")
    assert door.column("account_id") == ["A-1001", "A-1002"]
    assert kinds(report)["unseen_characters"] > 0


# What is no row of accounts


@pytest.mark.parametrize(
    "line",
    [
        'Grand Total,,,,,"1,250",', "Total,,2,,,,", "Total: 3 accounts,,,,,,", "TOTAL,,,,,1250,", "Sum,,,,,,", "Count,2,,,,,",
        "Report generated on 03/04/2026,,,,,,", "Report generated on 03/04/2026", "Page 1 of 3,,,,,,", "3 records found",
        "Generated by,admin,,,,,", ",,Total,,,1250,", "Summe,,,,,1250,", "© 2026 Example Inc.", "End of report,,,,,,",
        "Number of accounts: 3", "----------,,,,,,",
    ],
)  # fmt: skip
def test_b03_f16_totals_and_footers_are_passed_over(door: Door, line: str) -> None:
    report = door.take(HEAD + ROW + line + "\n")
    assert (report.read, report.passed_over, door.accounts()) == (1, 1, [GOOD])
    assert set(kinds(report)) <= {"totals", "footers"}
    assert report.notes[0].rows == (3,)


def test_b03_an_account_may_be_called_total(door: Door) -> None:
    report = door.take(
        HEAD + "A-1,total,Total Care,t@example.com,Active,5,\nsum-3,Count,Page One,x@example.com,Open,5,\n"
    )
    assert (report.new, report.passed_over) == (2, 0)


def test_f16_in_a_workbook_and_in_a_page(door: Door) -> None:
    book = xlsxwriter.Workbook(door.folder / "a.xlsx")
    sheet = book.add_worksheet()
    for at, row in enumerate(
        [HEAD.strip().split(","), ROW.strip().split(","), ["Total", "", "", "", "", 1250], ["Page 1 of 1"]]
    ):
        sheet.write_row(at, 0, row)
    book.close()
    assert (door.take(door.folder / "a.xlsx").passed_over, door.accounts()) == (2, [GOOD])
    cells = "".join(f"<td>{text}</td>" for text in ROW.strip().split(","))
    foot = '<tfoot><tr><td colspan="5">Total</td><td>1,250</td><td></td></tr><tr><td colspan=7>Showing 1 to 1 of 1 entries</td></tr></tfoot>'
    report = door.take(page(f"<tr>{cells}</tr>{foot}"), "a.html")
    assert (report.same, report.passed_over) == (1, 2)


def test_showing_a_part_is_said(door: Door) -> None:
    report = door.take(HEAD + ROW + "Showing 1 to 1 of 5,000 entries\n")
    assert "1 of 5,000" in " ".join(note.text for note in report.notes)
    cells = "".join(f"<td>{text}</td>" for text in ROW.strip().split(","))
    report = door.take(page(f"<tr>{cells}</tr>") + "<div>Showing 1 to 1 of 5,000 entries</div>", "a.html")
    assert kinds(report)["part_of_list"] == 4_999


@pytest.mark.parametrize("again", [HEAD, HEAD.upper(), HEAD.replace(",", " ,")])
def test_b04_headings_that_come_again(door: Door, again: str) -> None:
    report = door.take(HEAD + ROW + again + ROW.replace("1001", "1002").replace("mill", "oak"))
    assert (report.new, report.passed_over, kinds(report)) == (2, 1, {"repeated_headings": 1})


def test_b04_other_headings_below_are_refused(door: Door) -> None:
    with pytest.raises(WorkFailed, match="other headings"):
        door.take("Account ID,Company\n1,Acme\nUsername,Account ID\nann,2\n")


# CSV


@pytest.mark.parametrize(
    "line",
    [
        '="0012345",mill,="Mill, Bakery",,Active,="1250",="2026-03-04"',
        '"=""0012345""",mill,"=""Mill, Bakery""",,Active,"=""1250""",2026-03-04',
    ],
)
def test_b05_f17_text_that_looks_like_a_formula(door: Door, line: str) -> None:
    door.take(HEAD + line + "\n")
    assert door.accounts() == [("0012345", "mill", "Mill, Bakery", None, "O", 1250, "2026-03-04")]
    assert door.take(HEAD + '0012345,mill,"Mill, Bakery",,Active,1250,2026-03-04\n').same == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_b06_a_blank_before_quotes(door: Door, delimiter: str) -> None:
    def quoted(line: str) -> str:
        return f"{delimiter} ".join(f'"{cell}"' for cell in line.strip().split(",")) + "\n"

    door.take(quoted(HEAD) + quoted(ROW).replace("Mill Bakery", f"Mill{delimiter} Bakery"))
    assert door.column("company") == [f"Mill{delimiter} Bakery"]
    assert door.column("username") == ["mill"]


def test_b15_b16_f18_blank_cells_may_be_missing_or_too_many(door: Door) -> None:
    report = door.take(HEAD + ROW.replace("\n", ",\n") + "A-1002,oak,Oak Ltd,oak@example.com,Trial\nA-1003,ash\n")
    assert (report.new, kinds(report)) == (3, {"short_rows": 2})
    assert door.column("list_size") == [1250, None, None]
    assert len(door.take(HEAD + ROW.replace("\n", ",surplus\n") + ROW).rejected) == 1


@pytest.mark.parametrize("quote", [r"\"The\"", r"\"The\", ", r"The\""])
def test_b17_backslashes_before_quotes(door: Door, quote: str) -> None:
    row = ",".join(f'"{cell}"' for cell in ROW.strip().split(",")).replace("Mill Bakery", f"Mill {quote} Bakery")
    report = door.take(HEAD + row + "\n")
    assert door.column("company") == [f"Mill {quote} Bakery".replace("\\", "")]
    assert "backslashes" in kinds(report)


def test_b17_a_backslash_is_a_backslash_elsewhere(door: Door) -> None:
    door.take('Account ID,Company\n"1","C:\\"\n"2","a\\b"\n')
    assert door.column("company") == ["C:\\", "a\\b"]


@pytest.mark.parametrize("surplus", ["", ",,", ";"])
def test_b18_lines_quoted_whole(door: Door, surplus: str) -> None:
    inner = ROW.strip().replace("Mill Bakery", '""Mill, Bakery""')
    report = door.take(
        f'"{HEAD.strip()}"{surplus}\n"{inner}"{surplus}\n' if surplus != ";" else f'"{HEAD.strip()}"\n"{inner}"\n'
    )
    assert door.column("company") == ["Mill, Bakery"]
    assert "quoted_lines" in kinds(report)


def test_a_delimiter_can_be_said(door: Door) -> None:
    door.take((HEAD + ROW).replace(",", "^"), delimiter="^")
    assert door.accounts() == [GOOD]


# Where the headings are


def test_f10_lines_about_the_report_are_no_headings(door: Door) -> None:
    report = door.take(
        "User,jdoe\nReport date,2026-03-04\nAccount ID,Kunde,Mail\n1,Acme,a@example.com\n2,Bolt,b@example.com\n"
    )
    assert door.column("account_id") == ["1", "2"]
    assert (report.passed_over, kinds(report)["rows_above"]) == (2, 2)


def test_f10b_a_heading_that_is_mapped_decides(door: Door) -> None:
    choices = Choices(headings={"Nummer": "account_id"})
    door.take("Bericht,2026\nVon,heute\n\nNummer,Ort\n77,Ulm\n", choices=choices)
    assert door.column("account_id") == ["77"]


@pytest.mark.parametrize(
    "text",
    [
        "Account,,Contact,,Activity,\nID,Username,Name,Email,Last,List\n,,,,Login,Size\nA-1,mill,Jo Reed,m@example.com,2026-03-04,10\n",
        "Account,,,,Last,List\nID,Username,Name,Email,Login,Size\nA-1,mill,Jo Reed,m@example.com,2026-03-04,10\n",
    ],
)
def test_b28_headings_in_several_rows(door: Door, text: str) -> None:
    report = door.take(text)
    columns = "account_id, username, first_name, last_name, email, last_login_on, list_size"
    assert door.accounts(columns) == [("A-1", "mill", "Jo", "Reed", "m@example.com", "2026-03-04", 10)]
    assert "joined_headings" in kinds(report)


def test_brackets_marks_and_words_for_readers_of_screens(door: Door) -> None:
    headings = "Account ID*,Username:,Company (Client),Email #,Status: activate to sort column ascending,List Size (contacts),Last\nLogin"
    quoted = ",".join(f'"{text}"' for text in headings.split(","))
    assert not door.take(f"{quoted}\n{ROW}").unmatched_headings
    assert door.accounts() == [GOOD]


LANGUAGES = {
    "de": "Konto-ID,Benutzername,Firma,E-Mail,Status,Kontakte,Letzte Anmeldung",
    "fr": "Numéro de compte,Nom d'utilisateur,Société,Courriel,Statut,Taille de la liste,Dernière connexion",
    "es": "ID de cuenta,Usuario,Empresa,Correo electrónico,Estado,Contactos,Último acceso",
    "pt": "Número da conta,Nome de usuário,Empresa,E-mail,Status,Contatos,Último acesso",
    "it": "ID account,Nome utente,Azienda,E-mail,Stato,Contatti,Ultimo accesso",
    "nl": "Accountnummer,Gebruikersnaam,Bedrijf,E-mail,Status,Contacten,Laatste login",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [str, str.upper])
def test_headings_of_six_languages(door: Door, language: str, change: Callable[[str], str]) -> None:
    report = door.take(change(LANGUAGES[language]) + "\n" + ROW)
    assert (report.unmatched_headings, door.accounts()) == ([], [GOOD])


def test_f11_headings_in_messages_can_be_typed_back(door: Door) -> None:
    long = "A heading, of more than forty characters, which goes on"
    text = f'Account ID,"{long}",2025\n1,x,5\n'
    with pytest.raises(Fault) as told:
        door.take(text, choices=Choices(headings={"nothing": "company"}))
    assert "'A heading, of more than forty character…', '2025'" in str(told.value)
    choices = Choices(headings={"A heading, of more than forty character…": "company", "2025": "list_size"})
    door.take(text, choices=choices)
    assert door.accounts("company, list_size") == [("x", 5)]


def test_f19_one_of_two_equal_headings_can_be_left_out(door: Door) -> None:
    text = "Account ID,Email,Email\n1,a@example.com,b@example.com\n"
    with pytest.raises(WorkFailed) as raised:
        door.take(text)
    assert raised.value.hints == (Step.LEAVE_HEADING_OUT(heading="Email (column 3)"),)
    door.take(text, choices=Choices(headings={"Email (column 3)": ""}))
    assert door.column("email") == ["a@example.com"]


# Values


@pytest.mark.parametrize(
    "never",
    [
        "1/1/0001 12:00:00 AM", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "12/31/1969 7:00 PM", "1/1/1900",
        "0000-00-00 00:00:00", "1753-01-01", "12/31/9999", "00/00/0000", "1899-12-30", "1/0/1900", "31.12.1899",
    ],
)  # fmt: skip
def test_b07_the_beginning_of_a_clock_is_unknown(door: Door, never: str) -> None:
    report = door.take(HEAD + ROW.replace("2026-03-04", never))
    assert (report.new, door.column("last_login_on")) == (1, [None])
    assert kinds(report)["unknown_dates"] == 1


def test_b08_years_of_two_figures_are_not_decades_ahead(door: Door) -> None:
    report = door.take("Account ID,Created,Last Login\n1,11/02/99,03/14/26\n2,5-Jun-98,03/14/26\n3,12/13/49,03/14/26\n")
    assert door.column("created_on") == ["1999-11-02", "1998-06-05", "1949-12-13"]
    assert door.column("last_login_on") == ["2026-03-14"] * 3
    assert kinds(report)["unlikely_days"] == 1


def test_b08_f12_a_day_to_come_is_kept_and_said(door: Door) -> None:
    report = door.take("Account ID,Last Login\n1,2199-01-02\n2,03/14/0026\n")
    assert (door.column("last_login_on"), kinds(report)) == (
        ["2199-01-02", "0026-03-14"],
        {"future_days": 1, "unlikely_days": 1},
    )


MARCH_4 = [
    "4 mars 2026", "4. März 2026", "4 de marzo de 2026", "4 de março de 2026", "4 marzo 2026", "4 maart 2026", "04-mar-2026",
    "Wed, Mar 4, 2026", "Wed Mar 4 2026", "Mar 4, 2026 at 3:05 PM", "2026-03-04 10:00 (UTC)", "Wed Mar 04 10:00:00 UTC 2026",
    "2026年3月4日", "2026-03-04 10:00:00 +05:30 IST", "20260304", "20260304T103000Z", "2026/03/04", "4-Mar-26",
    "4 March 2026", "March 4th, 2026", "2026-03-04T05:06:07Z", "Wed, 04 Mar 2026 10:00:00 +0000", "mercredi 4 mars 2026",
    "Mittwoch, 4. März 2026 um 15:05 Uhr", "Wed Mar 04 2026 10:00:00 GMT+0000 (Coordinated Universal Time)", "46085",
    "4 mrt. 2026", "2026-Mar-04", "2026-03-04T05:06:07+01:00[Europe/Berlin]", "20260304103000", "1 mars 2026",
]  # fmt: skip


@pytest.mark.parametrize("text", MARCH_4)
def test_b20_b21_dates_in_the_words_of_the_exporter(door: Door, text: str) -> None:
    door.take(f'Account ID,Last Login\n1,"{text}"\n')
    assert door.column("last_login_on") == ["2026-03-01" if text.startswith("1 ") else "2026-03-04"]


@pytest.mark.parametrize("text", ["4/3/2026, 3:05:12 p. m.", "4/3/2026 3:05:12 a.m.", "4/3/2026 a las 15:05"])
def test_b21_half_days_of_other_languages(door: Door, text: str) -> None:
    door.take(f'Account ID,Last Login\n1,"{text}"\n', choices=Choices(date_order="dmy"))
    assert door.column("last_login_on") == ["2026-03-04"]


def test_f12_year_first_is_said_where_it_is_possible(door: Door) -> None:
    text = "Account ID,Last Login\n1,26-03-04\n2,25-12-31\n"
    assert "year_first_possible" in kinds(dry_run(door.database, door.file(text)))
    door.take(text, choices=Choices(date_order="ymd"))
    assert door.column("last_login_on") == ["2026-03-04", "2025-12-31"]


@pytest.mark.parametrize(
    ("sizes", "values"),
    [
        (["1200.000", "35.000", "0.000"], [1200, 35, 0]), (["35.000", "1.234"], [35000, 1234]), (["35,000", "0,000"], [35, 0]),
        (['"1,25,000"', '"12,34,567.00"'], [125000, 1234567]), (["1’234", "1.234,00"], [1234, 1234]),
        (["~500", "500 contacts"], [500, 500]), (["1.2k", "501 - 1000", "12%", "7"], [None, None, None, 7]),
    ],
)  # fmt: skip
def test_b22_f13_numbers_of_all_kinds(door: Door, sizes: list[str], values: list[int | None]) -> None:
    quoted = [size if size.startswith('"') else f'"{size}"' for size in sizes]
    report = door.take("Account ID,List Size\n" + "".join(f"{n},{size}\n" for n, size in enumerate(quoted)))
    assert (door.column("list_size"), len(report.rejected)) == (values, 0)
    assert kinds(report).get("unread_counts", 0) == values.count(None)


def test_b12_ids_that_a_spreadsheet_has_spoilt(door: Door) -> None:
    door.take("Account ID,Company\n001234567890,Acme\nabc-1,Bolt\n")
    report = door.take("Account ID,Company\n1234567890,Acme\n1.23457E+11,x\nABC-1,Bolt\nnew-1,New\n1234567890.0,Acme\n")
    assert [row.row for row in report.rejected] == [2, 3, 4, 6]
    assert "shortened" in report.rejected[1].reason
    assert (report.new, kinds(report)["new_ids_like_known"]) == (1, 3)
    assert door.take("Account ID,Company\n1234567890,Acme\n", accept_new_ids=True).new == 1


@pytest.mark.parametrize("written", ["“A1”", "'A1'", '"""A1"""', "‘A1’", "«A1»"])
def test_f17_quotes_around_ids(door: Door, written: str) -> None:
    door.take(f"Account ID,Company\n{written},Acme\n")
    assert door.column("account_id") == ["A1"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("mailto:gus@example.com", "gus@example.com"), ("Gus <gus@example.com>", "gus@example.com"),
        ("gus@example.com; info@example.com", "gus@example.com"), ("<gus@example.com>", "gus@example.com"),
        ("gus@example.com, info@example.com", "gus@example.com"), ("[email protected]", None), ("no address", "no address"),
        ("mailto:gus@example.com?subject=x", "gus@example.com"), ("[email\xa0protected]", None),
    ],
)  # fmt: skip
def test_f19_addresses(door: Door, written: str, address: str | None) -> None:
    door.take(f'Account ID,Email\n1,"{written}"\n')
    assert door.column("email") == [address]


def test_b11_a_hidden_address_never_overwrites(door: Door) -> None:
    door.take(HEAD + ROW)
    code = bytes([0x2B, *(byte ^ 0x2B for byte in b"jo@example.com")]).hex()
    for attribute, expected in (("2b46424747", "mill@example.com"), (code, "jo@example.com")):
        cell = f'<a class="__cf_email__" data-cfemail="{attribute}">[email&#160;protected]</a>'
        door.take(page(f"<tr><td>A-1001</td><td>mill</td><td>Mill Bakery</td><td>{cell}</td></tr>"), "a.html")
        assert door.column("email") == [expected]


# Pages


def test_b09_blocks_in_a_cell_are_parted(door: Door) -> None:
    cells = "<td>A-1</td><td>m</td><td><div>Mill Bakery</div><div>Portland</div></td><td></td><td><ul><li>Active</li></ul></td>"
    door.take(page(f"<tr>{cells}<td>1<br></td><td></td></tr>"), "a.xls")
    assert door.accounts("company, status, list_size") == [("Mill Bakery Portland", "O", 1)]


@pytest.mark.parametrize(
    "unseen",
    [
        '<span class="sr-only">unseen</span>', "<span hidden>unseen</span>", '<i aria-hidden="true">unseen</i>',
        '<b style="display: NONE">unseen</b>', "<script>unseen</script>", "<style>unseen</style>", '<p class="gone">unseen</p>',
        "<select><option>unseen</option><option selected></option></select>", "<template>unseen</template>",
    ],
)  # fmt: skip
def test_b10_what_nobody_sees_is_no_text(door: Door, unseen: str) -> None:
    cells = "".join(f"<td>{text}{unseen}</td>" for text in ROW.strip().split(","))
    hidden = f"<tr hidden>{cells}</tr><tbody style='display:none'><tr>{cells}</tr></tbody>".replace("1001", "9999")
    html = page(f"<tr>{cells}</tr>{hidden}", "<style>.gone { display: none }</style>").replace(
        "Status", f"Status{unseen}"
    )
    report = door.take(html, "a.html")
    assert (report.unmatched_headings, door.accounts()) == ([], [GOOD])
    assert (report.passed_over, kinds(report)["hidden_rows"]) == (2, 2)


def test_b27_f3_spans(door: Door) -> None:
    rows = "<tr><td>1<td rowspan=2>Acme<td>a@example.com</tr><tr><td>2<td>b@example.com</tr>"
    title = '<tr><td colspan="100%">Accounts of today</td></tr>'
    text = f"<table>{title}<tr><th>Account ID<th>Company<th>Email</tr>{rows}</table>"
    door.take(text, "a.html")
    assert door.accounts("account_id, company, email") == [
        ("1", "Acme", "a@example.com"),
        ("2", "Acme", "b@example.com"),
    ]


def test_f3_a_heading_that_spans_two_columns(door: Door) -> None:
    row = "<tr><td>1<td>x<td>y<td>a@example.com</tr>"
    report = door.take(f"<table><tr><td>Account ID<td colspan=2>Notes<td>Email</tr>{row}</table>", "a.html")
    assert door.accounts("account_id, email") == [("1", "a@example.com")]
    assert report.unmatched_headings == ["Notes"]


def test_f2_a_second_table_of_fewer_columns(door: Door) -> None:
    cells = "".join(f"<td>{text}</td>" for text in ROW.strip().split(","))
    door.take(page(f"<tr>{cells}</tr>") + "<table><tr><td>Menu</td></tr></table>", "a.html")
    assert door.accounts() == [GOOD]


@pytest.mark.parametrize(
    "first", ["From: <Saved by Blink>", "MIME-Version: 1.0", "Date: Wed, 4 Mar 2026 10:00:00 +0000"]
)
def test_b26_web_archives(door: Door, first: str) -> None:
    cells = "".join(f"<td>{text}</td>" for text in ROW.strip().split(","))
    html = page(f"<tr>{cells}</tr>").replace("=", "=3D")
    archive = (
        f"{first}\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n--b--\n"
    )
    door.take(archive, "a.mhtml")
    assert door.accounts() == [GOOD]


# Workbooks


def workbook(path: Path, change: Callable[[str, bytes], tuple[str, bytes]] | None = None, **formats: Any) -> Path:
    """Write the row as a workbook, then change its parts."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Accounts")
    sheet.write_row(0, 0, HEAD.strip().split(","))
    sheet.write_row(1, 0, [*ROW.strip().split(",")[:5], 1250])
    sheet.write_datetime(1, 6, datetime.fromisoformat("2026-03-04"), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            changed, content = (change or (lambda name, content: (name, content)))(name, old.read(name))
            new.writestr(changed, content)
    return path


def _renamed(name: str, content: bytes) -> tuple[str, bytes]:
    return name.replace("workbook.xml", "workbook22.xml"), content.replace(b"workbook.xml", b"workbook22.xml")


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".xlsb", ".csv", ""])
def test_f1_the_ending_of_a_name_means_nothing(door: Door, ending: str) -> None:
    door.take(workbook(door.folder / f"list{ending}"))
    assert door.accounts() == [GOOD]


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name.replace("/", "\\"), content),
        _renamed,
        lambda name, content: (name.upper() if name.startswith("xl/w") else name, content),
    ],
    ids=["backslashes", "another main part", "capitals"],
)
def test_b24_b25_f6_parts_of_any_name(door: Door, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    door.take(workbook(door.folder / "list.xlsx", change))
    assert door.accounts() == [GOOD]


def test_b14_hidden_rows_and_columns(door: Door) -> None:
    book = xlsxwriter.Workbook(door.folder / "a.xlsx")
    sheet = book.add_worksheet()
    for at, row in enumerate(["Account ID,Company,Phone", "1,Acme,555", "2,Bolt,556", "3,Cog,557"]):
        sheet.write_row(at, 0, row.split(","))
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()
    report = dry_run(door.database, door.folder / "a.xlsx")
    assert (report.new, kinds(report)) == (3, {"hidden_rows": 1, "hidden_columns": 1})
    assert door.take(door.folder / "a.xlsx", skip_hidden=True).new == 2
    assert door.accounts("account_id, phone") == [("1", None), ("3", None)]


def test_f17_zeros_that_a_format_shows(door: Door) -> None:
    book = xlsxwriter.Workbook(door.folder / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Account ID", "Company"])
    sheet.write_number(1, 0, 123, book.add_format({"num_format": "00000"}))
    sheet.write(1, 1, "Acme")
    book.close()
    door.take(door.folder / "a.xlsx")
    assert door.column("account_id") == ["00123"]


def test_f4_f5_formulas_beside_and_below_the_table(door: Door) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Account ID", "Company"], ["1", "Acme"], ["=ROW()", "=A1"], ["=ROW()", "=A2"]):
        sheet.append(row)
    sheet["H1"] = "=TODAY()"
    book.save(door.folder / "a.xlsx")
    report = door.take(door.folder / "a.xlsx")
    assert (report.read, report.new, len(report.rejected)) == (3, 1, 2)
    assert {row.reason for row in report.rejected} == {"a formula that was not calculated"}


XML_2003 = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="Accounts"><Table>{rows}</Table></Worksheet></Workbook>'
)


SHARED = record(0x04BC, struct.pack("<HHBBBBH3B", 2, 3, 1, 1, 0, 2, 3, 0x1E, 1, 0))
"""A formula that cells share: it stands between the first of them and its text."""


@pytest.mark.parametrize("number", [0x0006, 0x0206, 0x0406], ids=hex)
@pytest.mark.parametrize("between", [b"", SHARED], ids=["own", "shared"])
@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_f7_f8_formulas_of_old_workbooks_give_their_results(door: Door, number: int, between: bytes, name: str) -> None:
    headings = b"".join(label(0, at, text) for at, text in enumerate(["Account ID", "Company", "List Size"]))
    known = label(1, 0, "A-1") + label(1, 1, "Mill") + formula(number, 1, 2, 1250.0)
    texts = formula(number, 2, 0, "A-2") + formula(number, 2, 1, "Oak", between) + formula(number, 2, 2, 7.0)
    blank = formula(number, 3, 0, "A-3") + formula(number, 3, 1, None) + formula(number, 3, 2, True)
    report = door.take(old_workbook(headings + known + texts + blank, name), "accounts.xls")
    assert (report.read, report.new) == (3, 3)
    assert door.accounts("account_id, company, list_size") == [
        ("A-1", "Mill", 1250),
        ("A-2", "Oak", 7),
        ("A-3", None, None),
    ]
    assert kinds(report) == {"unread_counts": 1}


@pytest.mark.parametrize(
    "begin", ['<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n', "", "\n", '\n<?xml version="1.0"?>']
)
def test_b23_xml_spreadsheet_2003(door: Door, begin: str) -> None:
    def row(cells: str) -> str:
        return (
            "<Row>"
            + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in cells.strip().split(","))
            + "</Row>"
        )

    gap = (
        '<Row ss:Index="4"><Cell><Data ss:Type="Number">77</Data></Cell><Cell ss:Index="6"><Data ss:Type="Number">5</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-03-04T00:00:00.000</Data></Cell></Row>'
    )
    door.take(begin + XML_2003.format(rows=row(HEAD) + row(ROW) + gap), "a.xls")
    assert door.accounts() == [GOOD, ("77", None, None, None, None, 5, "2026-03-04")]


def test_open_document(door: Door) -> None:
    def row(cells: str) -> str:
        return (
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                for text in cells.strip().split(",")
            )
            + "</table:table-row>"
        )

    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="A">{row(HEAD)}{row(ROW)}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(door.folder / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    door.take(door.folder / "a.ods")
    assert door.accounts() == [GOOD]
    flat = content.replace("office:document-content", "office:document")
    assert door.take('<?xml version="1.0" encoding="UTF-8"?>\n' + flat, "a.fods").same == 1


# How files arrive


@pytest.mark.parametrize("through", ["-", "/dev/stdin", "pipe"])
def test_b29_through_a_pipe(door: Door, through: str) -> None:
    command = str(Path(sys.executable).with_name("partner-tui"))
    line = f"cat '{door.file(HEAD + ROW)}' | '{command}' --db '{door.database}' import {through}"
    if through == "pipe":
        line = f"'{command}' --db '{door.database}' import <(cat '{door.folder / 'accounts.csv'}')"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, door.accounts()) == (0, [GOOD]), done.stderr


def test_b30_packed_files(door: Door) -> None:
    with zipfile.ZipFile(door.folder / "a.zip", "w") as archive:
        archive.writestr("report/", "")
        archive.writestr("__MACOSX/._accounts.csv", "x")
        archive.writestr("report/accounts.csv", HEAD + ROW)
    assert kinds(door.take(door.folder / "a.zip")) == {"unpacked": 1}
    assert door.take(gzip.compress((HEAD + ROW).encode()), "a.csv.gz").same == 1
    with pytest.raises(WorkFailed, match="cut off"):
        door.take(gzip.compress((HEAD + ROW).encode())[:-9], "b.csv.gz")
    with zipfile.ZipFile(door.folder / "b.zip", "w") as archive:
        archive.writestr("a.csv", HEAD + ROW)
        archive.writestr("b.csv", HEAD + ROW)
    with pytest.raises(WorkFailed, match="several files"):
        door.take(door.folder / "b.zip")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"Account ID\"\r\nE\r\n", "SYLK"), (b"TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF"),
        (b'[{"account_id": "1"}]', "JSON"), (b'{"accounts": []}', "JSON"), (b"\x09\x02\x06\x00\x00\x00\x10\x00" + bytes(40), "Excel 3"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(40), "Excel 4"), (b"\x00\x00\x02\x00\x06\x04\x06\x00" + bytes(40), "Lotus"),
        (b"Account ID   Username    Company\nA-1          mill        Mill\nA-2          oak         Oak\n", "fixed width"),
        (b"BEGIN:VCARD\nFN:Jo\n", "contacts"), (b"INSERT INTO accounts VALUES (1);\n", "SQL"),
    ],
)  # fmt: skip
def test_f9_f19_f20_other_kinds_are_called_by_their_name(door: Door, content: bytes, what: str) -> None:
    with pytest.raises(WorkFailed, match=what):
        door.take(content, "accounts.csv")
    assert not door.database.exists()


def test_f19_numbers_documents(door: Door) -> None:
    with zipfile.ZipFile(door.folder / "a.numbers", "w") as archive:
        archive.writestr("Index/Document.iwa", "x")
    with pytest.raises(WorkFailed, match="Numbers document"):
        door.take(door.folder / "a.numbers")


# What says it another way


def test_a_whole_name_says_nothing_new_where_it_is_known(door: Door) -> None:
    door.take('Account ID,First Name,Last Name\n1,Mary Ann,Lee\n2,Jo,"Reed, Jr."\n3,,Cher\n')
    report = door.take(
        'Account ID,Contact\n1,MARY ANN LEE\n2,"Jo Reed, Jr."\n3,Cher\n4,"Lee, Ann"\n5,Bo Van Dyk\n6,Madonna\n'
    )
    assert (report.same, report.new) == (3, 3)
    assert door.accounts("first_name, last_name")[3:] == [("Ann", "Lee"), ("Bo", "Van Dyk"), (None, "Madonna")]


def test_days_since_the_upgrade(door: Door) -> None:
    door.take("Account ID,Initial Upgrade Date\n1,2026-01-10\n2,2026-01-10\n", dated=date(2026, 2, 1))
    door.take("Account ID,Days Since Upgrade\n1,23\n2,40\n3,10\n", dated=date(2026, 2, 1))
    assert door.column("initial_upgrade_on") == ["2026-01-10", "2025-12-23", "2026-01-22"]


def test_events(door: Door) -> None:
    door.take("Account ID,Status\n1,Open\n2,Open\n3,Open\n")
    text = "Account ID,Event,Date,Reason,Moved To\n1,Cancel,2026-01-10,14,\n1,Move-out,2026-01-12,,Other\n2,Gone,2026-01-10,,\n"
    report = door.take(text)
    assert (report.changed, report.same, report.passed_over) == (1, 1, 1)
    columns = "status, cancelled_on, moved_out_on, cancel_reason, moved_to"
    assert door.accounts(columns)[0] == ("C", "2026-01-10", "2026-01-12", "Poor Results", "Other")
    door.take("Account ID,Status\n1,Open\n")
    assert door.take(text).changed == 0


def test_stated_is_what_counts(door: Door) -> None:
    door.take("Account ID,NAB Status,Stated\n1,Pending,Eligible\n")
    assert door.column("nab_status") == ["Eligible"]


def test_words_of_statuses_that_a_person_explains(door: Door) -> None:
    text = "Account ID,Status\n1,Single Bill\n2,Open\n"
    assert dry_run(door.database, door.file(text)).unknown_words == {"Status": ["Single Bill"]}
    report = door.take(text, status_words={"Single Bill": "O"})
    assert (report.unknown_words, kinds(report)) == ({}, {"status_words": 1})
    assert door.accounts("status, status_word") == [("O", "Single Bill"), ("O", None)]
    door.take("Account ID,Status\n1,Trial\n2,SINGLE BILL\n")
    assert door.accounts("status, status_word") == [("T", None), ("O", "SINGLE BILL")]


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        (["Jo", "7"], ["Jo", "7"]),
        (["1,200", "7"], [1200, 7]),
        (["2026-03-04", "4 May 2026"], ["2026-03-04", "2026-05-04"]),
        (["007", "8"], ["007", "8"]),
    ],
)
def test_a_column_kept_as_a_field_of_ones_own(door: Door, values: list[str], stored: list[Any]) -> None:
    text = "Account ID,Account Manager\n" + "".join(f'{n},"{value}"\n' for n, value in enumerate(values))
    assert door.take(text, choices=Choices(kept=["Account Manager"])).unmatched_headings == []
    assert door.column("account_manager") == stored
    assert door.take(text).same == 2


# The file as a whole


def many(count: int, first: int = 1, **values: str) -> str:
    head = "Account ID,Username,Company,Plan Type,Last Login\n"
    company, plan, day = (
        values.get(key, default)
        for key, default in (("company", "Co {n}"), ("plan", "Plan {n}"), ("day", "2026-03-04"))
    )
    return head + "".join(f"{n},u{n},{company},{plan},{day}\n".format(n=n) for n in range(first, first + count))


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        (many(12), "fewer_rows", 18), (many(30, company="Other {n}"), "changed_column", 30), (many(30, company=""), "emptied_columns", 1),
        (many(30, plan="Core"), "single_value", 1), (many(30, first=11), "many_new", 10), (many(25), "not_in_file", 5),
        (many(30, day="2025-01-01"), "older_file", 1),
    ],
)  # fmt: skip
def test_a_file_that_looks_wrong_as_a_whole(door: Door, text: str, kind: str, count: int) -> None:
    door.take(many(30))
    report = dry_run(door.database, door.file(text))
    assert kinds(report)[kind] == count
    with pytest.raises(Refused, match="wrong as a whole"):
        door.take(text, strict=True)


def test_a_first_file_and_an_equal_one_look_right(door: Door) -> None:
    text = many(30, day=today().isoformat())
    assert not door.take(text, strict=True).suspicions
    assert not door.take(text, strict=True).suspicions


@pytest.mark.parametrize("above", ["", "All Accounts Summary\nas of today\n\n"])
def test_a_summary_is_compared_and_not_stored(door: Door, above: str) -> None:
    door.take("Account ID,Status,Account Type\n1,Open,Managed\n2,Open,Referred\n3,Trial,Managed\n")
    report = door.take(f"{above}Status,Managed,Referred,Total\nOpen,2,1,3\nTrial,1,0,1\nTotal,3,1,4\n", "s.csv")
    assert report.compared is not None
    assert [one.to_json() for one in report.compared] == [
        {"status": "Open", "managed": 2, "referred": 1, "here_managed": 1, "here_referred": 1},
        {"status": "Trial", "managed": 1, "referred": 0, "here_managed": 1, "here_referred": 0},
    ]
    assert len(door.column("account_id")) == 3


PARTNERS = "Account ID,Username,Company,Status,Account Type\n"
SUMMARY = "Status,Managed,Referred\nOpen,2,1\nTrial,0,0\n"


def test_a_summary_names_whom_the_last_complete_list_lacks(door: Door) -> None:
    door.take(PARTNERS + "1,ann,Acme,Open,Managed\n2,bob,Bolt,Open,Managed\n3,cat,Cube,Open,Referred\n")
    assert "No complete list was imported" not in said(door.take(SUMMARY, "s.csv"))
    door.take(PARTNERS + "4,dot,Dune,Open,Managed\n")
    assert "managed: the portal says 2, here are 3: 1 more; referred" in (words := said(door.take(SUMMARY, "s.csv")))
    assert "No complete list was imported that would tell which ones the portal lacks." in words
    door.take(
        PARTNERS + "1,ann,Acme,Open,Managed\n3,cat,Cube,Open,Referred\n4,dot,Dune,Open,Managed\n",
        "all.csv",
        complete="all",
    )
    assert "the portal says 2, here are 2: the same" in said(door.take(SUMMARY, "s.csv"))
    door.take(PARTNERS + "2,bob,Bolt,Open,Managed\n5,eve,Edge,Open,Managed\n6,fay,Foam,Trial,Referred\n")
    report = door.take(SUMMARY, "s.csv")
    assert (
        "Open, managed: the portal says 2, here are 4: 2 more; not in the last complete list (all.csv): 2 bob Bolt, 5 eve Edge"
        in said(report)
    )
    assert (
        "referred: the portal says 0, here are 1: 1 more; not in the last complete list (all.csv): 6 fay Foam"
        in said(report)
    )
    assert [(note.kind, note.count) for note in report.notes] == [
        ("not_in_complete_list", 2),
        ("not_in_complete_list", 1),
    ]


def test_a_surplus_that_a_complete_list_names_is_said_so(door: Door) -> None:
    door.take(PARTNERS + "1,ann,Acme,Open,Managed\n2,bob,Bolt,,Managed\n", "all.csv", complete="managed")
    words = said(door.take("Status,Managed,Referred\nOpen,0,0\nOther,0,0\n", "s.csv"))
    assert "here are 1: 1 more; the last complete list (all.csv) names all of them" in words
    assert "Other, managed: the portal says 0, here are 1: 1 more" in words


def said(report: ImportReport) -> str:
    """Return what the command line says of a file."""
    return "\n".join(report.lines(hint_words))


def test_a_clean_file_has_no_notes(door: Door) -> None:
    report = door.take(HEAD + ROW)
    assert (report.notes, adds_up(report)) == ([], True)
