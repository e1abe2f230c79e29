"""The keys that a person gave to commands, looked through: what is unknown or means two things is not used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.errors import WrongUse
from tui.commands.definitions import COMMANDS, PLACES, Command, find_command
from tui.commands.key_words import first_shown, key_name, shown_key

TOGETHER = tuple((*place.beside, name) for name, place in PLACES.items() if place.beside)
"""Places that hold at the same time, so that no key may have two meanings in them."""

_COMMAND = re.compile(r"\{([a-z]+\.[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The person's own keys, looked through."""

    keys: Mapping[str, str]
    """Command to keys, in Textual's names: what can be used."""
    faults: Mapping[str, WrongUse]
    """Command to what is wrong with its keys; it keeps the usual ones."""

    def keys_of(self, command: Command) -> str:
        """Return the keys that a command has now."""
        return self.keys.get(command.id, command.keys)

    def shown(self, id: str) -> str:
        """Return the first key of a command as people read it: how every text names a key."""
        command = find_command(id)
        if command is None:
            raise KeyError(id)
        return first_shown(self.keys_of(command))

    def said(self, text: str) -> str:
        """Return a text of ours in which `{COMMAND}` stands for the key of a command."""
        return _COMMAND.sub(lambda found: self.shown(found[1]), text)


def look_through(given: Mapping[str, str]) -> KeyMap:
    """Return what can be used of the keys that a person wrote, and what is wrong with the others."""
    keys: dict[str, str] = {}
    faults: dict[str, WrongUse] = {}
    for command, text in given.items():
        try:
            keys[_known(command)] = ",".join(map(key_name, _parts(text)))
        except WrongUse as wrong:
            faults[command] = wrong
    while clashes := dict(_clashes(keys)):  # again, as a command that keeps its usual keys may stand in another's way
        faults |= clashes
        keys = {command: text for command, text in keys.items() if command not in clashes}
    return KeyMap(keys, faults)


def _parts(text: str) -> list[str]:
    return [","] if text.strip() == "," else text.split(",")


def _known(id: str) -> str:
    command = find_command(id)
    if command is not None and command.is_fixed:
        raise WrongUse(f"The keys of {command.title} ({id}) stay as they are.", "Leave them out.")
    if command is None:
        from difflib import get_close_matches

        near = get_close_matches(id, [command.id for command in COMMANDS if not command.is_fixed], 1)
        raise WrongUse(
            f"There is no command '{id}'.", f"Did you mean {near[0]}?" if near else "The Settings page lists them."
        )
    return id


def _clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, WrongUse]]:
    """Yield each command whose new key means something else already, where both hold."""
    for places in TOGETHER:
        owners: dict[str, Command] = {}
        here = [command for command in COMMANDS if command.place in places]
        for command in sorted(here, key=lambda command: command.id in keys):  # the usual ones first: they were there
            for key in keys.get(command.id, command.keys).split(","):
                owner = owners.setdefault(key, command)
                if owner is not command and command.id in keys:
                    yield command.id, _taken(key, command, owner)


def _taken(key: str, command: Command, owner: Command) -> WrongUse:
    return WrongUse(
        f"The key {shown_key(key)} is that of {owner.title} ({owner.id}) already.",
        f"Both hold in: {PLACES[command.place].title}. Take another, or give {owner.id} another first.",
    )
