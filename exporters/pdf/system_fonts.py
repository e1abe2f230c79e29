"""Fonts of the computer for what the font at hand lacks: found by name, so that no folder of fonts is read through."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_BROAD = (
    "notosanscjk", "notosanscjktc", "notosanscjksc", "notosanscjkjp", "notosanscjkkr", "sourcehansans", "wqy-microhei",
    "wqy-zenhei", "droidsansfallbackfull", "droidsansfallback", "ipaexg", "ipag", "nanumgothic", "arial unicode",
    "arialuni", "msyh", "simsun", "msgothic", "yugothm", "malgun", "notoemoji", "symbola", "seguisym", "seguiemj",
    "notosanssymbols2", "notosanssymbols", "notosansmath", "freesans", "unifont",
)  # fmt: skip
"""Fonts with many characters, the better ones first (names as `_plain` gives them)."""
_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages of fonts that the extra *fonts* installs."""
_SCRIPTS = {
    "CJK": "Chinese characters", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "THAI": "Thai", "DEVANAGARI": "Devanagari", "ARABIC": "Arabic", "HEBREW": "Hebrew", "BENGALI": "Bengali",
    "TAMIL": "Tamil", "TELUGU": "Telugu", "KANNADA": "Kannada", "MALAYALAM": "Malayalam", "GUJARATI": "Gujarati",
    "GURMUKHI": "Gurmukhi", "ORIYA": "Oriya", "SINHALA": "Sinhala", "KHMER": "Khmer", "LAO": "Lao",
    "MYANMAR": "Myanmar", "TIBETAN": "Tibetan", "ETHIOPIC": "Ethiopic", "GEORGIAN": "Georgian", "ARMENIAN": "Armenian",
}  # fmt: skip
"""Scripts by the first word of their characters' names."""


def script_of(char: str) -> str:
    """Return the script of a character in words; "emoji and signs" for symbols, '' for what no font draws."""
    if unicodedata.category(char) in ("So", "Sk", "Sm"):
        return "emoji and signs"
    return _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "")


def candidates(char: str) -> Iterator[Path]:
    """Yield the font files that may draw `char`: those of its script, then those that draw much."""
    fonts = _installed()
    script = unicodedata.name(char, "").partition(" ")[0].lower()
    for name in (f"notosans{script}", f"noto{script}", *_BROAD):
        if script and name in fonts:
            yield fonts[name]


@cache
def _installed() -> dict[str, Path]:
    """Return the font files of the usual folders, and of packages of fonts, by their plain names."""
    found: dict[str, Path] = {}
    for folder in (*_folders(), *_package_folders()):
        for directory, _, names in os.walk(folder):
            for name in sorted(names):
                path = Path(directory, name)
                if path.suffix.lower() in (".ttf", ".ttc", ".otf", ".otc"):
                    found.setdefault(_plain(path.stem), path)
    return found


def _plain(stem: str) -> str:
    """Return a font's name without what says only that it is the regular or a variable one."""
    return re.sub(r"\[.*\]|-regular$|-vf(\.[ot]tf)?$", "", stem.lower())


def _package_folders() -> list[Path]:
    """Return the folders of installed packages of fonts."""
    specs = map(find_spec, _PACKAGES)
    return [Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ()]


def _folders() -> list[Path]:
    """Return where fonts are kept on this kind of system, the person's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return [local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    return [home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
