"""Every width and height: what does not fit is cut with "…", and what one can press is in sight."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, OptionList

from core.database import Database
from tests.tui.application import Session, opened
from tests.tui.test_tried_keys import STATES

SIZES = [(60, 16), (80, 24), (100, 30), (119, 20), (120, 40), (128, 24), (250, 70)]
pytestmark = pytest.mark.usefixtures("exports")


async def give_size(session: Session, size: tuple[int, int]) -> None:
    """Resize the terminal, and wait until the screen has its new size."""
    await session.pilot.resize_terminal(*size)
    while session.app.screen.size != size:
        await session.pilot.pause()
    await session.settle()


def faults(session: Session) -> list[str]:
    """Return what is wrong with how the screen fits into the terminal."""
    screen = session.app.screen
    width = screen.size.width
    seen = [widget for widget in screen.query(Widget) if all(node.display for node in widget.ancestors_with_self)]
    found = [f"{widget} reaches to {widget.region.right}" for widget in seen if widget.region.right > width]
    found += [f"{widget} is out of sight" for widget in seen if isinstance(widget, Button) and not in_sight(widget)]
    found += [f"a line of {widget} wraps" for widget in seen if isinstance(widget, OptionList) and wraps(widget)]
    return found


def in_sight(button: Button) -> bool:
    """Return whether all of a button is shown, by the screen and by all that it is in; what scrolls leads to it."""
    around = [node for node in button.ancestors if isinstance(node, Widget)]
    return any(isinstance(node, VerticalScroll) and node.max_scroll_y for node in around) or all(
        node.region.contains_region(button.region) for node in around
    )


def wraps(lines: OptionList) -> bool:
    """Return whether an entry of a list takes more lines than it has."""
    own = sum(len(str(option.prompt).split("\n")) for option in lines.options)
    return lines.virtual_size.height > max(own, lines.size.height)


@pytest.mark.parametrize("name", STATES)
async def test_every_place_fits_every_size(database: Database, name: str) -> None:
    async with opened(database) as session:
        await session.press(*STATES[name])
        for size in SIZES:
            await give_size(session, size)
            assert not faults(session), f"{size}\n{session.text()}"
