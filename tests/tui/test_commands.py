"""Every command of the user is defined once, has an action, and no key is twice in one place."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from tui.commands.bindings import binding_of, bindings
from tui.commands.definitions import COMMANDS, PLACES, Command, key_table
from tui.commands.keymap import TOGETHER

SWALLOWED = ("ctrl+shift", "alt+", "super+", "ctrl+s", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+c", "ctrl+z")
"""Keys that terminals or tmux keep for themselves, or cannot tell from others."""


def holder(place: str) -> type[DOMNode]:
    module, _, name = PLACES[place].holder.partition(":")
    return getattr(import_module(module), name)


def test_places_have_holders() -> None:
    assert set(PLACES) == {command.place for command in COMMANDS}
    assert all(callable(holder(place)) for place in PLACES)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_command_is_documented_and_carried_out(command: Command) -> None:
    assert command.title
    assert command.help.endswith(".")
    binding = binding_of(command)
    assert binding.id == command.id
    namespace, _, action = binding.action.partition("(")[0].rpartition(".")
    owner = import_module("tui.app").PartnerApp if namespace == "app" else holder(command.place)
    assert callable(getattr(owner, f"action_{action}", None))


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.place != "program"], ids=lambda one: one.id)
def test_no_key_is_swallowed_on_the_way(command: Command) -> None:
    assert not any(key.startswith(SWALLOWED) for key in command.keys.split(","))


@pytest.mark.parametrize("places", TOGETHER, ids="+".join)
def test_keys_do_not_clash(places: tuple[str, ...]) -> None:
    keys = [
        key for place in places for command in COMMANDS if command.place == place for key in command.keys.split(",")
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", PLACES)
def test_holder_binds_every_command_of_its_place(place: str) -> None:
    bound = {binding.id for binding in holder(place).BINDINGS if isinstance(binding, Binding)}
    assert {binding.id for binding in bindings(place) if isinstance(binding, Binding)} <= bound


def test_ids_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_key_table_names_every_command() -> None:
    table = key_table()
    assert all(command.help in table for command in COMMANDS)
    assert "`ctrl+p`" in table
    assert "`?`" in table
