"""Files in which bytes were changed, cut or doubled: read or refused in words, within bounds (promises P4 and P6)."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest

from tests.effort import Effort
from tests.hostile.program import called

pytestmark = [pytest.mark.sweep, pytest.mark.promise("P4", "P6")]
HEADINGS = ["Account ID", "Company", "Status", "Account Type", "Created", "List Size"]
ROWS = [[f"m{n}", f"Compañía {n}", "Open", "Managed", "2026-03-04", n * 100] for n in range(40)]
EACH = 6
MEMORY = 900_000
"""Kilobytes that no process that reads comes to: its bound is 512 MB beside Python itself."""


def _csv() -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *ROWS]).encode()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEADINGS, *ROWS])
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()


def _xml_workbook() -> bytes:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in [HEADINGS, *ROWS]
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    names = f'xmlns="{space}" xmlns:ss="{space}"'
    head = f'<?xml version="1.0"?><Workbook {names}><Worksheet ss:Name="A"><Table>'
    return f"{head}{rows}</Table></Worksheet></Workbook>".encode()


def _ods() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in [HEADINGS, *ROWS]
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("list.csv", _csv())
    return out.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "html": _html,
    "xml": _xml_workbook,
    "ods": _ods,
    "zip": _zip,
}


def mutated(content: bytes, chance: Random) -> bytes:
    """Return content with some bytes changed, cut out, doubled or put elsewhere."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(max(len(data), 1))
        length = chance.choice((1, 2, 16, 200))
        kind = chance.random()
        if kind < 0.5:
            data[at : at + length] = chance.randbytes(min(length, 4))
        elif kind < 0.7:
            del data[at : at + length]
        elif kind < 0.85:
            data[at:at] = data[at : at + length] * chance.choice((1, 50))
        else:
            data[at:at] = chance.choice((b"\0", b"\xff\xfe", b'"', b"<", b"99999999", b"\r", b"\xed\xa0\x80", b"]]>"))
    return bytes(data)


def inside(package: bytes, chance: Random) -> bytes:
    """Return a zip file in which one member was mutated, so that more than its frame is tried."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), chance) if name == victim else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_no_mutated_file_does_harm(kind: str, tmp_path: Path, effort: Effort) -> None:
    content = KINDS[kind]()
    database, file = tmp_path / "a.db", tmp_path / f"list.{kind}"
    file.write_bytes(content)
    done = called(database, "import", str(file))
    assert done.code == 0, done
    for number in effort.rounds(EACH, f"mutated files: {kind}"):
        is_packed = content[:2] == b"PK" and number % 2
        changed = inside(content, effort.chance) if is_packed else mutated(content, effort.chance)
        file.write_bytes(changed)
        done = called(database, "import", str(file), *(() if number % 3 else ("--dry-run",)))
        kept = tmp_path / f"kept-{number}.{kind}"
        kept.write_bytes(changed)
        assert done.code in (0, 1), (kept, done)
        assert "Traceback" not in done.err, (kept, done)
        kept.unlink()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MEMORY
