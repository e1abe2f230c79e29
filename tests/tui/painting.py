"""Painting when a test looks: under a pilot no terminal takes the frames, so that nobody sees what is not looked at.

Textual paints a frame for each change, and throws it away where there is no terminal. That was half of the work that a
pressed key made. Here a screen keeps what is to be painted until a test asks for it, and paints it then as it would
have. `make test-all` paints every frame, as people's terminals get them (`--thorough`), and so do the tests of what
is painted when; random keys and hostile texts are painted always.
"""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

_paint_frame = Compositor.render_update


def strips(app: App[Any]) -> list[Strip]:
    """Return what is on the screen, line by line: what lies under a dialogue too."""
    paint(app)
    return app.screen._compositor.render_strips()[: app.size.height]


def paint(app: App[Any]) -> None:
    """Paint what has changed since the screen was last painted."""
    compositor = app.screen._compositor
    if compositor._dirty_regions:
        _paint_frame(compositor, screen_stack=app._background_screens)


def _keep_for_later(
    compositor: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> RenderableType | None:
    """Stand in for what paints a frame; what has changed stays noted, but for a picture of the whole screen."""
    return _paint_frame(compositor, full, screen_stack, simplify) if full else None


@pytest.fixture
def every_frame() -> None:
    """Have a test painted as people's terminals are: for tests of what is painted when, and of the mouse."""


@pytest.fixture(autouse=True)
def _painted_when_looked_at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "every_frame" not in request.fixturenames and not request.config.getoption("--thorough"):
        monkeypatch.setattr(Compositor, "render_update", _keep_for_later)
