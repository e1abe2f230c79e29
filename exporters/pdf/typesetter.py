"""From text to drawn glyphs: a font for every character, and a count of what no font draws."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError

from core.text.terminal_text import neutral
from exporters.pdf.bidi import visual
from exporters.pdf.document import Document
from exporters.pdf.face import Face
from exporters.pdf.system_fonts import candidates

_FONTS = Path(__file__).parents[1] / "fonts"
_REPLACEMENT = "\ufffd"
_ODD = re.compile(r"[^ -~\xa1-\xac\xae-\u024f\u0391-\u03a1\u03a3-\u03ce\u0400-\u0525‐–—‘’“”„…€™]")
"""Anything but characters that both fonts of our own draw as they are: most text is passed without a second look."""
_NAMED = 8
"""As many characters that could not be drawn are named in a note."""


class _Advances(dict[str, float]):
    """The width of each character at size 1."""

    def __init__(self, typesetter: Typesetter, bold: bool) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._bold = bold

    def __missing__(self, char: str) -> float:
        width = self[char] = self._typesetter.face_for(char, bold=self._bold).advance(char)
        return width


class Typesetter:
    """The fonts of one document: DejaVu Sans, and what the computer has for other scripts."""

    def __init__(self) -> None:
        self._regular = Face(_FONTS / "DejaVuSans.ttf", "F1")
        self._bold = Face(_FONTS / "DejaVuSans-Bold.ttf", "F2")
        self._others: dict[Path, Face | None] = {}
        self._chosen: dict[str, Face | None] = {}
        self._advances = (_Advances(self, False), _Advances(self, True))
        self._replaced: Counter[str] = Counter()

    def select(self, size: float, *, bold: bool = False) -> str:
        """Return the operator that makes our own font, at a size in points, the one that draws."""
        return f"/{(self._bold if bold else self._regular).tag} {size:g} Tf"

    def is_plain(self, text: str) -> bool:
        """Return whether a text is one line that our own fonts draw as it is."""
        return _ODD.search(text) is None

    def clean(self, text: str) -> str:
        """Return text (of one line) of which every character is drawn; what stands for others is counted."""
        if self.is_plain(text):
            return text
        return "".join(map(self._drawn, text))

    def width(self, text: str, *, bold: bool = False) -> float:
        """Return the width of clean text at size 1."""
        return sum(map(self._advances[bold].__getitem__, text))

    def show(self, text: str, size: float, *, bold: bool = False) -> str:
        """Return the operators that draw clean text; `select(size, bold=bold)` must stand before, and stands after."""
        own = self._bold if bold else self._regular
        if self.is_plain(text):
            return f"{own.encode(text)} Tj"
        parts: list[str] = []
        current = own
        for face, run in groupby(visual(text), key=lambda char: self.face_for(char, bold=bold)):
            if face is not current:
                parts.append(f"/{face.tag} {size:g} Tf")
            parts.append(f"{face.encode(''.join(run))} Tj")
            current = face
        if current is not own:
            parts.append(self.select(size, bold=bold))
        return " ".join(parts)

    def face_for(self, char: str, *, bold: bool = False) -> Face:
        """Return the font that draws a clean character."""
        if bold and self._bold.has(char):
            return self._bold
        return self._found(char) or self._regular

    def embed(self, document: Document) -> str:
        """Write the fonts that were used, and return the entries of a resource dictionary that name them."""
        faces = [self._regular, self._bold, *filter(None, self._others.values())]
        return " ".join(f"/{face.tag} {face.embed(document)} 0 R" for face in faces if face.is_used)

    def note(self) -> str | None:
        """Return what must be said about characters that were replaced."""
        total = self._replaced.total()
        if not total:
            return None
        named = ", ".join(f"U+{ord(char):04X}" for char, _ in self._replaced.most_common(_NAMED))
        more = ", …" if len(self._replaced) > _NAMED else ""
        if total == 1:
            return f"1 character that could not be drawn is shown as {_REPLACEMENT}: {named}."
        return f"{total:,} characters that could not be drawn are shown as {_REPLACEMENT}: {named}{more}."

    def _drawn(self, char: str) -> str:
        """Return what is drawn for one character; a TAB is a blank."""
        shown = " " if char == "\t" else neutral(char)
        if shown == char and self._found(char) is not None:
            return char
        if shown == " ":
            return shown
        self._replaced[char] += 1
        return _REPLACEMENT

    def _found(self, char: str) -> Face | None:
        """Return the first font that has a character: our own, then those of the computer."""
        if char not in self._chosen:
            others = map(self._opened, candidates(char)) if not self._regular.has(char) else iter(())
            found = (face for face in others if face is not None and face.has(char))
            self._chosen[char] = self._regular if self._regular.has(char) else next(found, None)
        return self._chosen[char]

    def _opened(self, path: Path) -> Face | None:
        """Return the font of a file, opened once; None for one that can't be embedded."""
        if path not in self._others:
            try:
                self._others[path] = Face(path, f"F{len(self._others) + 3}")
            except (OSError, TTFError):
                self._others[path] = None
        return self._others[path]
