"""Keys that people try: arrows on buttons, and letters of a keyboard that is not Latin."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Button

ARROWS = {"left": -1, "up": -1, "right": 1, "down": 1}
"""Which way each goes."""
LATIN_ONLY = "Keys are Latin letters: switch the keyboard's layout."


def go_from_button(button: Button, arrow: str) -> None:
    """Go to the next button of a row with left and right, out of the row with up and down; the ends do not meet.

    A button that is just being hidden, with its page, still has the keys for a moment: from there nothing leads on.
    """
    places = button.screen.focus_chain
    if button not in places:
        return
    row = [place for place in places if isinstance(place, Button) and place.parent is button.parent]
    by = ARROWS[arrow]
    wanted: list[Widget]
    if arrow in ("left", "right"):
        wanted = list(row[row.index(button) + 1 :] if by > 0 else row[: row.index(button)][::-1])
    else:
        edge = places.index(row[-1] if by > 0 else row[0])
        wanted = places[edge + 1 :] if by > 0 else places[:edge][::-1]
    if wanted:
        wanted[0].focus()


def is_of_another_layout(character: str | None) -> bool:
    """Return whether a key is a letter that no command has, as it is no Latin one: a Cyrillic or Greek letter."""
    return character is not None and character.isalpha() and not character.isascii()
