"""The line to the terminal: a thread that sends, so that a slow line, or one that nobody reads, holds nothing up."""

from __future__ import annotations

import os
from select import select
from threading import Condition, Thread

from tui.terminal.ascii_signs import PLAIN_SIGNS
from tui.terminal.canvas import Canvas, Row
from tui.terminal.row_diff import Pen, common_ground, draw_row

CHUNK = 4096
"""Bytes sent at once: little enough for a terminal that is open without waiting."""
PATIENCE = 1.0
"""Seconds to wait at the end for a terminal that reads slowly, or not at all."""
_SYNC = {"\x1b[?2026h": True, "\x1b[?2026l": False}
"""Textual's marks of a frame's begin and end, sent where the terminal knows them."""
_SCREENS = {"\x1b[?1049h": True, "\x1b[?1049l": False}
"""What goes to the screen that programs draw on, and back to the one of the shell."""


class Line(Thread):
    """Takes what Textual writes, and sends the changes when the terminal has taken what was sent before.

    What changes again meanwhile is sent once, as it is then. Other sequences are all sent, in their order.
    """

    def __init__(self, number: int, encoding: str, canvas: Canvas, *, fills: bool = False) -> None:
        """Send what is drawn on a canvas.

        Args:
            number: the file number under which the terminal is open.
            encoding: its encoding.
            canvas: what is drawn.
            fills: whether what it erases takes the background that holds.
        """
        super().__init__(name="terminal-line", daemon=True)
        self._number, self._encoding = number, encoding
        self._canvas, self._fills = canvas, fills
        self._sent: list[Row] | None = None
        """What stands on the terminal; None when nobody knows."""
        self._size = os.terminal_size((0, 0))
        self._pending: list[str] = []
        self._is_ours = self._is_synchronised = self._is_drawn = self._is_ending = False
        self._condition = Condition()

    def write(self, data: str) -> None:
        """Take what is to be on the terminal."""
        with self._condition:
            for control in self._canvas.draw(data):
                if control in _SYNC:
                    self._is_synchronised = True
                    continue
                self._pending += [self._changes(), control]
                if control in _SCREENS:
                    self._is_ours, self._sent = _SCREENS[control], None
            self._is_drawn = True
            self._condition.notify()

    def draw_anew(self) -> None:
        """Send the whole picture again: something else may have written to the terminal."""
        with self._condition:
            self._sent, self._is_drawn = None, True
            self._condition.notify()

    def end(self) -> None:
        """Send what is left, and wait for it as long as is reasonable."""
        with self._condition:
            self._is_ending = True
            self._condition.notify()
        self.join(PATIENCE)

    def run(self) -> None:
        """Send until the end, or until the terminal is gone."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._is_drawn or self._pending or self._is_ending)
                text = "".join([*self._pending, self._changes()])
                self._pending.clear()
                is_last = self._is_ending
            if not self._send(text) or is_last:
                return

    def _changes(self) -> str:
        """Return what brings the terminal from what stands on it to what is wanted."""
        self._is_drawn = False
        canvas = self._canvas
        size = self._look_at_size()
        if size != self._size:
            self._size, self._sent = size, None
        if not canvas.rows or not self._is_ours:
            return ""
        pen = Pen(size.columns, fills=self._fills)
        wanted = canvas.rows[: size.lines]
        if self._sent is None:
            ground = common_ground(wanted, size.columns) if self._fills else ""
            pen.clear(ground)
            self._sent = [[(" ", ground)] * size.columns for _ in range(size.lines)]
        self._sent += [[] for _ in range(len(wanted) - len(self._sent))]
        for y, row in enumerate(wanted):
            if row != self._sent[y]:
                draw_row(pen, y, self._sent[y], row)
                self._sent[y] = row.copy()
        text = pen.finish(canvas.x, canvas.y)
        return f"\x1b[?2026h{text}\x1b[?2026l" if text and self._is_synchronised else text

    def _look_at_size(self) -> os.terminal_size:
        try:
            size = os.get_terminal_size(self._number)
        except OSError:
            return self._size
        return size if all(size) else os.terminal_size((80, 24))

    def _send(self, text: str) -> bool:
        """Return whether the terminal has taken it."""
        data = memoryview(text.encode(self._encoding, PLAIN_SIGNS))
        try:
            while data:
                select([], [self._number], [])
                data = data[os.write(self._number, data[:CHUNK]) :]
        except OSError:
            return False
        return True
