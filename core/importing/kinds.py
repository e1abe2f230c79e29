"""What a file really is, by its first bytes and never by its name (fault A19)."""

from __future__ import annotations

import codecs
import mmap
import re
import zipfile
import zlib
from typing import Literal

from core.errors import WorkFailed
from core.importing.files import SourceFile

FileKind = Literal["text", "web page", "workbook", "old workbook", "open document", "xml workbook"]

_HEAD = 4096
_SAVE_AS = "Save the list as CSV or XLSX and import that."

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\0", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"bplist00", "a property list, perhaps a web archive of Safari"),
    (b"BEGIN:VCARD", "a list of contacts (vCard)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"%!PS", "a PostScript document"),
    (b"\0\1\0\0Standard ", "an Access database"),
    (b"OBJ\1", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"!BDN", "an Outlook data file"),
)
_BEFORE_EXCEL_5 = {
    b"\x09\0\x04\0": "Excel 2",
    b"\x09\0\x06\0": "Excel 2",
    b"\x09\x02\x06\0": "Excel 3",
    b"\x09\x04\x06\0": "Excel 4",
}
_LOTUS = (b"\0\0\x02\0\x04\x04", b"\0\0\x02\0\x06\x04", b"\0\0\x1a\0", b"\0\0\x02\0\x20\x51", b"\0\0\x02\0\x21\x51")
_IN_A_SPREADSHEET = "Open it in a spreadsheet program, save it as XLSX or CSV and import that."
_SYLK = re.compile(r"ID;P[^\r\n]*[\r\n]+(?:[BCEFOPW];|NN;|NE;|NU;|E[\r\n])")
_DIF = re.compile(r"TABLE\s*[\r\n]+0,1[\r\n]", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\[|\]|\"))")
_SQL = re.compile(r"\s*(?:--[^\n]*\n\s*)*(?:INSERT\s+INTO|CREATE\s+TABLE)\b", re.IGNORECASE)
_MHTML = re.compile(
    r"\s*(?:From: <Saved by|MIME-Version:|Snapshot-Content-Location:)|"
    r"(?:[A-Z][\w-]*: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,20}?(?:MIME-Version:|Content-Type:\s*multipart/related)",
)
_XML_WORKBOOK = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet",
    re.DOTALL,
)
_FLAT_DOCUMENT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<office:document\b", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|div|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<\?xml\b")


def kind_of(source: SourceFile) -> FileKind:
    """Return what a file is, where it can be read.

    Raises:
        WorkFailed: it is empty, or something else that it says by name.
    """
    head = source.head(_HEAD)
    if source.size <= _HEAD and not head.strip(b"\xef\xbb\xbf\xff\xfe\0\r\n\t \x1a"):
        raise WorkFailed(f"{source.name} is empty: it has no rows.", "Export the list again.")
    _refuse_old_kinds(source, head)
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise WorkFailed(f"{source.name} is {what}, not a list of accounts.", _SAVE_AS)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(source)
    if head.startswith(_OLE):
        return _kind_of_ole(source)
    return _kind_of_text(source, _as_text(head))


def _kind_of_text(source: SourceFile, text: str) -> FileKind:
    """Tell pages, workbooks of XML and kinds that are not read from text in lines."""
    if _PAGE.match(text) or _MHTML.match(text):
        return "web page"
    if _XML_WORKBOOK.match(text):
        return "xml workbook"
    if _FLAT_DOCUMENT.match(text):
        return "open document"
    if _XML.match(text):
        raise WorkFailed(f"{source.name} is an XML file, but no workbook and no page.", _SAVE_AS)
    for form, what in ((_SYLK, "a SYLK file"), (_DIF, "a DIF file")):
        if form.match(text):
            raise WorkFailed(f"{source.name} is {what}, an old form of spreadsheets.", _IN_A_SPREADSHEET)
    if _JSON.match(text):
        raise WorkFailed(f"{source.name} is JSON, data for programs.", "Export the list as CSV or XLSX instead.")
    if _SQL.match(text):
        raise WorkFailed(f"{source.name} is a script for a database (SQL).", "Export the table as CSV instead.")
    return "text"


