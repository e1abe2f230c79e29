"""Which quote is to blame where the quotes of a CSV file do not add up (fault A1)."""

from __future__ import annotations

from collections.abc import Iterable


def opening_quote(lines: Iterable[str], delimiter: str) -> int | None:
    """Return in which of the lines of a record the last quote stands that opens a cell; None if there is none."""
    opened = None
    quoted = was_closed = False
    for place, line in enumerate(lines):
        at_start = not quoted
        for char in line:
            if quoted:
                quoted, was_closed = char != '"', char == '"'
            elif char == '"' and at_start:
                quoted, opened = True, place
            else:
                quoted, was_closed = char == '"' and was_closed, False
            at_start = char == delimiter and not quoted
    return opened
