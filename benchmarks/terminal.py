"""A program on a pseudo-terminal: when it shows something, and how many bytes it sends for a key."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.measure import Cost, environment

KEYS = {
    "down": b"\x1bOB",
    "end": b"\x1bOF",
    "pagedown": b"\x1b[6~",
    "escape": b"\x1b",
    "ctrl+p": b"\x10",
}
"""Keys by name, as a terminal sends them to a program that asked for its keypad; any other name is sent as written."""

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
"""What tells a program that it is watched through a line."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a terminal, in characters."""

    columns: int
    lines: int


class Program:
    """A command on a pseudo-terminal of its own; use `with`, at whose end it is killed."""

    def __init__(self, command: Sequence[str], size: Size, **variables: str) -> None:
        """Start `command`, with `variables` in its environment."""
        self._begun = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size.lines, size.columns, 0, 0))
            os.execvpe(command[0], list(command), environment() | variables)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Kill it: a bare Textual application does not end when it is hung up, but spins."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    @property
    def terminal(self) -> int:
        """The file number of our end of the terminal."""
        return self._terminal

    def until_shown(self, word: str, patience: float = 60) -> Cost:
        """Wait until `word` is sent to the terminal, and return what was taken from the start on.

        Raises:
            RuntimeError: it was not within `patience` seconds.
        """
        wanted, sent, end = word.encode(), b"", time.perf_counter() + patience
        while wanted not in sent:
            if time.perf_counter() > end or (not (new := self._read(1)) and self._has_ended()):
                raise RuntimeError(f"'{word}' was never shown; the end of what was: {sent[-500:]!r}")
            sent += new
        return Cost(time.perf_counter() - self._begun, self._cpu(), self.memory())

    def bytes_until_quiet(self, patience: float, quiet: float = 0.3) -> int:
        """Return how much is sent until nothing has come for `quiet` seconds, the first wait being `patience`.

        A cursor that blinks never rests: after 10 more seconds this ends anyhow.
        """
        count, wait, end = 0, patience, time.perf_counter() + patience + 10
        while time.perf_counter() < end and (new := self._read(wait)):
            count += len(new)
            wait = quiet
        return count

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._terminal, KEYS.get(key, key.encode()))

    def bytes_of(self, key: str, quiet: float = 0.3) -> int:
        """Press a key and return how many bytes came for it."""
        self.press(key)
        return self.bytes_until_quiet(1, quiet)

    def settle(self) -> int:
        """Wait until it has taken no CPU for a second, and return how much was sent meanwhile."""
        count, before = 0, -1.0
        while (now := self._cpu()) > before:
            before = now
            count += self.bytes_until_quiet(1)
        return count

    def memory(self) -> int:
        """Return the most bytes it has held so far."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    def _cpu(self) -> float:
        """Return the seconds of CPU it has taken so far."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def _read(self, wait: float) -> bytes:
        """Return what comes within `wait` seconds; nothing also if the program has ended."""
        if not select.select([self._terminal], [], [], wait)[0]:
            return b""
        try:
            return os.read(self._terminal, 1 << 16)
        except OSError:  # so says a terminal whose program has ended
            return b""

    def _has_ended(self) -> bool:
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
