"""Typing over a slow line: what a person waits for beyond the line itself."""

from __future__ import annotations

import os
import select
import time
from collections import deque
from collections.abc import Iterator
from statistics import median

from benchmarks.data import Accounts
from benchmarks.finding import Finding
from benchmarks.keys import ROWS
from benchmarks.measure import OURS
from benchmarks.plan import Plan
from benchmarks.terminal import OVER_SSH, Program, Size

ROUND_TRIP = 0.3
"""Seconds that the line takes there and back."""
BETWEEN_KEYS = 0.12
TYPED = "company ~ bakery and list_size > 500"
BUDGET = 0.1
"""Seconds beyond the line's own, for the slowest of the keys."""


class SlowLine:
    """A relay that hands on what comes from either side half a round trip later, in order."""

    def __init__(self, program: Program) -> None:
        """Stand between a person and a program."""
        self._program = program
        self._up: deque[tuple[float, bytes]] = deque()
        self._down: deque[tuple[float, bytes]] = deque()

    def press(self, key: bytes) -> None:
        """Put a key on the line."""
        self._up.append((time.perf_counter() + ROUND_TRIP / 2, key))

    def arrived(self, until: float) -> Iterator[tuple[float, bytes]]:
        """Relay until a moment; yield what arrives at the person's side, and when."""
        while (now := time.perf_counter()) < until:
            while self._up and self._up[0][0] <= now:
                os.write(self._program.terminal, self._up.popleft()[1])
            while self._down and self._down[0][0] <= now:
                yield now, self._down.popleft()[1]
            if select.select([self._program.terminal], [], [], 0.002)[0]:
                data = os.read(self._program.terminal, 1 << 16)
                self._down.append((time.perf_counter() + ROUND_TRIP / 2, data))


def slow_line(plan: Plan) -> Iterator[Finding]:
    """Type a condition into the filter's field, one letter after the other, and time what comes back for each."""
    accounts = Accounts(min(ROWS, plan.opened))
    with Program([OURS, "--db", str(accounts.database)], Size(160, 50), **OVER_SSH) as program:
        program.until_shown("partnership")
        program.press("2")
        program.until_shown(f"{accounts.count:,} ")
        program.bytes_of("f", quiet=1)
        line = SlowLine(program)
        waits = [_wait(line, letter) for letter in TYPED]
    beyond = [max(wait - ROUND_TRIP, 0) * 1e3 for wait in waits]
    words = f"{median(beyond):.0f} ms beyond the line; the slowest {max(beyond):.0f} ms"
    yield Finding(
        f"typing in the filter, a line of {ROUND_TRIP * 1e3:.0f} ms", words, "", max(beyond), "ms", BUDGET * 1e3
    )


def _wait(line: SlowLine, letter: str) -> float:
    """Press a letter and return how long it took until something came back for it; at most a second."""
    begun = time.perf_counter()
    line.press(letter.encode())
    first = begun + 1
    for moment, _ in line.arrived(begun + ROUND_TRIP + BETWEEN_KEYS):
        first = min(first, moment)
    return first - begun
