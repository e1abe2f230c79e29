"""What a table tells its page."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class TableMessage(Message):
    """Something happened in a table."""

    table: Widget

    @property
    def control(self) -> Widget:
        """The table it happened in, by which a handler may choose."""
        return self.table


@dataclass
class CursorMoved(TableMessage):
    """The cursor stands on another row or column."""

    row: int
    """Counted from 0."""
    column: str
    """The column's key."""

    def can_replace(self, message: Message) -> bool:
        """Let the newest position stand for those before it."""
        return isinstance(message, CursorMoved)


@dataclass
class RowOpened(TableMessage):
    """The person wants to see one row whole."""

    row: int
    """Counted from 0."""


@dataclass
class SortRequested(TableMessage):
    """The person clicked on a heading."""

    column: str
    """The column's key."""
    add: bool
    """Whether to sort by it after the columns that are sorted by now."""
