"""Themes: every text can be read on its ground, and nothing is told by colour alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from syrupy.assertion import SnapshotAssertion

from core.database import Database
from tests.tui.application import opened
from tests.tui.looks import look, walk
from tui.theme_names import CHOICES

AA = 4.5
"""The least contrast of text that WCAG 2 asks for at level AA."""


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
async def test_every_screen_can_be_read_and_looks_as_before(
    database: Database, exports: Path, theme: str, snapshot: SnapshotAssertion
) -> None:
    faint, looks = set(), {}
    async for name, shown in walk(database, theme, exports):
        looks[name] = look(shown)
        for segment in filter(is_text, shown):
            if contrast(segment) < AA:
                faint.add((name, segment.text.strip()[:30], str(segment.style), round(contrast(segment), 2)))
    assert not faint
    assert looks == snapshot


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
