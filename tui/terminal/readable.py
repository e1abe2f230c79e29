"""Dim text in a colour that can be read: terminals make "half bright" as faint as they please."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

LEAST = 5.0
"""The contrast that dim text keeps: more than is asked for, as colours are rounded to those of the terminal."""
_SHARES = (0.68, 0.8, 0.9)
"""How much of its own colour a dim text keeps at least; the rest is its ground's."""
_BRIGHT = Style(dim=False)


class ReadableDim(LineFilter):
    """Replaces the attribute *dim*: by a colour nearer to the ground, or, in the terminal's own colours, by nothing."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without dim ones."""
        return [_brightened(segment, background) for segment in segments]


def _brightened(segment: Segment, background: Color) -> Segment:
    text, style, control = segment
    if style is None or not style.dim:
        return segment
    return Segment(text, _readable(style, background), control)


@lru_cache(1024)
def _readable(style: Style, background: Color) -> Style:
    if style.color is None or style.color.triplet is None:
        return style + _BRIGHT
    ground = background if style.bgcolor is None or style.bgcolor.is_default else Color.from_rich_color(style.bgcolor)
    own = Color.from_rich_color(style.color)
    fainter = (ground.blend(own, share) for share in _SHARES)
    readable = next((color for color in fainter if _contrast(color, ground) >= LEAST), own)
    return style + Style.from_color(readable.rich_color) + _BRIGHT


def _contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2 computes it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
