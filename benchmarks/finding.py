"""What a benchmark found, and the table of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.measure import Cost, Pair, middle

Unit = Literal["×", "s", "ms", "MB", "KB"]

_HEAD = ("what", "ours", "peer", "found", "budget", "met?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    what: str
    ours: str
    """What we took, in words."""
    peer: str = ""
    """What the peer took, in words, or why it was not measured."""
    found: float | None = None
    """The figure that the budget limits."""
    unit: Unit = "×"
    budget: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the budget is kept; None where there is none, or nothing to compare with."""
        if self.found is None or self.budget is None:
            return None
        return self.found <= self.budget

    def cells(self) -> tuple[str, ...]:
        """Return the line as texts."""
        met = {True: "yes", False: "NO", None: ""}[self.is_met]
        return (self.what, self.ours, self.peer, self._figure(self.found), self._figure(self.budget, "≤ "), met)

    def _figure(self, number: float | None, sign: str = "") -> str:
        return "" if number is None else f"{sign}{number:.3g} {self.unit}"


def of_pair(what: str, pair: Pair, peer: str, budget: float | None = None) -> Finding:
    """Return the finding for two processes: the ratio of CPU seconds counts."""
    words = f"{peer}: {cost_words(middle(pair.peer))} (by the clock {pair.wall_ratio:.2g} ×)"
    return Finding(what, cost_words(middle(pair.ours)), words, pair.cpu_ratio, "×", budget)


def not_measured(what: str, ours: str, why: str) -> Finding:
    """Return the finding where the peer is missing or too slow."""
    return Finding(what, ours, f"not measured: {why}")


def cost_words(cost: Cost) -> str:
    """Return what a process took: "0.61 s CPU, 0.65 s, 24 MB"."""
    memory = f", {cost.memory / 1e6:.0f} MB" if cost.memory else ""
    return f"{cost.cpu:.3g} s CPU, {cost.wall:.3g} s{memory}"


def as_text(findings: Sequence[Finding]) -> str:
    """Return the table for a terminal."""
    lines = [_HEAD, *(finding.cells() for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def as_markdown(findings: Sequence[Finding]) -> str:
    """Return the table for docs/performance.md."""
    lines = [_HEAD, ("---",) * len(_HEAD), *(finding.cells() for finding in findings)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
