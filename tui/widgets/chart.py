"""A report's chart over months, drawn as large as the widget is."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from core.query.look import ChartFigures
from tui.month_chart import month_chart
from tui.safe_text import plain_lines


class ChartView(Widget):
    """Draws figures that it is given; nothing until then, nor where there is no room."""

    DEFAULT_CSS = "ChartView { text-wrap: nowrap; }"

    figures: reactive[ChartFigures | None] = reactive(None)

    def render(self) -> Content:
        """Return the chart's lines."""
        if self.figures is None:
            return Content("")
        return plain_lines("\n".join(month_chart(self.figures, self.size.width, self.size.height)))
