"""A report's page: made when a report is run, and gone when it is left."""

from __future__ import annotations

from textual.app import ComposeResult

from core.query.request import Request
from core.reports.report import Report
from tui.pages.page import Page
from tui.pages.report_view import ReportView


class ReportPage(Page):
    """Shows one request."""

    is_wide = True
    name_in_menu = "reports"

    def __init__(self, request: Request) -> None:
        """Show the rows of `request`."""
        super().__init__()
        self.shown = ReportView(request)
        """The report, as it is looked at."""

    @property
    def report(self) -> Report:
        """The report shown."""
        return self.shown.session.report

    def compose(self) -> ComposeResult:
        """Lay out the report."""
        yield self.shown

    async def come_forward(self) -> None:
        """Let the report take the focus."""
        await self.shown.come_forward()
