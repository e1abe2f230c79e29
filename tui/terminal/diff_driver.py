"""Textual's driver for Linux and macOS, with our own line to the terminal."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, Protocol, TextIO, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.canvas import Canvas
from tui.terminal.input_filter import Received
from tui.terminal.session import fills_what_it_erases
from tui.terminal.writer import Line

_EVERY_MOVEMENT, _CLICKS_AND_DRAGS = "\x1b[?1003", "\x1b[?1002"
STDOUT = 1
"""Where the terminal is: the application starts only if this is one."""


class DiffDriver(LinuxDriver):
    """Sends what changed, and never waits for the terminal."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Drive `app`."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._canvas = Canvas()
        """Outlives the lines: after a suspension the picture is there at once."""
        self._line: Line | None = None
        cast(_Driven, app).terminal = self

    def start_application_mode(self) -> None:
        """Open the line, then begin."""
        self._line = Line(STDOUT, _encoding(sys.__stdout__), self._canvas, fills=fills_what_it_erases())
        self._line.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Put something on the terminal: a frame, or a sequence of another kind.

        Of the mouse only clicks and drags are asked for: a slow line may cut the report of a movement in two.
        """
        if self._line is not None:
            self._line.write(data.replace(_EVERY_MOVEMENT, _CLICKS_AND_DRAGS))

    def draw_anew(self) -> None:
        """Put the whole picture on the terminal again: something else may have written there."""
        if self._line is not None:
            self._line.draw_anew()

    def run_input_thread(self) -> None:
        """Read what the terminal sends, cleaned."""
        terminal = self.fileno
        with Received(terminal, _encoding(sys.__stdin__), _hang_up) as received:
            self.fileno = received.fileno
            try:
                super().run_input_thread()
            finally:
                self.fileno = terminal

    def close(self) -> None:
        """End the line, with all that was written."""
        super().close()
        if self._line is not None:
            self._line.end()


class _Driven(Protocol):
    """An application that is told of its terminal."""

    terminal: DiffDriver | None


def _encoding(stream: TextIO | None) -> str:
    return stream.encoding if stream is not None else "utf-8"


def _hang_up() -> None:
    """End as when the line drops; not every system tells of it when the terminal goes."""
    os.kill(os.getpid(), signal.SIGHUP)
