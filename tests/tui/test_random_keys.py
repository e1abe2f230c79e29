"""Two thousand keys, typing, pastes and sizes at random: the program goes on (trust T12)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option

from core.database import Database
from tests.effort import Effort
from tests.tui.application import Session, opened
from tui.commands.definitions import COMMANDS
from tui.main_screen import MainScreen
from tui.widgets.lines import Lines

KEYS = sorted({key for command in COMMANDS for key in command.keys.split(",")} - {"ctrl+z", "ctrl+q", "q"})
SIZES = [(80, 24), (60, 16), (160, 50)]
LITTLE = [(1, 1), (10, 3), (59, 15)]
FEW, MANY = 150, 350
"""Keys for each of the three sizes: in each run of the tests, and in a sweep for each unit of effort."""
PAUSED = 12
"""Keys after which the application may catch up: others come faster than it draws."""


async def one(session: Session, chance: random.Random, size: tuple[int, int]) -> None:
    """Do one thing at random."""
    kind = chance.random()
    if kind < 0.9:
        key = chance.choice(KEYS)
        session.app.post_message(events.Key(key, key if len(key) == 1 else None))
    elif kind < 0.95:
        session.app.post_message(events.Paste(chance.choice(["acme", "x\n[b]", "é株" * 50])))
    else:
        await session.pilot.resize_terminal(*chance.choice([*LITTLE, size]))


@pytest.mark.promise("P6")
@pytest.mark.usefixtures("every_frame")
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.sweep)], ids=["few", "many"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_random_keys_never_end_the_program(
    database: Database, exports: Path, size: tuple[int, int], count: int, effort: Effort
) -> None:
    (exports / "new.csv").write_text("Account ID,Company\nA9,Corner\n")
    async with opened(database, size) as session:
        for number in range(count) if count == FEW else effort.rounds(count, "random keys, texts, pastes and sizes"):
            await one(session, effort.chance, size)
            if number % PAUSED == 0:
                await session.pilot.pause()
                assert session.app.is_running
                assert not session.app.crashed
        await session.pilot.resize_terminal(*size)
        await session.settle()
        assert any(isinstance(screen, MainScreen) for screen in session.app.screen_stack)


async def test_a_page_of_a_list_that_was_just_filled_does_not_fail(database: Database) -> None:
    async with opened(database) as session:
        await session.press("4")
        lines = session.app.screen.query_one("#target-lists", Lines)
        lines.set_options([Option(f"line {number}") for number in range(30)])
        lines.highlighted = 20
        lines._index_to_line.clear()  # as between filling and laying out
        lines.action_page_up()
        lines.action_page_down()
        await session.press("ctrl+p")
        await session.pilot.pause(0.3)
        assert isinstance(session.app.screen, CommandPalette)
        session.app.screen.query_one(CommandList)._index_to_line.clear()
        await session.press("pageup")
        assert session.app.is_running
