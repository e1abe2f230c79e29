"""How pages look: measures in points, colours as PDF writes them (red, green, blue from 0 to 1)."""


def rgb(colour: str) -> str:
    """Return a colour, "#rrggbb", as PDF writes it."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3g}" for place in (1, 3, 5))


MARGIN = 34.0
BOTTOM = 44.0
"""Where the text ends, above the footer."""

INK = "0.12 0.15 0.20"
MUTED = "0.38 0.43 0.49"
ACCENT = "0.09 0.29 0.49"
PALE = "0.81 0.87 0.93"
TINT = "0.951 0.963 0.975"
LINE = "0.78 0.82 0.86"

TITLE_SIZE = 20.0
FIGURE_SIZE = 14.0
TEXT_SIZE = 8.5
SMALL_SIZE = 7.0

LEADING = 1.28
"""Distance of lines, as a multiple of the size."""
CONDENSED = 0.9
"""Tables are set this much narrower, which is DejaVu Sans Condensed to the eye."""
