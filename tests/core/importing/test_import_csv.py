"""Files of text: encodings, delimiters, quotes, line ends, and faults of the file itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import Step, WorkFailed, WrongUse
from core.importing.opening import open_table
from core.importing.table import Table

Open = Callable[..., Table]
Rows = Callable[..., list[list[Any]]]
TEXT = "Account ID,Company\n1,Zoë’s “Café”\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_encodings(opened: Open, codec: str, name: str) -> None:
    table = opened(TEXT.encode(codec))
    assert table.kind == f"CSV, comma, {name}"
    assert (table.headings, list(table.rows())) == (["Account ID", "Company"], [(2, ["1", "Zoë’s “Café”"])])


def test_utf16_of_the_other_endian(opened: Open) -> None:
    assert opened(b"\xfe\xff" + TEXT.replace(",", "\t").encode("utf-16-be")).kind == "CSV, tab, UTF-16"


def test_a_guessed_encoding_shows_a_sample(opened: Open) -> None:
    (note,) = opened(TEXT.encode("cp1252")).notes
    assert note.text.startswith("The file was read as Windows-1252: check that 'Zoë’s “Café”' looks right.")
    assert note.hint == Step.READS_OTHERWISE()


@pytest.mark.parametrize("text", ["id,Company\n1,ZoÃ« Ltd\n", "id,Company\n1,Itâ€™s\n"])
def test_text_that_was_damaged_before_is_pointed_out(opened: Open, text: str) -> None:
    assert "damaged by a program before" in opened(text).notes[-1].text


def test_one_odd_byte_among_utf8_damages_nothing_and_is_pointed_out(opened: Open) -> None:
    table = opened("id,Company\n1,Zoë\n".encode() + b"2,Caf\xe9\n")
    assert [row[1] for _, row in table.rows()] == ["Zoë", "Café"]
    (note,) = table.notes
    assert (note.kind, note.count, note.rows) == ("mixed_encodings", 1, (3,))


def test_portuguese_is_not_damaged(opened: Open) -> None:
    assert opened("id,Company\n1,SÃO PAULO, não\n").notes == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_headings(rows_of: Rows, delimiter: str) -> None:
    text = f"Account ID{delimiter}Company; or: name, if | known\n1{delimiter}x\n"
    quoted = text.replace("Company; or: name, if | known", '"Company; or: name, if | known"')
    assert rows_of(quoted) == [["1", "x"]]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n"])
def test_a_first_line_names_the_delimiter(opened: Open, line: str) -> None:
    table = opened(f"{line}id;company,name\n1;x,y\n")
    assert (table.headings, table.heading_row, list(table.rows())) == (["id", "company,name"], 1, [(2, ["1", "x,y"])])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_old_end_mark(opened: Open, end: str) -> None:
    lines = ["id,company", "1,x", "", ",,,", "2,y", "\x1a"]
    assert list(opened(end.join(lines)).rows()) == [(2, ["1", "x"]), (5, ["2", "y"])]
    assert list(opened(end.join(lines[:2]) + "\x1a").rows()) == [(2, ["1", "x"])]


def test_mixed_line_ends_and_lines_inside_cells(opened: Open) -> None:
    text = 'id,company\r\n1,"a\r\nb\n""c"""\n2,x\r3,y'
    assert list(opened(text).rows()) == [(2, ["1", 'a\r\nb\n"c"']), (3, ["2", "x"]), (4, ["3", "y"])]


def test_rows_are_never_shifted(rows_of: Rows) -> None:
    assert rows_of("id,company,\n1,x,\n2,y\n3,z,,\n") == [["1", "x", ""], ["2", "y"], ["3", "z", "", ""]]


def test_title_rows_and_numbers_as_a_spreadsheet_shows_them(opened: Open) -> None:
    table = opened('Managed accounts\n"as of\ntoday",x\n\nCompany,Username\n\nx,jane\n')
    assert (table.heading_row, table.headings) == (4, ["Company", "Username"])
    assert list(table.rows()) == [(6, ["x", "jane"])]


