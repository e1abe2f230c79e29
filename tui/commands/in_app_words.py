"""What the floors below say in the command line's words, said in the application's: its pages and keys."""

from __future__ import annotations

import re

from textual.content import Content

from core.errors import Fault
from tui.safe_text import plain_lines

_SAID: tuple[tuple[str, str], ...] = (
    (
        r"(Import your accounts|Import them|Import accounts) with: partner-tui import FILE"
        r"(, or look around with: partner-tui --demo)?",
        r"\1 on the page Import (5).",
    ),
    (r"Give the database of partner-tui with --db, or import FILE\.", "Put a copy of the database in its place."),
    (r"Give another path to --db\.", "Start again with another database."),
    (r"Choose another place with --db, or mend the cause\.", "Mend the cause, or start with another database."),
    (r", or give --force\.", "."),
    (
        r"Take that one back first with: partner-tui undo-import, or (.*), into a new database \(--db PATH\)\.",
        r"Take that one back first, or \1, into a new database.",
    ),
    (r"(Say which day|Give the day) (.*) with: --dated YYYY-MM-DD", r"\1 \2 above, at “Tells of”."),
    (r"import it with --accept-gone; else", "say so above, at “Many gone”; else"),
    (r"--new-since-last takes the new ones alone\.", "“who is new since the last export” takes those alone."),
    (r"--date-order dmy reads them day first\.", "“Dates” below reads them day first."),
    (r"None is saved yet: --save-map NAME keeps one\.", "None is saved yet: “Keep mapping as” keeps one."),
    (r'Leave one out with --map ".*="\.', "Rename or leave out one in the file."),
    (r'Say which column it is with --map ".*"\.', "Name its column Account ID in the file."),
    (r'leave the column out with --map ".*="\.', "leave the column out above."),
    (r"; or name the table with --sheet and its headings with --map\.", "."),
    (r"--map names the heading", "The mapping names the heading"),
    (r"--set (\w+)(=\S+)? (is not possible|has no value)", r"\1\2 for all rows \3"),
    (r"Write --set \w+=VALUE\.", "Choose one."),
    (r'Say which one: --sheet ".*"\.', "Say which one."),
    (r"Leave out --sheet .*\.", "Choose no sheet."),
    (r"import without --strict to leave them out\.", "import again."),
    (r"Add --list-size (.*)", r"Give one: \1"),
    (r"Leave --(list-size|status|where|sort) out\.", r"Leave it out."),
    (r"elsewhere use --where\.", "elsewhere filter the rows (f)."),
    (r"--(where|sort) does not apply", r"A \1 does not apply"),
    (r"See: partner-tui lists list", "Targeted lists (4) shows all there are."),
    (r'Correct it with: partner-tui lists edit ".*" --where CONDITION', "Edit it (f)."),
    (r"Copy it first: partner-tui lists copy .*", "Copy it first (c)."),
)
"""Patterns, and what stands in their place."""


def in_app_words(text: str) -> str:
    """Return what the floors below say to a person, without the command line's options."""
    for said, in_app in _SAID:
        text = re.sub(said, in_app, text)
    return text


def fault_lines(fault: Fault) -> Content:
    """Return a fault for a widget: each line harmless."""
    return plain_lines(in_app_words(str(fault)))
