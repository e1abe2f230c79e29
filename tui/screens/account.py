"""One account whole: all that is known of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from core.account import account_fields
from core.columns import Column, Value
from tui.commands import bindings
from tui.plain import plain, shown_value
from tui.screens.modal import Modal
from tui.widgets.key_bar import KeyBar


class AccountScreen(Modal[None]):
    """Every field with its value; those that are not known are dimmed and have a dash."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("account")

    def __init__(self, pk: int) -> None:
        """Show the account with this number."""
        super().__init__()
        self._pk = pk
        self._fields: list[tuple[Column, Value]] = []

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        with Vertical(classes="box") as box:
            box.border_title = "Account"
            with VerticalScroll(id="fields"):
                yield Static(id="account")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the account."""
        connection = self.partner.database.read()
        try:
            self._fields = account_fields(connection, self._pk)
        finally:
            connection.close()
        self.query_one("#account", Static).update(self._content())

    def _content(self) -> Content:
        if not self._fields:
            return Content("This account is no longer there.")
        width = max(len(column.title) for column, _ in self._fields) + 3
        lines = []
        for column, value in self._fields:
            style = "dim" if value is None else ""
            lines.append(Content.assemble((column.title.ljust(width), "dim"), plain(shown_value(value), style)))
        return Content("\n").join(lines)

    def action_copy(self) -> None:
        """Send all fields to the clipboard."""
        lines = [f"{column.title}\t{'' if value is None else value}" for column, value in self._fields]
        self.partner.copy_text("\n".join(lines))
