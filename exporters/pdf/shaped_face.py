"""Any font of the computer in a document: text is shaped by HarfBuzz, and the glyphs that are used go into the file.

Letters of Arabic join, marks of Thai and Devanagari stand where they belong, emoji of several characters become one.
Whatever kind of outlines a font has (TrueType, PostScript, variable), its glyphs are embedded as TrueType outlines of
the regular weight, so that one way of embedding serves all.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from exporters.pdf.document import Document
from exporters.pdf.face import to_unicode

_REGULAR = {"wght": 400.0, "wdth": 100.0}
"""What variable fonts are set to; some are thin otherwise."""
_OUTLINES = {"glyf", "CFF ", "CFF2"}
_MOST_CODES = 65_000
_FIRST_MOMENT = 2_082_844_800
"""1970 in the seconds since 1904 that fonts count: equal input gives equal bytes."""
_TOLERANCE = 0.001
"""How far a curve may be from the font's own, in ems."""


class UnusableFont(Exception):
    """A file that is no font, or one of pictures alone."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped run; measures are at size 1."""

    code: int
    width: float
    """What drawing it moves on by itself."""
    advance: float
    """How far the next glyph stands from it."""
    shift: float
    lift: float
    """How far right and up of its place it is drawn."""


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """Characters of one font and direction as glyphs, from left to right."""

    tag: str
    """The font's name in pages."""
    glyphs: tuple[Glyph, ...]
    said: str = ""
    """What is copied, where the glyphs' own meanings in their order do not say it."""

    @property
    def width(self) -> float:
        """The width at size 1."""
        return sum(glyph.advance for glyph in self.glyphs)

    def operators(self, size: float) -> str:
        """Return what selects the font at a size and draws: `TJ` moves by thousandths of the size, `Ts` lifts marks."""
        parts: list[str] = []
        line: list[str] = []
        lift = 0.0
        for glyph in self.glyphs:
            if glyph.lift != lift:
                parts += [f"[{''.join(line)}] TJ"] * bool(line) + [f"{glyph.lift * size:g} Ts"]
                line, lift = [], glyph.lift
            if glyph.shift:
                line.append(f"{-glyph.shift * 1000:g} ")
            line.append(f"<{glyph.code:04x}>")
            if behind := round((glyph.width + glyph.shift - glyph.advance) * 1000, 2):
                line.append(f"{behind:g} ")
        parts += [f"[{''.join(line)}] TJ"] * bool(line) + ["0 Ts"] * bool(lift)
        drawn = " ".join(parts)
        if self.said:
            drawn = f"/Span << /ActualText <feff{self.said.encode('utf-16-be', 'replace').hex()}> >> BDC {drawn} EMC"
        return f"/{self.tag} {size:g} Tf {drawn}"


