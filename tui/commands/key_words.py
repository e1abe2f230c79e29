"""Keys as people write and read them, and as Textual names them."""

from __future__ import annotations

from string import punctuation
from unicodedata import name

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

from core.errors import WrongUse

MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")
KEPT = frozenset(("tab", "shift+tab", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+i", "ctrl+m", "ctrl+j"))
"""Keys that go from place to place or end the program, or that terminals keep or cannot tell from others."""


_WORDS = {"escape": "esc"} | {word: word for word in ("enter", "backspace", "delete", "space", "pageup", "pagedown")}
"""What keys are called where Textual would draw signs that not every terminal has."""


def _character_name(character: str) -> str:
    """Return Textual's name of a character's key."""
    if character.isalnum():
        return character
    full = name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(full, full)


_NAMES = frozenset(key.value for key in Keys) | frozenset(map(_character_name, punctuation))


def key_name(text: str) -> str:
    """Return Textual's name of a key as a person writes it, such as question_mark for "?".

    Raises:
        WrongUse: there is no such key, or it cannot be given to a command.
    """
    text = text.strip()
    *modifiers, last = text.split("+") if len(text) > 1 else [text]
    known = len(last) == 1 or last in _NAMES
    if not known or not set(modifiers) <= set(MODIFIERS):
        from difflib import get_close_matches

        near = get_close_matches(text, _NAMES, 1)
        raise WrongUse(
            f"There is no key '{text}'.", f"Did you mean {near[0]}?" if near else "Such as s, S, ?, f5 or ctrl+t."
        )
    key = "+".join([*modifiers, _character_name(last) if len(last) == 1 else last])
    if key in KEPT:
        raise WrongUse(f"The key {shown_keys(key)} cannot be given to a command.", "Take another one.")
    return key


def shown_keys(keys: str) -> str:
    """Return keys as people read them: "enter, ctrl+p, ?"."""
    return ", ".join(map(shown_key, keys.split(",")))


def shown_key(key: str) -> str:
    """Return one key as people read it."""
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, _WORDS.get(last) or format_key(last)])
