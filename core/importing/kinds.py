"""What a file really is, by its first bytes and never by its name (fault A19)."""

from __future__ import annotations

import codecs
import mmap
import re
import zipfile
from typing import Literal

from core.errors import WorkFailed
from core.importing.files import SourceFile

FileKind = Literal["text", "web page", "workbook", "old workbook"]

_HEAD = 4096
_SAVE_AS = "Save the list as CSV or XLSX and import that."

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "compressed with gzip"),
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
    (b"MIME-Version:", "a web archive (MHTML)"),
)
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
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise WorkFailed(f"{source.name} is {what}, not a list of accounts.", _SAVE_AS)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(source)
    if head.startswith(_OLE):
        return _kind_of_ole(source)
    text = _as_text(head)
    if _PAGE.match(text):
        return "web page"
    if _XML.match(text):
        raise WorkFailed(f"{source.name} is an XML file, perhaps an XML spreadsheet, which is not read.", _SAVE_AS)
    return "text"


def _as_text(head: bytes) -> str:
    """Return the beginning of a file well enough to see tags."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind_of_zip(source: SourceFile) -> FileKind:
    """Tell a workbook from other zip files by what is in it."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise WorkFailed(
            f"{source.name} is damaged: a workbook or zip file that cannot be opened.", _SAVE_AS
        ) from error
    if "xl/workbook.xml" in names or any(name.lower() == "xl/workbook.xml" for name in names):
        return "workbook"
    what = "a zip archive"
    if "xl/workbook.bin" in names:
        what = "a binary workbook (XLSB)"
    elif "word/document.xml" in names:
        what = "a Word document"
    elif "ppt/presentation.xml" in names:
        what = "a presentation"
    elif "mimetype" in names:
        what = "an OpenDocument file"
    raise WorkFailed(f"{source.name} is {what}, not a list of accounts.", _SAVE_AS)


def _kind_of_ole(source: SourceFile) -> FileKind:
    """Tell an old workbook from an encrypted new one and from other files of that container."""
    with source.open() as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def holds(name: str) -> bool:
            return content.find(f"{name}\0".encode("utf-16-le")) >= 0

        if holds("Workbook") or holds("Book"):
            return "old workbook"
        if holds("EncryptedPackage"):
            raise WorkFailed(f"{source.name} is protected by a password.", "Take the password off and import it again.")
    raise WorkFailed(f"{source.name} is an old Office document, but no workbook.", _SAVE_AS)
