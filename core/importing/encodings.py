"""How a file of text is written (faults A3 to A9, intake: Text and its encoding).

UTF-8 where it is that, line by line, and Windows-1252 where it is not; UTF-16 by its mark or its zeros. No detector
decides: they guess wrong on short lists. What is not certain is said, with a sample to look at and `--encoding`.
"""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import Step, WorkFailed, WrongUse
from core.importing.files import SourceFile
from core.importing.likely_encodings import likely_encodings
from core.importing.notes import Note, Tally

_HEAD = 1 << 20
_CHUNK = 1 << 16
"""Bytes that are looked at together: few enough that memory at hand holds their text, for a third of the time."""
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that stand for nothing in Windows-1252."""
_MOJIBAKE_UTF8 = re.compile(rb"\xc3\x83[\xc2\xc5\xc6\xcb\xe2]|\xc3\xa2\xe2\x82\xac")
_UNREAD = re.compile(rb"\xef\xbf\xbd")
"""'Ã' before another odd character, 'â€', and the sign for what could not be read, in UTF-8: text that a program
before us had misread."""
_SAMPLE = re.compile(rb"[^\r\n,;\t|\"]{0,30}[\x80-\xff][^\r\n,;\t|\"]{0,30}")
_ODD_LINES = 2_000
"""How many lines that are no UTF-8 are kept to be judged."""
_CUT = "the file ends in the middle of it"

MIXED = "partner-tui-mixed"
"""The error handler under which UTF-8 text may hold bytes of Windows-1252."""
LENIENT = "partner-tui-cut"
"""The error handler under which text may end within a character."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text."""

    codec: str
    """For Python."""
    name: str
    """For people."""
    notes: list[Note] = field(default_factory=list)
    errors: str = "strict"
    """For Python: what becomes of bytes that are no text."""
    cut: str = ""
    """Why the last row is no whole one: the file ends within a character."""
    signs: frozenset[bytes] | None = None
    """Which of `SIGNS` stand in the file; None where that was not looked for."""


SIGNS = (b'\\"', b'="', b', "', b'; "', b'\t "', b'| "')
"""What tells that a file may be delimited in another way; looked for on the way."""


def find_encoding(source: SourceFile, stated: str | None = None) -> Encoding:
    """Find out how a file is written, reading all of it once.

    Args:
        source: the file.
        stated: what a person says (`--encoding`): any name that Python knows.

    Raises:
        WorkFailed: it is not text, or in no encoding that is read.
        WrongUse: there is no encoding of that name.
    """
    head = source.head(_HEAD)
    if stated:
        return _stated(source, stated)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Encoding("utf-32", "UTF-32", errors=LENIENT)
    if utf16 := _utf16(head):
        cut = _CUT if source.size % 2 else ""
        return Encoding(utf16, "UTF-16", errors=LENIENT if cut else "strict", cut=cut)
    if _is_binary(head):
        raise WorkFailed(f"{source.name} is no text: it is full of NUL bytes (a binary file).", "Save it as CSV UTF-8.")
    return _Lines(source).encoding()


def _utf16(head: bytes) -> str:
    """Return the codec of UTF-16 text, told by its mark or by the zeros in its first characters; else ''."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first = head[:64]
    pairs = len(first) // 2
    if pairs >= 4 and first[1::2].count(0) * 5 >= pairs * 4 and not first[::2].count(0):
        return "utf-16-le"
    if pairs >= 4 and first[::2].count(0) * 5 >= pairs * 4 and not first[1::2].count(0):
        return "utf-16-be"
    return ""


def _is_binary(head: bytes) -> bool:
    """Return whether NULs are too many for a slip, or stand in the first line."""
    return head.count(0) * 20 > len(head) or b"\0" in head.lstrip(b"\r\n").split(b"\n", 1)[0].strip(b"\0")


def checked_encoding(name: str) -> str:
    """Return Python's name of an encoding of text.

    Raises:
        WrongUse: it knows none of that name.
    """
    try:
        found = codecs.lookup(name.strip())
        "a".encode(found.name)
    except (LookupError, ValueError, TypeError):
        near = difflib.get_close_matches(name.lower(), _COMMON, n=1, cutoff=0.5)
        raise WrongUse(
            f"There is no encoding '{name}'.",
            f"Did you mean {near[0]}?" if near else f"Common ones are {', '.join(_COMMON)}.",
        ) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252 (Western)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Russian)",
    "cp1253": "Windows-1253 (Greek)",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift-JIS (Japanese)",
    "gb18030": "GB18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
}
"""Encodings that are offered: Python's name, and for people."""
_COMMON = tuple(ENCODINGS)


def _stated(source: SourceFile, stated: str) -> Encoding:
    """Return an encoding that a person named, if the whole file is written so but for an end that was cut off."""
    codec = checked_encoding(stated)
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    cut = ""
    for chunk in _chunks(source):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line += chunk[: error.start].count(b"\n")
            raise WorkFailed(f"{source.name}: line {line:,} is not {stated} text.", Step.OTHER_ENCODING()) from error
        line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        cut = _CUT
    name = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(codec, stated)
    return Encoding(codec, name, errors=LENIENT if cut else "strict", cut=cut)


