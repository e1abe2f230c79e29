"""The contrast of two colours, as WCAG 2 computes it."""

from __future__ import annotations

TEXT, MARK = 4.5, 3.0
"""The least contrast of text at level AA, and of signs, frames and bars that tell something."""

Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    """Return the parts of "#rrggbb" or "rrggbb"."""
    digits = colour.removeprefix("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
