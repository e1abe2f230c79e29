"""Every command of the user is defined once, has an action, and no key is twice in one place."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from tui.commands.definitions import COMMANDS, PLACES, Command, bindings, key_table
from tui.commands.keymap import TOGETHER

HOLDERS = {
    "main": "tui.main_screen:MainScreen",
    "table": "tui.pages.arranging:Table",
    "report": "tui.pages.report:ReportPage",
    "accounts": "tui.pages.my_accounts:MyAccountsPage",
    "menu": "tui.widgets.menu:Menu",
    "home": "tui.widgets.tile:Tile",
    "runs": "tui.pages.my_reports:MyReportsPage",
    "targets": "tui.pages.targeted_lists:TargetedListsPage",
    "import": "tui.pages.import_file:ImportPage",
    "generate": "tui.dialogues.generate_report:GenerateReport",
    "export": "tui.dialogues.export:ExportScreen",
    "upload": "tui.dialogues.upload:UploadScreen",
    "delivery": "tui.dialogues.delivery:DeliveryScreen",
    "account": "tui.dialogues.account:AccountScreen",
    "facets": "tui.dialogues.facets:FacetScreen",
    "columns": "tui.dialogues.columns:ColumnsScreen",
    "views": "tui.dialogues.views:ViewsScreen",
    "modal": "tui.dialogues.modal:Modal",
}
SWALLOWED = ("ctrl+shift", "alt+", "super+", "ctrl+s", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+c", "ctrl+z")
"""Keys that terminals or tmux keep for themselves, or cannot tell from others."""


def holder(place: str) -> type[DOMNode]:
    module, _, name = HOLDERS[place].partition(":")
    return getattr(import_module(module), name)


def test_places_have_holders() -> None:
    assert set(HOLDERS) == set(PLACES) == {command.place for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_command_is_documented_and_carried_out(command: Command) -> None:
    assert command.title
    assert command.help.endswith(".")
    binding = command.binding()
    assert binding.id == command.id
    namespace, _, action = binding.action.partition("(")[0].rpartition(".")
    owner = import_module("tui.app").PartnerApp if namespace == "app" else holder(command.place)
    assert callable(getattr(owner, f"action_{action}", None))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_no_key_is_swallowed_on_the_way(command: Command) -> None:
    assert not any(key.startswith(SWALLOWED) for key in command.keys.split(","))


@pytest.mark.parametrize("places", TOGETHER, ids="+".join)
def test_keys_do_not_clash(places: tuple[str, ...]) -> None:
    keys = [
        key for place in places for command in COMMANDS if command.place == place for key in command.keys.split(",")
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", HOLDERS)
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
