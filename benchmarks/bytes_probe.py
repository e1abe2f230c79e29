"""How many bytes a program sends to the terminal for each key: what a person waits for on a slow line.

    python benchmarks/bytes_probe.py [--size 160x50] [--before KEYS] -- COMMAND...

The command is run on a pseudo-terminal. It is given time to show its first screen; then `--before` (keys by name,
joined by commas) leads to the table to be measured, and each of `ACTIONS` is pressed and everything sent is counted.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import termios
from dataclasses import dataclass

KEYS = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pagedown": b"\x1b[6~",
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
}
"""Keys by name; any other name is sent as it is written."""


@dataclass(frozen=True, slots=True)
class Action:
    """A key pressed several times, of which the mean is told."""

    name: str
    key: str
    times: int


ACTIONS = (
    Action("cursor down", "down", 5),
    Action("column right", "right", 2),
    Action("page down", "pagedown", 3),
    Action("cursor down, two pages long", "down", 96),
    Action("last row", "end", 1),
)


class Program:
    """A command on a pseudo-terminal."""

    def __init__(self, command: list[str], columns: int, lines: int) -> None:
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], command)

    def bytes_until_quiet(self, patience: float, quiet: float = 0.3) -> int:
        """Return how much is sent until nothing has come for `quiet` seconds, the first wait being `patience`."""
        count = 0
        wait = patience
        while select.select([self._terminal], [], [], wait)[0]:
            try:
                count += len(os.read(self._terminal, 1 << 16))
            except OSError:  # the program has ended
                break
            wait = quiet
        return count

    def press(self, key: str) -> int:
        """Press a key and return how many bytes came for it."""
        os.write(self._terminal, KEYS.get(key, key.encode()))
        return self.bytes_until_quiet(0.5)

    def end(self) -> None:
        """Hang up."""
        os.close(self._terminal)
        os.kill(self._pid, signal.SIGHUP)
        os.waitpid(self._pid, 0)


def measure(command: list[str], columns: int, lines: int, before: list[str]) -> dict[str, float]:
    """Return the bytes of the start and, for each action, the mean bytes of a key."""
    program = Program(command, columns, lines)
    found: dict[str, float] = {"start": program.bytes_until_quiet(10, quiet=1.5)}
    for key in before:
        program.press(key)
    for action in ACTIONS:
        found[action.name] = sum(program.press(action.key) for _ in range(action.times)) / action.times
    program.end()
    return found


def main() -> None:
    """Measure one command and print what was found."""
    parser = argparse.ArgumentParser(description="Bytes sent to the terminal for each key.")
    parser.add_argument("--size", default="160x50", help="columns and lines")
    parser.add_argument("--before", default="", help="keys that lead to the table, joined by commas")
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    columns, lines = map(int, given.size.split("x"))
    for name, count in measure(given.command, columns, lines, [key for key in given.before.split(",") if key]).items():
        print(f"{name:<30} {count:>10,.0f}")


if __name__ == "__main__":
    main()
