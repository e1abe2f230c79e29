"""My accounts: every account, searchable; Enter shows one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from core.reports.catalogue import MY_ACCOUNTS
from core.request import ask
from tui.pages.report import ReportPage

if TYPE_CHECKING:
    from tui.app import PartnerApp


class MyAccountsPage(ReportPage):
    """The table of all accounts: a report's page, kept in the menu."""

    name_in_menu = "accounts"

    @classmethod
    def made_for(cls, app: PartnerApp) -> Self:
        """Return the page as of the application's day."""
        return cls(ask(MY_ACCOUNTS, app.as_of))