class ShapedFace:
    """One font. Glyphs are drawn as two-byte codes in the order in which they first came."""

    def __init__(self, path: Path, tag: str) -> None:
        """Open the font at `path`, of a collection the first; `tag` is its name in pages ("F5").

        Raises:
            UnusableFont: it is no font, or has no outlines.
            OSError: it cannot be read.
        """
        import uharfbuzz as hb

        self.tag = tag
        self._name = path.stem
        try:
            self._face: Any = hb.Face(hb.Blob.from_file_path(str(path)), 0)
            self._font: Any = hb.Font(self._face)
        except hb.HarfBuzzError as error:
            raise UnusableFont(path.name) from error
        if not _OUTLINES & set(self._face.table_tags) or not self._face.glyph_count:
            raise UnusableFont(path.name)
        self._font.set_variations(_REGULAR)
        self._em: int = self._face.upem
        self._codes: dict[int, int] = {0: 0}
        self._meanings: dict[int, str] = {}

    @property
    def is_used(self) -> bool:
        """Whether anything was drawn with it."""
        return len(self._codes) > 1

    def has(self, char: str) -> bool:
        """Return whether the font draws a character."""
        return self._font.get_nominal_glyph(ord(char)) is not None and len(self._codes) < _MOST_CODES

    def shape(self, text: str, *, is_rtl: bool) -> ShapedRun:
        """Return a run of characters as glyphs."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if is_rtl else "ltr"
        hb.shape(self._font, buffer)
        infos = buffer.glyph_infos
        glyphs = []
        for info, place in zip(infos, buffer.glyph_positions, strict=True):
            code = self._codes.setdefault(info.codepoint, len(self._codes))
            width = self._font.get_glyph_h_advance(info.codepoint) / self._em
            moves = (place.x_advance, place.x_offset, place.y_offset)
            glyphs.append(Glyph(code, width, *(move / self._em for move in moves)))
        meanings = _meanings([info.cluster for info in infos], text)
        known = [self._meanings.setdefault(glyph.code, said) for glyph, said in zip(glyphs, meanings, strict=True)]
        # What readers copy from right to left they turn round themselves: there each glyph speaks for itself.
        is_said = is_rtl or "".join(known) == text
        return ShapedRun(self.tag, tuple(glyphs), "" if is_said else text)

    def embed(self, document: Document) -> int:
        """Write the font with the glyphs used until now, and return its object number."""
        program = self._program()
        mark = zlib.crc32(program)
        capitals = "".join(chr(ord("A") + mark // 26**place % 26) for place in range(6))
        name = f"{capitals}+{''.join(char for char in self._name if char.isascii() and char.isalnum()) or 'Font'}"
        stream = document.write_stream(program, f"/Length1 {len(program)}")
        extents = self._font.get_font_extents("ltr")
        ascent, descent = (round(value * 1000 / self._em) for value in (extents.ascender, extents.descender))
        descriptor = document.write(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 {descent} 2000 {ascent}]"
            f" /ItalicAngle 0 /Ascent {ascent} /Descent {descent}"
            f" /CapHeight {ascent} /StemV 80 /FontFile2 {stream} 0 R >>"
        )
        widths = " ".join(f"{self._font.get_glyph_h_advance(glyph) * 1000 / self._em:g}" for glyph in self._codes)
        descendant = document.write(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /DW 1000 /W [0 [{widths}]] /CIDToGIDMap /Identity >>"
        )
        meaning = document.write_stream(to_unicode([self._meanings.get(code, "") for code in range(len(self._codes))]))
        return document.write(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>"
        )

    def _program(self) -> bytes:
        """Return a TrueType font of the glyphs used, in the order of their codes."""
        from fontTools.fontBuilder import FontBuilder
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        names = [".notdef", *(f"g{code}" for code in range(1, len(self._codes)))]
        glyphs, metrics = {}, {}
        for name, glyph in zip(names, self._codes, strict=True):
            pen = TTGlyphPen(None)
            self._font.draw_glyph_with_pen(glyph, Cu2QuPen(pen, self._em * _TOLERANCE, reverse_direction=False))
            drawn = glyphs[name] = pen.glyph()
            drawn.recalcBounds(glyphs)
            metrics[name] = (max(0, self._font.get_glyph_h_advance(glyph)), getattr(drawn, "xMin", 0))
        builder = FontBuilder(self._em, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({})
        builder.setupGlyf(glyphs)
        builder.setupHorizontalMetrics(metrics)
        extents = self._font.get_font_extents("ltr")
        builder.setupHorizontalHeader(ascent=extents.ascender, descent=extents.descender)
        builder.setupPost(keepGlyphNames=False)
        builder.updateHead(created=_FIRST_MOMENT, modified=_FIRST_MOMENT)
        builder.font.recalcTimestamp = False
        out = BytesIO()
        builder.font.save(out)
        return out.getvalue()


def _meanings(clusters: Sequence[int], text: str) -> list[str]:
    """Return what each glyph means: the first of a cluster all of its characters, the others nothing."""
    after = dict(pairwise([*sorted(set(clusters)), len(text)]))
    said: set[int] = set()
    meanings = []
    for cluster in clusters:
        meanings.append("" if cluster in said else text[cluster : after[cluster]])
        said.add(cluster)
    return meanings
