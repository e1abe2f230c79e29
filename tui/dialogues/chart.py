"""A report's chart, as large as the screen has room for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from core.query.look import ChartFigures
from tui.dialogues.modal import Modal
from tui.widgets.chart import ChartView
from tui.widgets.key_bar import KeyBar


class ChartScreen(Modal[None]):
    """Shows a chart until it is closed."""

    def __init__(self, figures: ChartFigures) -> None:
        """Take what is drawn."""
        super().__init__()
        self._figures = figures

    def compose(self) -> ComposeResult:
        """Lay out the chart."""
        with Vertical(classes="box") as box:
            box.border_title = self._figures.chart.title
            chart = ChartView()
            chart.figures = self._figures
            yield chart
        yield KeyBar()
