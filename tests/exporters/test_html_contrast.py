"""The colours of the HTML page: text is told from its ground in both dresses, as WCAG 2 counts contrast."""

import re
from pathlib import Path

import pytest

import exporters
from core.text.signs import TONES, Colours

CSS = (Path(exporters.__file__).parent / "templates" / "report.css").read_text("utf-8")
LIGHT, DARK = (dict(re.findall(r"--(\w+): #(\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", CSS))
LEAST = 4.5
"""For text of any size, WCAG 2 AA."""


def luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    lighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "paper"), ("ink", "tint"), ("ink", "badge"), ("ink", "bar"), ("muted", "paper"), ("accent", "paper")],
)
def test_text_is_told_from_its_ground(dress: dict[str, str], text: str, ground: str) -> None:
    assert contrast(dress[text], dress[ground]) >= LEAST


@pytest.mark.parametrize("tone", TONES.values(), ids=TONES)
@pytest.mark.parametrize("ground", ["paper", "tint", "badge"])
def test_words_behind_signs_are_told_from_their_ground(tone: Colours, ground: str) -> None:
    assert contrast(tone.on_light.removeprefix("#"), LIGHT[ground]) >= LEAST
    assert contrast(tone.on_dark.removeprefix("#"), DARK[ground]) >= LEAST


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)
