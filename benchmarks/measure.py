"""What a whole process costs, and two processes side by side."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

OURS = str(Path(sys.executable).with_name("partner-tui"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, its own children's included."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of both user and system. Other work on the machine changes it little, so ratios are of these."""
    memory: int = 0
    """Most bytes held at once by the process itself; at least those of this harness, about 30 MB."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same work done by us and by a peer, several times by turns."""

    ours: Sequence[Cost]
    peer: Sequence[Cost]

    @property
    def cpu_ratio(self) -> float:
        """Median of the ratios of neighbours."""
        return median(a.cpu / b.cpu for a, b in zip(self.ours, self.peer, strict=True))

    @property
    def wall_ratio(self) -> float:
        """Median of the ratios of neighbours."""
        return median(a.wall / b.wall for a, b in zip(self.ours, self.peer, strict=True))


def run(command: Sequence[str], out: Path | None = None) -> Cost:
    """Run a command to its end, its output going to `out`, and return what it cost.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    with tempfile.TemporaryFile() as said, (out or Path(os.devnull)).open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=said, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{said.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def by_turns(ours: Callable[[], Cost], peer: Callable[[], Cost], times: int) -> Pair:
    """Measure both `times` times, one after the other; before that each once, if it is to be more than once."""
    if times > 1:
        ours(), peer()
    costs = [(ours(), peer()) for _ in range(times)]
    return Pair([a for a, _ in costs], [b for _, b in costs])


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure, and the greatest memory."""
    return Cost(
        median(cost.wall for cost in costs), median(cost.cpu for cost in costs), max(cost.memory for cost in costs)
    )


def environment() -> dict[str, str]:
    """Return the environment of what is measured: a home of its own, a plain locale, a terminal with all colours."""
    home = Path(tempfile.gettempdir()) / f"partner-tui-bench-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "PYTHONPATH") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
