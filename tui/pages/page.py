"""What every page has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from textual.containers import Vertical

from tui.partner import Partner, partner_of

if TYPE_CHECKING:
    from core.reports.report import Report


class Page(Vertical):
    """A page at the right of the menu."""

    is_wide: ClassVar[bool] = False
    """Whether it wants the whole width of a narrow terminal, so that the menu gives way."""
    name_in_menu: ClassVar[str] = ""
    """The node of the menu that it belongs to."""

    @classmethod
    def made_for(cls, app: Partner) -> Self:  # noqa: ARG003 - for pages that need it
        """Return a page for the application."""
        return cls()

    @property
    def partner(self) -> Partner:
        """The application."""
        return partner_of(self)

    @property
    def unfinished(self) -> str:
        """What would be lost if the program ended now, in one sentence; '' for nothing."""
        return ""

    @property
    def report(self) -> Report | None:
        """The report that it shows, whose rules the help explains."""
        return None

    async def come_forward(self) -> None:
        """Take the focus, and look at the data again: called whenever the page is shown."""
