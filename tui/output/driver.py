"""Textual's driver for Linux and macOS, with our own line to the terminal."""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.output.line import Line

STDOUT = 1
"""Where the terminal is: the application starts only if this is one."""


class LeanDriver(LinuxDriver):
    """Sends what changed, and never waits for the terminal."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Drive `app`."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line: Line | None = None

    def start_application_mode(self) -> None:
        """Open the line, then begin."""
        self._line = Line(STDOUT, sys.__stdout__.encoding if sys.__stdout__ else "utf-8")
        self._line.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Put something on the terminal: a frame, or a sequence of another kind."""
        if self._line is not None:
            self._line.write(data)

    def close(self) -> None:
        """End the line, with all that was written."""
        super().close()
        if self._line is not None:
            self._line.end()