def test_rows_can_be_read_again_and_side_by_side(opened: Open) -> None:
    table = opened("id\n" + "".join(f"{n}\n" for n in range(5_000)))
    first, second = table.rows(), table.rows()
    assert next(first) == next(second) == (2, ["0"])
    assert sum(1 for _ in first) == sum(1 for _ in second) == 4_999


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \n", b"id,company\n", b"id,company\n,\n\n", b"\x1a"])
def test_files_without_rows(opened: Open, content: bytes) -> None:
    with pytest.raises(WorkFailed, match="no rows"):
        opened(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n0", "PNG"), (b"\x1f\x8b\x08", "seems to be cut off"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\1\2" + bytes(99), "NUL"), (b"id,company\n1,\x81\xff\n", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfei\0d\0\n\0\x00\xd8\n\0", "not all of it is UTF-16"), (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"PK\x03\x04 no zip", "damaged"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no more", "no workbook"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_called_by_its_name(opened: Open, content: bytes, what: str) -> None:
    with pytest.raises(WorkFailed, match=what):
        opened(content)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,company\n1,x\n2,"y\n3,z\n', 3),
        ('id,company\n1,"a\nb"\n2,"x\n3,"y"\n', 4),
        ('sep=,\nid,company\n1,"x"y\n', 3),
        ('id,company\n1,"' + "x\n" * 600_000 + '"\n', 2),
    ],
)
def test_the_line_of_a_quote_that_is_not_closed(opened: Open, text: str, line: int) -> None:
    with pytest.raises(WorkFailed, match=f"the quote that opens a cell in line {line} "):
        list(opened(text).rows())


def test_cells_and_lines_without_end(opened: Open) -> None:
    with pytest.raises(WorkFailed, match="line 2 has a cell of over 1,000,000 characters"):
        opened("id,company\n1," + "x" * 1_000_001 + "\n")
    with pytest.raises(WorkFailed, match="line 2 has over 8,000,000 characters"):
        opened("id,company\n" + "x," * 4_100_000 + "\n")


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, what in [
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "is empty"),
        (Path(os.devnull), "a device"),
        (tmp_path / "none.csv", "No such file"),
        (tmp_path / "a\0b", "not a file name"),
    ]:
        with pytest.raises(WorkFailed, match=what):
            open_table(path)


def test_a_file_that_changes_while_it_is_read(opened: Open, tmp_path: Path) -> None:
    rows = opened("id\n" + "".join(f"{n}\n" for n in range(5_000))).rows()
    next(rows)
    os.truncate(tmp_path / "accounts.csv", 20_000)
    with pytest.raises(WorkFailed, match="changed while it was being read"):
        list(rows)


def test_a_text_file_has_no_sheets(opened: Open) -> None:
    with pytest.raises(WrongUse, match="no sheets"):
        opened("id\n1\n", sheet="Data")


IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
from core.errors import WorkFailed
from core.importing.opening import open_table
try:
    with open_table(Path(sys.argv[1])) as table:
        print(sum(len(block.rows) for block in table.blocks()))
except WorkFailed as fault:
    print(fault.message)
"""


@pytest.mark.parametrize(
    ("line", "times", "words"),
    [
        ("1,x\n" * 1000, 1_000, "1000000"),
        ("x" * 1_000_000, 300, "line 2 has"),
        ('2,"' + "x\n" * 500_000, 300, "line 2 "),
    ],
)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, line: str, times: int, words: str) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as stream:
        stream.write("id,company\n")
        stream.writelines(line for _ in range(times))
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    path.unlink()
    assert words in done.stdout


def test_blank_lines_are_no_rows_however_far_down(rows_of: Rows) -> None:
    lines = ["Account ID,Company", *(f"{n},x" for n in range(5_000)), "   ", " , ", "last,x"]
    assert rows_of("\n".join(lines).encode())[-1] == ["last", "x"]
    assert len(rows_of("\n".join(lines).encode())) == 5_001


def test_cells_of_a_web_page_hold_for_all_that_they_span(rows_of: Rows) -> None:
    page = (
        "<table><tr><th>Account ID<th>Company<th>Canceled On</tr>"
        "<tr><td>1<td>A<td>2026-01-02</tr><tr><td>2<td>B</tr><tr><td colspan=3>Total 2</tr></table>"
    )
    assert rows_of(page.encode()) == [["1", "A", "2026-01-02"], ["2", "B", ""], ["Total 2", "Total 2", "Total 2"]]
