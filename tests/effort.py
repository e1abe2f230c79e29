"""How much is tried: by properties, and by sweeps, which have a seed each and say at the end what they tried."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import hypothesis
import pytest

USUAL = 100
"""Examples of a property in make test-all: Hypothesis' own number."""

hypothesis.settings.register_profile("few", deadline=None, derandomize=True, max_examples=USUAL * 2 // 5)
hypothesis.settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=USUAL)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=USUAL * 50)
hypothesis.settings.load_profile("few")


def examples(count: int) -> hypothesis.settings:
    """Return settings for a property whose examples cost more, or less, than others do.

    Args:
        count: how many `make test-all` tries; `make test` tries fewer, as of all, and `make fuzz` ten times more.
    """
    return hypothesis.settings(max_examples=round(count * min(10, hypothesis.settings.default.max_examples / USUAL)))


SECONDS = 6.0
"""How long one sweep goes on at most for each unit of effort; on a busy machine it then tries less, and says so."""


class Effort:
    """What one sweep may try, and has tried."""

    def __init__(self, request: pytest.FixtureRequest, times: int, seed: str) -> None:
        """Give `times` as much as `make test-all` does."""
        self._request = request
        self.times = times
        self.chance = random.Random(f"{seed} {request.node.name}")
        """The same numbers for each run with this seed."""

    def rounds(self, count: int, what: str) -> Iterator[int]:
        """Yield numbers from 0, `count` for each unit of effort, one at least, and count each that is gone through."""
        end = time.monotonic() + SECONDS * self.times
        for number in range(count * self.times):
            if number and time.monotonic() > end:
                return
            yield number
            self.tried(what)

    def tried(self, what: str, count: int = 1) -> None:
        """Count what was tried and has held."""
        self._request.node.user_properties.append((what, count))


@pytest.fixture
def effort(request: pytest.FixtureRequest) -> Effort:
    """Return what a sweep may try."""
    return Effort(request, request.config.getoption("--effort"), request.config.getoption("--seed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of sweeps, and the one that has the default tests spare nothing."""
    group = parser.getgroup("sweeps")
    group.addoption("--effort", type=int, default=1, help="how many times more sweeps try than in make test-all")
    group.addoption("--seed", default="0", help="any text: another one has sweeps try other things")
    group.addoption(
        "--thorough", action="store_true", help="paint all frames, start all programs anew, try more examples"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what sweeps have tried."""
    tried: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            if report.when == "call":
                for what, count in report.user_properties:
                    tried[what] += count
    if tried:
        terminalreporter.section("tried and held")
        for what, count in sorted(tried.items()):
            terminalreporter.line(f"{count:>7,}  {what}")
