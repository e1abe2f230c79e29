"""Whatever the bytes are: a table or a fault, never another exception."""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Fault
from core.importing.headings import match_headings
from core.importing.opening import open_table
from core.importing.parsing import RowParser

CSV = 'sep=;\nAccount ID;Company;Last Login;List Size\n1;"Zoë;\n""x""";03/04/2026;1,234\n2;\'=1;13.4.26;n/a\n'


def read_all(content: bytes) -> None:
    """Read content as far as it goes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "accounts"
        path.write_bytes(content)
        with suppress(Fault), open_table(path) as table:
            for _ in RowParser(table, match_headings(table.headings)).blocks():
                pass


@given(
    st.sampled_from([CSV.encode(), CSV.encode("utf-16"), CSV.encode("cp1252")]),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=3)), max_size=5),
)
def test_mutated_text(content: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, piece in changes:
        content = content[:place] + piece + content[place + 1 :]
    read_all(content)


@given(st.text(alphabet="ab1,;\t\"\n\r'=\x1a\0é", max_size=60))
def test_any_text_below_headings(text: str) -> None:
    read_all(f"id,company\n{text}".encode())


@pytest.mark.parametrize("seed", range(12))
def test_mutated_workbooks(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["id", "company"], *[[n, f"name {n}"] for n in range(30)]]:
        sheet.append(row)
    book.save(tmp_path / "accounts.xlsx")
    content = bytearray((tmp_path / "accounts.xlsx").read_bytes())
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 3 == 0:
        del content[chance.randrange(len(content)) :]
    read_all(bytes(content))
