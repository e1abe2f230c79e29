"""Imported text on its way to a widget: neutral, and never markup (promise P1, faults C14 to C17).

Whatever comes from a file or a database goes through here before a widget sees it.
"""

from __future__ import annotations

from textual.content import Content

from core.query.kinds import NUMBER, Kind, Value
from core.text.terminal_text import neutral


def plain(text: object, style: str = "") -> Content:
    """Return `text` for a widget that takes Textual's content: one harmless line, no markup."""
    return Content.styled(neutral(str(text)), style)


def plain_lines(text: str) -> Content:
    """Return a text of several lines, each harmless."""
    return Content("\n".join(map(neutral, text.splitlines())))


def shown_value(value: Value, kind: Kind = NUMBER) -> str:
    """Return a value as its kind shows it, text harmless; unknown is a dash. By default numbers stand in groups."""
    return "–" if value is None else neutral(kind.show(value))
