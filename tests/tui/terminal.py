"""The program on a pseudo-terminal, whose screen is kept by another terminal emulator."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

RESTORED = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?2004l")
"""What leaves the alternate screen, shows the cursor, and lets go of the mouse and of pastes."""
PATIENCE = 60.0
"""Seconds for anything to come: only a test that fails waits so long."""


class Terminal:
    """A command, what it has sent, and what stands on the screen; use `with`, at whose end it is hung up."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] = os.environ, size: tuple[int, int] = (80, 24)
    ) -> None:
        columns, lines = size
        self.child = pexpect.spawn(
            command[0], list(command[1:]), env=dict(environment), dimensions=(lines, columns), timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        self.sent = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def read(self, patience: float = 0.1) -> bool:
        """Take what is there; return whether the command still runs its terminal."""
        try:
            data = self.child.read_nonblocking(1 << 16, patience)
        except pexpect.TIMEOUT:
            return True
        except (pexpect.EOF, OSError):
            return False
        self.sent += data
        self._stream.feed(_known_to_pyte(data))
        return True

    def wait_until(self, is_so: Callable[[], bool], wanted: str = "it") -> None:
        """Wait until something is so, taking what is sent meanwhile; `wanted` says what never came."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            is_open = self.read(0.01)
            assert is_open or is_so(), f"ended without {wanted}:\n{self.text()}"
            assert time.monotonic() < end, f"{wanted} never came:\n{self.text()}"

    def wait_for(self, *words: str) -> None:
        """Wait until all `words` stand on the screen."""
        self.wait_until(lambda: all(word in self.text() for word in words), str(words))

    def wait_until_gone(self, *words: str) -> None:
        """Wait until none of `words` stands on the screen."""
        self.wait_until(lambda: not any(word in self.text() for word in words), f"the end of {words}")

    def settled(self, quiet: float = 0.5) -> str:
        """Return what stands on the screen once nothing has been sent for `quiet` seconds."""
        end = time.monotonic() + PATIENCE
        count = -1
        while count != len(self.sent):
            count = len(self.sent)
            assert self.read(quiet), f"ended:\n{self.text()}"
            assert time.monotonic() < end, f"never came to rest:\n{self.text()}"
        return self.text()

    def press(self, keys: str) -> None:
        """Press keys, as the terminal sends them."""
        os.write(self.child.fileno(), keys.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.child.setwinsize(lines, columns)
        self._screen.resize(lines, columns)

    def ended(self) -> int | None:
        """Wait for the end and return the exit code."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"did not end:\n{self.text()}"
        self.child.wait()
        return self.child.exitstatus

    def is_restored(self) -> bool:
        """Return whether all modes were put back."""
        return all(sequence.encode() in self.sent for sequence in RESTORED)


def _known_to_pyte(data: bytes) -> bytes:
    """Return what was sent without what pyte takes for text: settings of the keyboard."""
    for sequence in (b"\x1b[>25u", b"\x1b[<u", b"\x1b[?2026$p", b"\x1b[?2048$p"):
        data = data.replace(sequence, b"")
    return data


def is_running(process: int) -> bool:
    """Return whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_ended(process: int) -> float:
    """Wait until a process is gone, and return how many seconds of the processor it took meanwhile."""
    end = time.monotonic() + PATIENCE
    begun = taken = _processor_time(process)
    while is_running(process):
        assert time.monotonic() < end, f"process {process} still runs"
        taken = max(taken, _processor_time(process))
        time.sleep(0.01)
    return taken - begun


def _processor_time(process: int) -> float:
    """Return the seconds of the processor that a process has taken so far; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
