"""Talk on stderr, which never mixes with the data on stdout; and the few lines of talk that are data."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from typing import Any, Self

import click

from core.text.terminal_text import neutral
from core.work import Work
from tui.cli.ending import end_if_asked, is_asked_to_end

_AT_MOST_EVERY = 0.2
"""Seconds between two lines of progress."""


def say(line: str) -> None:
    """Say one line, harmless to a terminal. A stderr that cannot be written is no reason to fail."""
    with suppress(OSError):
        print(neutral(line), file=sys.stderr)


def put(line: str = "", head: str = "") -> None:
    """Print one line of data for people on stdout, harmless to a terminal; `head` stands before it in bold."""
    click.echo((click.style(neutral(head), bold=True) if head else "") + neutral(line))


def put_path(path: str) -> None:
    """Print a path on stdout: byte for byte for a script, harmless to a terminal."""
    if sys.stdout.isatty():
        print(neutral(path))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(os.fsencode(path) + b"\n")


def put_json(value: Any) -> None:
    """Print JSON on stdout, in ASCII: whole in any encoding, and harmless to a terminal."""
    print(json.dumps(value, indent=2))


class Progress(Work):
    """Work of a command: a line counts its rows while it lasts over half a second; only where stderr is a terminal."""

    def __init__(self, doing: str) -> None:
        """Begin; `doing` says what is done to the rows, such as "written"."""
        super().__init__(unwanted=is_asked_to_end)
        self._doing = doing
        self._shown = False
        self._next = time.monotonic() + 0.5
        self._wanted = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def check(self) -> None:
        """Go on unless a signal asked the command to end.

        Raises:
            Ended: one did.
        """
        end_if_asked()

    def tick(self, rows: int, of: int | None = None) -> None:
        """Show the count now and then.

        Raises:
            Ended: a signal asked the command to end.
        """
        self.check()
        self.rows, self.of = rows, of
        if self._wanted and time.monotonic() >= self._next:
            print(f"\r{rows:,} rows {self._doing} …", end="", file=sys.stderr, flush=True)
            self._shown = True
            self._next = time.monotonic() + _AT_MOST_EVERY

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