def _refuse_old_kinds(source: SourceFile, head: bytes) -> None:
    """Name workbooks that are older than Excel 5, and those of other programs of that time.

    Raises:
        WorkFailed: it is one.
    """
    if version := _BEFORE_EXCEL_5.get(head[:4]):
        raise WorkFailed(f"{source.name} is a workbook of {version}, which is too old to be read.", _IN_A_SPREADSHEET)
    if head.startswith(_LOTUS):
        raise WorkFailed(f"{source.name} is a Lotus 1-2-3 worksheet.", _IN_A_SPREADSHEET)
    is_dbase = len(head) > 32 and head[0] in (0x03, 0x30, 0x83, 0xF5) and 1 <= head[2] <= 12 and 1 <= head[3] <= 31
    if is_dbase and 0 in head[4:32]:
        raise WorkFailed(f"{source.name} is a dBase table.", _IN_A_SPREADSHEET)


def _as_text(head: bytes) -> str:
    """Return the beginning of a file well enough to see tags."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind_of_zip(source: SourceFile) -> FileKind:
    """Tell a workbook from other zip files by what is in it."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
            types = _read(archive, names.get("[content_types].xml"))
            mimetype = _read(archive, names.get("mimetype"))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError) as error:
        raise WorkFailed(
            f"{source.name} is damaged: a workbook or zip file that cannot be opened. It seems to be cut off.",
            "Download or export it again.",
        ) from error
    if "xl/workbook.xml" in names or "workbook.xml" in names or b"spreadsheetml.sheet.main" in types:
        return "workbook"
    if b"opendocument.spreadsheet" in mimetype and "content.xml" in names:
        return "open document"
    what, hint = _other_zip(names, types)
    raise WorkFailed(f"{source.name} is {what}, not a list of accounts.", hint)


def _read(archive: zipfile.ZipFile, name: str | None) -> bytes:
    """Return the beginning of a member; nothing where there is none."""
    if name is None:
        return b""
    with archive.open(name) as stream:
        return stream.read(1 << 20)


def _other_zip(names: dict[str, str], types: bytes) -> tuple[str, str]:
    """Return what a zip file is that is no workbook, and what to do."""
    if "xl/workbook.bin" in names or b"sheet.binary" in types:
        return "a binary workbook (XLSB)", _IN_A_SPREADSHEET
    if any(name.endswith(".iwa") for name in names) or "index.zip" in names:
        return "a Numbers document", "In Numbers export it to CSV or Excel, and import that."
    if "word/document.xml" in names:
        return "a Word document", _SAVE_AS
    if "ppt/presentation.xml" in names:
        return "a presentation", _SAVE_AS
    if "mimetype" in names:
        return "an OpenDocument file, but no spreadsheet", _SAVE_AS
    return "a zip archive", "Unpack it and import the list in it."


def _kind_of_ole(source: SourceFile) -> FileKind:
    """Tell an old workbook from an encrypted new one and from other files of that container."""
    with source.open() as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def holds(*names: str) -> bool:
            return any(content.find(f"{name}\0".encode("utf-16-le")) >= 0 for name in names)

        if holds("Workbook", "Book", "WORKBOOK", "BOOK", "workbook", "book"):
            return "old workbook"
        if holds("EncryptedPackage"):
            raise WorkFailed(f"{source.name} is protected by a password.", "Take the password off and import it again.")
        if holds("WordDocument"):
            raise WorkFailed(f"{source.name} is an old Word document, no workbook.", _SAVE_AS)
    raise WorkFailed(
        f"{source.name} is an old Office document, but no workbook, or one that was cut off.", "Export the list again."
    )
