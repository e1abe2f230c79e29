"""Fonts of the computer for what the font at hand lacks: found by name, so that no folder of fonts is read through."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_BROAD = (
    "wqy-microhei", "wqy-zenhei", "droidsansfallbackfull", "droidsansfallback", "ipaexg", "ipag", "nanumgothic",
    "arial unicode", "arialuni", "msyh", "simsun", "msgothic", "yugothm", "malgun", "symbola", "seguisym", "seguiemj",
    "notoemoji-regular", "notosanssymbols2-regular", "notosanssymbols-regular", "notosansmath-regular", "freesans",
    "unifont",
)  # fmt: skip
"""Fonts with TrueType outlines and many characters, the better ones first (names in lower case)."""


def candidates(char: str) -> Iterator[Path]:
    """Yield the font files that may draw `char`: those of its script, then those that draw much."""
    fonts = _installed()
    script = unicodedata.name(char, "").partition(" ")[0].lower()
    for name in (f"notosans{script}-regular", f"noto{script}-regular", *_BROAD):
        if script and name in fonts:
            yield fonts[name]


@cache
def _installed() -> dict[str, Path]:
    """Return the font files of the usual folders by name in lower case, without the ending."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for directory, _, names in os.walk(folder):
            for name in names:
                path = Path(directory, name)
                if path.suffix.lower() in (".ttf", ".ttc"):
                    found.setdefault(path.stem.lower(), path)
    return found


def _folders() -> list[Path]:
    """Return where fonts are kept on this kind of system, the person's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return [local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    return [home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
