"""Textual's bindings, made from the definitions of commands."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.commands.definitions import Command, commands_of
from tui.commands.key_words import first_shown

_FIRST_OF_ALL = (
    "program.quit",
    "program.next_place",
    "program.previous_place",
    "program.stop",
    "program.suspend_process",
)
"""Carried out before any widget has its say, so that what is typed right behind reaches the next place: on slow lines
keys come together."""


def bindings(*places: str) -> list[BindingType]:
    """Return the bindings of what holds in these places."""
    return [binding_of(command) for command in commands_of(*places)]


def binding_of(command: Command) -> Binding:
    """Return the binding that makes a command's keys do it."""
    return Binding(
        command.keys,
        command.action or command.id.partition(".")[2],
        command.title,
        command.is_shown,
        first_shown(command.keys),
        priority=command.id in _FIRST_OF_ALL,
        tooltip=command.help,
        id=command.id,
    )