class _Lines:
    """The lines of a file of one byte or more a character, told apart by how they are written."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._utf8 = self._others = 0
        self._tally = Tally()
        self._odd: list[bytes] = []
        """Lines that are no UTF-8, the first ones."""
        self._damaged = self._cut = b""
        self._signs: set[bytes] = set()
        line = 1
        for chunk in _chunks(source):
            self._look(chunk, line)
            line += chunk.count(b"\n")

    def _look(self, chunk: bytes, line: int) -> None:
        if line == 1:
            self._signs |= {sign for sign in SIGNS if sign in chunk}
        elif b'\\"' in chunk:  # the others stand everywhere or nowhere, this one where a value has a quote
            self._signs.add(b'\\"')
        self._cut = b""
        if chunk.isascii():
            return
        try:
            chunk.decode()
        except UnicodeDecodeError:
            for number, one in enumerate(chunk.splitlines(keepends=True), line):
                if not one.isascii():
                    self._look_at_line(one, number)
        else:
            self._utf8 += 1
            if not self._damaged and (match := _MOJIBAKE_UTF8.search(chunk) or _UNREAD.search(chunk)):
                self._damaged = _sample_around(chunk, match)

    def _look_at_line(self, line: bytes, number: int) -> None:
        self._cut = b""
        try:
            line.decode()
            self._utf8 += 1
        except UnicodeDecodeError as error:
            self._others += 1
            self._tally.add([number])
            if len(self._odd) < _ODD_LINES:
                self._odd.append(line)
            if error.reason == "unexpected end of data" and error.end == len(line):
                self._cut = line[: error.start] or b"\n"

    def encoding(self) -> Encoding:
        """Return how the file is written.

        Raises:
            WorkFailed: it is no text in an encoding that is read.
        """
        signs = frozenset(self._signs)
        if self._cut and self._others == 1 and (self._utf8 or not self._cut.isascii()):
            return Encoding("utf-8-sig", "UTF-8", self._damage_notes(), LENIENT, _CUT, signs)
        if not self._others:
            return Encoding("utf-8-sig", "UTF-8", self._damage_notes(), signs=signs)
        if self._utf8:
            return Encoding("utf-8-sig", "UTF-8 and Windows-1252", [self._mixed_note()], MIXED, signs=signs)
        likely = likely_encodings(b"".join(self._odd))
        bad = next((line for line in self._odd if _NOT_WINDOWS.search(line)), None)
        if bad is not None:
            what = f"{self._source.name} is neither UTF-8 nor Windows-1252 text: see line {self._tally.rows[0]:,}."
            if likely:
                raise WorkFailed(
                    what, f"It may be {' or '.join(likely)}.", Step.READS_ENCODING(encodings=" or ".join(likely))
                )
            raise WorkFailed(what, Step.SAY_ENCODING())
        return Encoding("cp1252", "Windows-1252", [self._windows_note(likely)], signs=signs)

    def _windows_note(self, likely: list[str]) -> Note:
        """Return what was assumed, with the first piece of text that shows whether it is right."""
        sample = _SAMPLE.search(self._odd[0])
        piece = sample[0].strip() if sample else self._odd[0].strip()
        text = f"The file was read as Windows-1252: check that '{piece.decode('cp1252', 'replace')}' looks right."
        if likely:
            named = " or ".join(likely)
            text += f" It looks like {named}, in which it reads '{piece.decode(likely[0], 'replace')}'."
            step = Step.READS_ENCODING(encodings=named)
            return Note("likely_encoding", text, self._others, tuple(self._tally.rows), step)
        return Note("encoding", text, self._others, tuple(self._tally.rows), Step.READS_OTHERWISE())

    def _mixed_note(self) -> Note:
        sample = _SAMPLE.search(self._odd[0])
        piece = (sample[0] if sample else self._odd[0]).strip().decode("utf-8", MIXED)
        lines = "1 line is" if self._others == 1 else f"{self._others:,} lines are"
        text = (
            f"{lines} not UTF-8 as the others, first line {self._tally.rows[0]:,}: read as Windows-1252, "
            f"such as '{piece}'."
        )
        return Note("mixed_encodings", text, self._others, tuple(self._tally.rows), Step.READS_ONE_WAY())

    def _damage_notes(self) -> list[Note]:
        """Return a warning where text looks as if a program before us had misread it."""
        if not self._damaged:
            return []
        sample = self._damaged.decode("utf-8", "ignore").strip()
        text = f"Some text looks damaged by a program before this one, such as '{sample}'. It is kept as it is."
        return [Note("damaged_text", text, 1)]


def _sample_around(chunk: bytes, match: re.Match[bytes]) -> bytes:
    piece = _SAMPLE.search(chunk, max(0, match.start() - 30))
    return (piece or match)[0]


def _chunks(source: SourceFile) -> Iterator[bytes]:
    """Yield a file's bytes in pieces that end with a line where they can, and never within a character of UTF-8."""
    with source.open() as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            chunk = rest + chunk + stream.readline(_CHUNK)
            rest = b""
            if not chunk.endswith((b"\n", b"\r")) and (end := _last_ascii(chunk)):
                chunk, rest = chunk[:end], chunk[end:]
            yield chunk
        if rest:
            yield rest


def _last_ascii(chunk: bytes) -> int:
    """Return the place behind the last ASCII byte, if it is near the end; else 0."""
    return next((at for at in range(len(chunk), max(0, len(chunk) - 64), -1) if chunk[at - 1] < 0x80), 0)


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252; one that is nothing there either rejects its row later."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return "".join(_windows(byte) for byte in piece), error.end


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(0xDC00 + byte)


def _end(error: UnicodeError) -> tuple[str, int]:
    """Leave out a character that the end of the file cuts; anything else is no text."""
    if isinstance(error, UnicodeDecodeError) and error.end >= len(error.object):
        return "", error.end
    raise error


codecs.register_error(MIXED, _mixed)
codecs.register_error(LENIENT, _end)
