"""Themes: every text can be read on its ground, and nothing is told by colour alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.database import Database
from tests.contrast import MARK, TEXT, contrast
from tests.tui.application import opened
from tests.tui.looks import look, segments, walk
from tests.tui.painting import strips
from tests.tui.sent import COLOUR_SYSTEMS, Look, Screen, Terminal, screen_of, terminals
from tui.theme_names import CHOICES, TERMINAL

GROUNDS = list(terminals())


def faint(screen: Screen, terminal: Terminal, least_of_text: float) -> set[tuple[str, float, Look]]:
    """Return the characters whose contrast with their ground is too low: text, and signs that tell something."""
    found = set()
    for cell in set(screen.cells.values()):
        if cell.character.isspace():
            continue
        ratio = contrast(*cell.colours(terminal))
        if ratio < (least_of_text if cell.character.isalnum() else MARK):
            found.add((terminal.name, round(ratio, 2), cell))
    return found


@pytest.mark.parametrize("theme", CHOICES)
async def test_every_cell_of_every_screen_can_be_read(
    database: Database, exports: Path, theme: str, snapshot: SnapshotAssertion
) -> None:
    is_terminals_own = theme == TERMINAL
    looks, too_faint = {}, set()
    async for name, session in walk(database, theme, exports):
        looks[name] = look(segments(session))
        for system in ("standard", "256") if is_terminals_own else COLOUR_SYSTEMS:
            for terminal in GROUNDS if is_terminals_own else GROUNDS[:1]:
                found = faint(screen_of(session, system), terminal, MARK if is_terminals_own else TEXT)
                too_faint |= {(name, system, *what) for what in found}
    assert not too_faint
    assert looks == snapshot


@pytest.mark.parametrize("keys", [["2"], ["r"], ["3"], ["4"], ["6"]], ids="+".join)
async def test_without_colours_what_is_chosen_still_stands_out(
    database: Database, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(database, (100, 40)) as session:
        await session.press(*keys)
        assert session.app.focused is not None
        region = session.app.focused.region
        here = strips(session.app)[region.y : region.bottom]
        styles = {
            (segment.style.reverse, segment.style.bold, str(segment.style.bgcolor))
            for strip in here
            for segment in strip.crop(region.x, region.right)
            if segment.style and segment.text.strip()
        }
        colours = [part.color for strip in here for segment in strip if (part := segment.style) and part.color]
        assert len(styles) > 1 or len(here) == 1
        assert all(len(set(colour.get_truecolor())) == 1 for colour in colours), "NO_COLOR leaves greys only"
