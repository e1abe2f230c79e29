"""Keys as people write and read them, and as Textual names them; without Textual, for the command line too."""

from __future__ import annotations

from string import ascii_lowercase, punctuation
from unicodedata import lookup, name

from core.errors import WrongUse

MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")
KEPT = frozenset(("tab", "shift+tab", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+i", "ctrl+m", "ctrl+j"))
"""Keys that go from place to place or end the program, or that terminals keep or cannot tell from others."""

_SIGNS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_WORDS = {
    "escape": "esc",
    **{word: word for word in ("enter", "backspace", "delete", "insert", "space", "tab", "return")},
    **{word: word for word in ("pageup", "pagedown", "home", "end")},
    **{f"f{number}": f"f{number}" for number in range(1, 25)},
}
"""What keys without a character are called; Textual's own signs for some of them are not in every font."""

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode's names of characters that Textual calls otherwise."""


def _character_name(character: str) -> str:
    """Return Textual's name of a character's key."""
    if character.isalnum():
        return character
    full = name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(full, full)


_CHARACTERS = {_character_name(character): character for character in punctuation}
_NAMES = frozenset((*_SIGNS, *_WORDS, *_CHARACTERS))
_LIKELY = sorted(_NAMES | {f"ctrl+{letter}" for letter in ascii_lowercase})
"""What a key that is not there may have been meant for."""


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

        near = get_close_matches(text, _LIKELY, 1)
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


def first_shown(keys: str) -> str:
    """Return the first of some keys as people read it: the one that texts name."""
    return shown_key(keys.split(",", maxsplit=1)[0])


def shown_key(key: str) -> str:
    """Return one key as people read it."""
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, _SIGNS.get(last) or _WORDS.get(last) or _CHARACTERS.get(last) or _looked_up(last)])


def _looked_up(key: str) -> str:
    """Return the character that a key is named after, such as § for section_sign; else the name."""
    try:
        character = lookup(key.replace("_", " "))
    except KeyError:
        return key
    return character if character.isprintable() else key
