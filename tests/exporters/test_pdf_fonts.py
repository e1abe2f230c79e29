"""Which font draws what, and what is said about characters that none draws."""

import shutil
import sys
import unicodedata
from io import BytesIO
from pathlib import Path
from struct import unpack

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from exporters.pdf import system_fonts, typesetter
from exporters.pdf.face import Face
from exporters.pdf.typesetter import Typesetter

OWN = Path(typesetter.__file__).parents[1] / "fonts"
NOT_IN_BOLD = "𝖠"
"""A letter that only the regular one of our fonts has."""


@pytest.fixture
def setter(monkeypatch: pytest.MonkeyPatch) -> Typesetter:
    """Return a typesetter on a computer without further fonts."""
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter(()))
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


def test_every_joined_form_of_arabic_can_be_drawn() -> None:
    face = Face(OWN / "DejaVuSans.ttf", "F1")
    assert all(face.has(chr(code)) for code in range(0xFE80, 0xFEFD))


def test_the_licence_stands_beside_the_fonts() -> None:
    assert "Permission is hereby granted" in (OWN / "LICENSE-DejaVu.txt").read_text()


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Кириллица", "محمد علي", "שלום", "a\u0301 “x” €", "\ufffd"])
def test_scripts_of_our_own_font_are_kept(setter: Typesetter, text: str) -> None:
    assert setter.clean(text) == text
    assert setter.note() is None


def test_what_no_font_draws_is_replaced_counted_and_named(setter: Typesetter) -> None:
    assert setter.clean("日本 日\x1b") == "\ufffd\ufffd \ufffd\ufffd"
    assert setter.note() == "4 characters that could not be drawn are shown as \ufffd: U+65E5, U+672C, U+001B."


def test_controls_of_direction_and_lone_surrogates_are_replaced(setter: Typesetter) -> None:
    assert setter.clean("\u202egpj.exe \ud800") == "\ufffdgpj.exe \ufffd"


def test_a_tab_is_a_blank(setter: Typesetter) -> None:
    assert setter.clean("a\tb") == "a b"
    assert setter.note() is None


def test_a_font_of_the_computer_draws_what_ours_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only_bold, broken = tmp_path / "fonts", tmp_path / "broken.ttf"
    only_bold.mkdir()
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(OWN / "DejaVuSans-Bold.ttf", only_bold / name)
    broken.write_bytes(b"OTTO no TrueType outlines")
    monkeypatch.setattr(typesetter, "_FONTS", only_bold)
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter([broken, OWN / "DejaVuSans.ttf"]))
    setter = Typesetter()
    assert setter.clean(f"a{NOT_IN_BOLD}b") == f"a{NOT_IN_BOLD}b"
    assert setter.show(f"a{NOT_IN_BOLD}b", 8) == "<0001> Tj /F4 8 Tf <0001> Tj /F1 8 Tf <0002> Tj"


def test_candidates_are_found_by_name_of_script_and_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NotoSansThai-Regular.ttf", "wqy-microhei.ttc", "Other.ttf", "NotoSansThai-Bold.ttf", "Symbola.otf"):
        (tmp_path / name).touch()
    monkeypatch.setattr(system_fonts, "_folders", lambda: [tmp_path, tmp_path / "missing"])
    system_fonts._installed.cache_clear()
    found = [path.name for path in system_fonts.candidates("ก")]
    system_fonts._installed.cache_clear()
    assert found == ["NotoSansThai-Regular.ttf", "wqy-microhei.ttc"]


def test_glyphs_are_numbered_as_the_font_in_the_file_has_them() -> None:
    shared = " \xa0"  # one glyph for two characters
    face = Face(OWN / "DejaVuSans.ttf", "F1")
    points = [0, *map(ord, f"béa{shared}\ufb01Łe\u0301")]
    program = face._font.makeSubset(points)
    table = TTFontFile(BytesIO(program), validate=0, charInfo=0).get_table("cmap")
    _, length, *numbers = unpack(f">2H{len(points)}H", table[18 : 22 + 2 * len(points)])
    assert length == len(points)
    assert list(face._subset_glyphs(points)) == numbers
