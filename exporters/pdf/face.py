"""A TrueType font in a document: only the glyphs that are used go into the file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

from exporters.pdf.document import Document

_MOST_CODES = 30_000
"""Characters of one font in one document: what a subset can hold, and below the surrogates of UTF-16."""

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{entries}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class _Codes(dict[int, int]):
    """The code that stands for each character (its code point) in the document, given when it is first met."""

    def __missing__(self, point: int) -> int:
        code = self[point] = len(self)
        return code


class _Advances(dict[str, float]):
    """The width of each character at size 1, looked up when it is first met: most of a document's time is this."""

    def __init__(self, font: TTFontFile) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        width = self[char] = float(self._font.charWidths.get(ord(char), self._font.defaultWidth)) / 1000
        return width


class Face:
    """One font. Characters are drawn as two-byte codes in the order in which they first came."""

    def __init__(self, path: Path, tag: str) -> None:
        """Read the font at `path`; `tag` is its name in pages ("F1").

        Raises:
            reportlab.pdfbase.ttfonts.TTFError: It is no font with TrueType outlines.
            OSError: It can't be read.
        """
        self.tag = tag
        self._font = TTFontFile(BytesIO(path.read_bytes()))
        self._glyphs: dict[int, int] = self._font.charToGlyph
        self._codes = _Codes({0: 0})
        self._advance = _Advances(self._font).__getitem__

    @property
    def is_used(self) -> bool:
        """Whether anything was drawn with it."""
        return len(self._codes) > 1

    def has(self, char: str) -> bool:
        """Return whether the font draws a character."""
        return ord(char) in self._glyphs and (len(self._codes) < _MOST_CODES or ord(char) in self._codes)

    def width(self, text: str) -> float:
        """Return the width of characters side by side at size 1."""
        return sum(map(self._advance, text))

    def encode(self, text: str) -> str:
        """Return characters that the font has as a string of the page's operators."""
        return f"<{text.translate(self._codes).encode('utf-16-be').hex()}>"

    def embed(self, document: Document) -> int:
        """Write the font with the glyphs used until now, and return its object number."""
        font, points = self._font, list(self._codes)
        name = f"{_subset_tag(points)}+{font.name.decode('ascii', 'replace')}"
        subset = font.makeSubset(points)
        program = document.write_stream(subset, f"/Length1 {len(subset)}")
        descriptor = document.write(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{_numbers(font.bbox)}]"
            f" /ItalicAngle {font.italicAngle:g} /Ascent {font.ascent:g} /Descent {font.descent:g}"
            f" /CapHeight {font.capHeight:g} /StemV {font.stemV:g} /FontFile2 {program} 0 R >>"
        )
        glyphs = document.write_stream(b"".join(glyph.to_bytes(2) for glyph in self._subset_glyphs(points)))
        widths = _numbers(round(self._advance(chr(point)) * 1000, 1) for point in points)
        descendant = document.write(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /DW 1000 /W [0 [{widths}]] /CIDToGIDMap {glyphs} 0 R >>"
        )
        meaning = document.write_stream(to_unicode(list(map(chr, points))))
        return document.write(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>"
        )

    def _subset_glyphs(self, points: Sequence[int]) -> Iterator[int]:
        """Yield each character's glyph in the subset: it numbers glyphs as they first come, shared ones once."""
        numbers = {0: 0}
        for point in points:
            yield numbers.setdefault(self._glyphs.get(point, 0), len(numbers))


def to_unicode(meanings: Sequence[str]) -> bytes:
    """Return the table that says what each code means when text is copied; codes that mean nothing are left out."""
    pairs = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in enumerate(meanings) if text]
    entries = []
    for start in range(0, len(pairs), 100):  # at most 100 at a time, as the format wants
        part = pairs[start : start + 100]
        entries += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return _CMAP.format(entries="\n".join(entries)).encode("ascii")


def _subset_tag(points: Sequence[int]) -> str:
    """Return the six capitals that mark a subset, from its characters."""
    mark = zlib.crc32(repr(points).encode("ascii"))
    return "".join(chr(ord("A") + mark // 26**place % 26) for place in range(6))


def _numbers(values: Iterator[float] | Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)
