"""Which font draws what, and what is said about characters that none draws."""

import re
import shutil
import sys
import unicodedata
from io import BytesIO
from pathlib import Path
from struct import unpack

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from reportlab.pdfbase.ttfonts import TTFontFile

from exporters.pdf import system_fonts, typesetter
from exporters.pdf.face import Face
from exporters.pdf.shaped_face import ShapedFace, UnusableFont
from exporters.pdf.typesetter import Typesetter

OWN = Path(typesetter.__file__).parents[1] / "fonts"
NOT_IN_BOLD = "𝖠"
"""A letter that only the regular one of our fonts has."""


@pytest.fixture
def setter(monkeypatch: pytest.MonkeyPatch) -> Typesetter:
    """Return a typesetter on a computer without further fonts."""
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter(()))
    return Typesetter()


@pytest.fixture
def every_font() -> Typesetter:
    """Return a typesetter on a computer with the fonts of the extra *fonts*."""
    system_fonts._installed.cache_clear()
    return Typesetter()


def test_both_fonts_of_our_own_have_all_that_counts_as_plain(setter: Typesetter) -> None:
    plain = [char for char in map(chr, range(sys.maxunicode + 1)) if setter.is_plain(char)]
    assert len(plain) > 800
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        face = Face(OWN / name, "F1")
        assert [char for char in plain if not face.has(char)] == []


def test_plain_text_runs_from_left_to_right_and_has_no_controls(setter: Typesetter) -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        if setter.is_plain(char):
            assert unicodedata.bidirectional(char) not in ("R", "AL")
            assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def test_the_licence_stands_beside_the_fonts() -> None:
    assert "Permission is hereby granted" in (OWN / "LICENSE-DejaVu.txt").read_text()


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Кириллица", "محمد علي", "שלום", "a\u0301 “x” €", "\ufffd"])
def test_scripts_of_our_own_font_are_kept(setter: Typesetter, text: str) -> None:
    assert setter.clean(text) == text
    assert setter.note() is None


def test_what_no_font_draws_is_replaced_counted_and_named(setter: Typesetter) -> None:
    assert setter.clean("日本 日\x1b") == "\ufffd\ufffd \ufffd\ufffd"
    assert setter.note() == (
        "4 characters that could not be drawn are shown as \ufffd: U+65E5, U+672C, U+001B. No font here draws"
        " Chinese characters: pip install 'partner-tui[fonts]' brings what most need."
    )


def test_controls_of_direction_and_lone_surrogates_are_replaced(setter: Typesetter) -> None:
    assert setter.clean("\u202egpj.exe \ud800") == "\ufffdgpj.exe \ufffd"


def test_a_tab_is_a_blank(setter: Typesetter) -> None:
    assert setter.clean("a\tb") == "a b"
    assert setter.note() is None


def drawn(operators: str) -> list[str]:
    """Return the fonts that a line is drawn with, and how many glyphs of each."""
    parts = re.findall(r"/(F\d+) [\d.]+ Tf|<([0-9a-f]{4})>", operators)
    return [font or "glyph" for font, _ in parts]


def test_a_font_of_the_computer_draws_what_ours_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only_bold, broken = tmp_path / "fonts", tmp_path / "broken.ttf"
    only_bold.mkdir()
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(OWN / "DejaVuSans-Bold.ttf", only_bold / name)
    broken.write_bytes(b"OTTO no outlines")
    monkeypatch.setattr(typesetter, "_FONTS", only_bold)
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter([broken, OWN / "DejaVuSans.ttf"]))
    setter = Typesetter()
    text = f"a{NOT_IN_BOLD}b"
    assert setter.clean(text) == text
    shown = setter.show(text, 8)
    assert drawn(shown) == ["F3", "glyph", "F5", "glyph", "F3", "glyph", "F1"]


@pytest.mark.parametrize(
    ("text", "glyphs"),
    [
        ("محمد", 4),
        ("لا", 1),
        ("क्षि", 2),
        ("น้ำ", 4),
        ("👩\u200d💻", 1),
    ],
)
def test_text_is_shaped_by_its_script(text: str, glyphs: int, every_font: Typesetter) -> None:
    assert every_font.clean(text) == text
    shown = every_font.show(text, 8)
    assert len(re.findall(r"<[0-9a-f]{4}>", shown)) == glyphs
    assert every_font.width(text) > 0
    assert every_font.note() is None


def test_widths_add_up_to_what_is_drawn(every_font: Typesetter) -> None:
    for text in ("Café (שלום) 12", "हिन्दी ab", "👩\u200d💻 Studio"):
        parts = [every_font.width(part) for part in re.split("( )", text)]
        assert every_font.width(text) == pytest.approx(sum(parts), abs=0.02)


@pytest.mark.programs
def test_postscript_outlines_of_a_variable_collection_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    found = next((Path(__file__).parents[1] / "judges" / ".venv").glob("**/NotoSansCJK-VF.otf.ttc"))
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter([found]))
    setter, text = Typesetter(), "山田製パン 한국"
    assert setter.clean(text) == text
    assert setter.note() is None
    assert setter.show(text, 8).startswith("/F4 8 Tf [<0001><0002>")
    embedded = TTFont(BytesIO(setter._shaped[found]._program()))
    assert len(embedded.getGlyphOrder()) == 8
    assert embedded["glyf"][embedded.getGlyphOrder()[1]].numberOfContours > 0


def test_a_font_of_pictures_alone_is_passed_over(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({0x1F600: "a"})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.font["CBDT"] = DefaultTable("CBDT")
    builder.font["CBDT"].data = b"pictures"
    builder.font.save(tmp_path / "pictures.ttf")
    with pytest.raises(UnusableFont):
        ShapedFace(tmp_path / "pictures.ttf", "F3")


def test_candidates_are_found_by_name_of_script_and_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = ("NotoSansThai-Regular.ttf", "wqy-microhei.ttc", "Other.ttf", "NotoSansThai-Bold.ttf", "Symbola.otf",
             "NotoSansCJK-Regular.ttc", "NotoSansLao[wght].ttf")  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    monkeypatch.setattr(system_fonts, "_folders", lambda: [tmp_path, tmp_path / "missing"])
    monkeypatch.setattr(system_fonts, "_package_folders", list)
    system_fonts._installed.cache_clear()
    found = {char: [path.name for path in system_fonts.candidates(char)] for char in "กກ"}
    system_fonts._installed.cache_clear()
    others = ["NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "Symbola.otf"]
    assert found == {"ก": ["NotoSansThai-Regular.ttf", *others], "ກ": ["NotoSansLao[wght].ttf", *others]}


def test_glyphs_are_numbered_as_the_font_in_the_file_has_them() -> None:
    shared = " \xa0"  # one glyph for two characters
    face = Face(OWN / "DejaVuSans.ttf", "F1")
    points = [0, *map(ord, f"béa{shared}\ufb01Łe\u0301")]
    program = face._font.makeSubset(points)
    table = TTFontFile(BytesIO(program), validate=0, charInfo=0).get_table("cmap")
    _, length, *numbers = unpack(f">2H{len(points)}H", table[18 : 22 + 2 * len(points)])
    assert length == len(points)
    assert list(face._subset_glyphs(points)) == numbers
