"""How a file of text is written: UTF-8 if all of it is, UTF-16 by its mark, else Windows-1252 (faults A3 to A9).

No detector is asked: they guess wrong on short lists. What is not certain is said, with a sample to look at.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import WorkFailed
from core.importing.files import SourceFile

_HEAD = 1 << 20
_CHUNK = 1 << 16
"""Bytes that are looked at together: few enough that memory at hand holds their text, for a third of the time."""
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that stand for nothing in Windows-1252."""
_MOJIBAKE_UTF8 = re.compile(rb"\xc3\x83[\xc2\xc5\xc6\xcb\xe2]|\xc3\xa2\xe2\x82\xac")
"""'Ã' before another odd character, and 'â€', in UTF-8: text that was UTF-8 once and was read as Windows-1252."""
_MOJIBAKE_WINDOWS = re.compile(rb"[\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_SAMPLE = re.compile(rb"[^\r\n,;\t|\"]{0,30}[\x80-\xff][^\r\n,;\t|\"]{0,30}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text."""

    codec: str
    """For Python."""
    name: str
    """For people."""
    notes: list[str] = field(default_factory=list)


def find_encoding(source: SourceFile) -> Encoding:
    """Find out how a file is written, reading all of it once.

    Raises:
        WorkFailed: it is not text, or in no encoding that is read.
    """
    head = source.head(_HEAD)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise WorkFailed(f"{source.name} is UTF-32 text, which is not read.", "Save it as CSV UTF-8.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "UTF-16")
    if _is_binary(head):
        raise WorkFailed(
            f"{source.name} is no text: it is full of NUL bytes (a binary file, or UTF-16 without its mark).",
            "Save it as CSV UTF-8.",
        )
    if _is_utf8(source):
        return Encoding("utf-8-sig", "UTF-8", _mojibake_notes(source, _MOJIBAKE_UTF8, "utf-8"))
    if any(_NOT_WINDOWS.search(chunk) for chunk in _chunks(source)):
        raise WorkFailed(f"{source.name} is neither UTF-8 nor Windows-1252 text.", "Save it as CSV UTF-8.")
    notes = _mojibake_notes(source, _MOJIBAKE_WINDOWS, "cp1252")
    return Encoding("cp1252", "Windows-1252", [_windows_note(source), *notes])


def _is_binary(head: bytes) -> bool:
    """Return whether NULs are too many for a slip, or stand in the first line."""
    return head.count(0) * 20 > len(head) or b"\0" in head.lstrip(b"\r\n").split(b"\n", 1)[0]


def _is_utf8(source: SourceFile) -> bool:
    """Return whether all of a file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(source: SourceFile) -> Iterator[bytes]:
    """Yield a file's bytes in pieces that end with a line where they can."""
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk + stream.readline(_CHUNK)


def _windows_note(source: SourceFile) -> str:
    """Return what was assumed, with the first piece of text that shows whether it is right."""
    for chunk in _chunks(source):
        if match := _SAMPLE.search(chunk):
            sample = match[0].decode("cp1252").strip()
            return f"The file was read as Windows-1252: check that '{sample}' looks right."
    return "The file was read as Windows-1252."


def _mojibake_notes(source: SourceFile, pattern: re.Pattern[bytes], codec: str) -> list[str]:
    """Return a warning where text looks as if a program before us had misread it."""
    for chunk in _chunks(source):
        if not chunk.isascii() and (match := pattern.search(chunk)):
            piece = _SAMPLE.search(chunk, max(0, match.start() - 30))
            sample = (piece or match)[0].decode(codec, "replace").strip("\ufffd ")
            return [f"Some text looks damaged by a program before this one, such as '{sample}'. It is kept as it is."]
    return []
