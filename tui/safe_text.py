"""Imported text on its way to a widget: neutral, and never markup (promise P1, faults C14 to C17).

Whatever comes from a file or a database goes through here before a widget sees it.
"""

from __future__ import annotations

from textual.content import Content

from core.query.columns import Value
from core.text.terminal_text import neutral


def plain(text: object, style: str = "") -> Content:
    """Return `text` for a widget that takes Textual's content: one harmless line, no markup."""
    return Content.styled(neutral(str(text)), style)


def plain_lines(text: str) -> Content:
    """Return a text of several lines, each harmless."""
    return Content("\n".join(map(neutral, text.splitlines())))


def shown_value(value: Value) -> str:
    """Return a value as a reader sees it: numbers in groups of three, unknown as a dash."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else neutral(value)
