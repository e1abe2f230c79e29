"""The thumb of a scrollbar as a sign, so that it is seen whatever the colours, and without any."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

VERTICAL, HORIZONTAL = "┃", "━"


class Thumb(ScrollBarRender):
    """Draws the thumb as a heavy line, and nothing beside it."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.default(),  # noqa: B008 - Textual's own signature
        bar_color: Color = Color.default(),  # noqa: B008
    ) -> Segments:
        """Return the bar: `size` cells, of which the thumb stands for the window among all that there is."""
        across = thickness if vertical else 1
        base = Style(bgcolor=back_color)
        cells = [Segment(" " * across, base)] * size
        if window_size and virtual_size > window_size:
            length = max(round(size * window_size / virtual_size), 1)
            start = round((size - length) * min(position / (virtual_size - window_size), 1))
            above, below = (base + Style(meta={"@mouse.down": f"scroll_{way}"}) for way in ("up", "down"))
            grabbed = Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"})
            sign = (VERTICAL if vertical else HORIZONTAL) * across
            cells = [
                *[Segment(" " * across, above)] * start,
                *[Segment(sign, grabbed)] * length,
                *[Segment(" " * across, below)] * (size - start - length),
            ]
        if vertical:
            return Segments(cells, new_lines=True)
        return Segments([*cells, Segment.line()] * thickness)
