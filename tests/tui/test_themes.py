"""Themes: every text can be read on its ground, and nothing is told by colour alone."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.segment import Segment

from core.database import Database
from tests.tui.application import Session, opened
from tui.themes import CHOICES

AA = 4.5
"""The least contrast of text that WCAG 2 asks for at level AA."""
SCREENS = {
    "home": [],
    "home, a tile": ["tab"],
    "my accounts": ["2"],
    "account": ["enter"],
    "filter at fault": ["escape", "f", "x"],
    "toast": ["escape", "y"],
    "help": ["question_mark"],
    "my reports": ["escape", "3"],
    "targeted lists": ["4"],
    "import": ["5"],
    "settings": ["escape", "6"],
    "settings, typing": ["tab"],
    "generate report": ["escape", "r", "down", "enter", "o"],
    "palette": ["escape", "ctrl+p"],
}
"""Keys from each screen to the next."""


def segments(session: Session) -> list[Segment]:
    """Return what is on the screen, dim text in the colour that it gets."""
    strips = session.app.screen._compositor.render_strips()
    return [segment for strip in strips for segment in strip if segment.style]


def luminance(color: Color) -> float:
    """Return a colour's relative luminance, as WCAG 2 computes it."""
    parts = [value / 255 for value in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(segment: Segment) -> float:
    """Return the contrast of a text with its ground; 21 where one of them is the terminal's own choice."""
    color, ground = segment.style.color, segment.style.bgcolor
    if color is None or ground is None or color.is_default or ground.is_default:
        return 21.0
    darker, lighter = sorted(map(luminance, (color, ground)))
    return (lighter + 0.05) / (darker + 0.05)


def is_text(segment: Segment) -> bool:
    """Whether a segment is to be read: lines, bars and frames are not."""
    return any(char.isalnum() for char in segment.text)


@pytest.mark.parametrize("theme", CHOICES)
async def test_every_text_can_be_read(database: Database, theme: str) -> None:
    found = set()
    async with opened(database, (100, 40)) as session:
        session.app.theme = theme
        for name, keys in SCREENS.items():
            await session.press(*keys)
            await session.pilot.pause(0.2 if name == "palette" else 0)
            for segment in filter(is_text, segments(session)):
                if contrast(segment) < AA:
                    found.add((name, segment.text.strip()[:30], str(segment.style), round(contrast(segment), 2)))
    assert not found


@pytest.mark.parametrize("keys", [["2"], ["r"], ["3"], ["4"], ["6"]], ids="+".join)
async def test_without_colours_what_is_chosen_still_stands_out(
    database: Database, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(database, (100, 40)) as session:
        await session.press(*keys)
        assert session.app.focused is not None
        region = session.app.focused.region
        here = session.app.screen._compositor.render_strips()[region.y : region.bottom]
        styles = {
            (segment.style.reverse, segment.style.bold, str(segment.style.bgcolor))
            for strip in here
            for segment in strip.crop(region.x, region.right)
            if segment.style and segment.text.strip()
        }
        colours = [part.color for strip in here for segment in strip if (part := segment.style) and part.color]
        assert len(styles) > 1 or len(here) == 1
        assert all(len(set(colour.get_truecolor())) == 1 for colour in colours), "NO_COLOR leaves greys only"
