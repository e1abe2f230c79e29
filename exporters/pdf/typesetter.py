"""From text to drawn glyphs: a font for every character, and a count of what no font draws."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from core.text.terminal_text import neutral
from exporters.pdf.bidi import visual_runs
from exporters.pdf.document import Document
from exporters.pdf.face import Face
from exporters.pdf.shaped_face import ShapedFace, ShapedRun, UnusableFont
from exporters.pdf.system_fonts import candidates, script_of

_FONTS = Path(__file__).parents[1] / "fonts"
_REPLACEMENT = "\ufffd"
_ODD = re.compile(r"[^ -~\xa1-\xac\xae-\u024f\u0391-\u03a1\u03a3-\u03ce\u0400-\u0525‐–—‘’“”„…€™→●○▲▼◆◇]")
"""Anything but characters that both fonts of our own draw as they are: most text is passed without a second look."""
_NAMED = 8
"""As many characters that could not be drawn are named in a note."""


_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""What tells neighbours whether and how they join; never drawn by itself."""
_REMEMBERED = 10_000
"""Texts whose shapes are kept: names and words come again and again."""


class Typesetter:
    """The fonts of one document: DejaVu Sans, and what the computer has for other scripts.

    Plain text, which is most, is drawn by our own fonts, character by character. Any other text is shaped: its fonts
    are opened a second time, by the library that shapes, since a shaped run consists of glyphs, not of characters.
    """

    def __init__(self) -> None:
        self._regular = Face(_FONTS / "DejaVuSans.ttf", "F1")
        self._bold = Face(_FONTS / "DejaVuSans-Bold.ttf", "F2")
        self._shaped: dict[Path, ShapedFace | None] = {}
        self._chosen: dict[str, ShapedFace | None] = {}
        self._replaced: Counter[str] = Counter()
        self._shapes = lru_cache(_REMEMBERED)(self._shape)

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
        if self.is_plain(text):
            return (self._bold if bold else self._regular).width(text)
        return sum(run.width for run in self._shapes(text, bold))

    def show(self, text: str, size: float, *, bold: bool = False) -> str:
        """Return the operators that draw clean text; `select(size, bold=bold)` must stand before, and stands after."""
        own = self._bold if bold else self._regular
        if self.is_plain(text):
            return f"{own.encode(text)} Tj"
        drawn = " ".join(run.operators(size) for run in self._shapes(text, bold))
        return f"{drawn} {self.select(size, bold=bold)}"

    def embed(self, document: Document) -> str:
        """Write the fonts that were used, and return the entries of a resource dictionary that name them."""
        faces: list[Face | ShapedFace] = [self._regular, self._bold, *filter(None, self._shaped.values())]
        return " ".join(f"/{face.tag} {face.embed(document)} 0 R" for face in faces if face.is_used)

    def _shape(self, text: str, bold: bool) -> tuple[ShapedRun, ...]:
        """Return a line's runs from left to right, each of one font and direction."""
        shaped = []
        for run in visual_runs(text):
            parts = [
                (face, "".join(char for char, _ in part))
                for face, part in groupby(self._with_faces(run.text, bold), key=itemgetter(1))
            ]
            for face, part in reversed(parts) if run.is_rtl else parts:
                shaped.append(face.shape(part, is_rtl=run.is_rtl))
        return tuple(shaped)

    def _with_faces(self, text: str, bold: bool) -> Iterator[tuple[str, ShapedFace]]:
        """Yield each character of a run with its font; marks and joiners stay with what stands before them."""
        current: ShapedFace | None = None
        for char in text:
            stays = char in _JOINERS or unicodedata.category(char).startswith("M")
            if current is None or not (stays and (char in _JOINERS or current.has(char))):
                current = self._face_for(char, bold)
            yield char, current

    def _face_for(self, char: str, bold: bool) -> ShapedFace:
        """Return the font that draws a clean character: our own, then those of the computer."""
        own = self._opened(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
        assert own is not None  # noqa: S101 - it lies beside us
        return own if own.has(char) else self._found(char) or own

    def note(self) -> str | None:
        """Return what must be said about characters that were replaced, and what would draw them."""
        total = self._replaced.total()
        if not total:
            return None
        named = ", ".join(f"U+{ord(char):04X}" for char, _ in self._replaced.most_common(_NAMED))
        more = ", …" if len(self._replaced) > _NAMED else ""
        what = "1 character" if total == 1 else f"{total:,} characters"
        is_shown = "is" if total == 1 else "are"
        note = f"{what} that could not be drawn {is_shown} shown as {_REPLACEMENT}: {named}{more}."
        scripts = sorted({script for char in self._replaced if (script := script_of(char))})
        if scripts:
            note += f" No font here draws {', '.join(scripts)}: pip install 'partner-tui[fonts]' brings what most need."
        return note

    def _drawn(self, char: str) -> str:
        """Return what is drawn for one character; a TAB is a blank."""
        shown = " " if char == "\t" else neutral(char)
        if shown == char and (char in _JOINERS or self._found(char) is not None):
            return char
        if shown == " ":
            return shown
        self._replaced[char] += 1
        return _REPLACEMENT

    def _found(self, char: str) -> ShapedFace | None:
        """Return the first font that has a character: our own, then those of the computer."""
        if char not in self._chosen:
            faces = map(self._opened, chain((_FONTS / "DejaVuSans.ttf",), candidates(char)))
            self._chosen[char] = next((face for face in faces if face is not None and face.has(char)), None)
        return self._chosen[char]

    def _opened(self, path: Path) -> ShapedFace | None:
        """Return the font of a file, opened once; None for one that can't be embedded."""
        if path not in self._shaped:
            try:
                self._shaped[path] = ShapedFace(path, f"F{len(self._shaped) + 3}")
            except (OSError, UnusableFont):
                self._shaped[path] = None
        return self._shaped[path]
