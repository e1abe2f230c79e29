"""SIGKILL at random moments: all of it is done or none, and nothing stays behind (promises P2 and P3)."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from tests.effort import Effort
from tests.sweeps.work import TASKS, Bench

pytestmark = [pytest.mark.sweep, pytest.mark.promise("P2", "P3")]
MOMENTS = 3


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("name", TASKS)
def test_killed_at_any_moment(name: str, bench: Bench, effort: Effort) -> None:
    task = TASKS[name]
    began = time.monotonic()
    bench.learn(task)
    takes = time.monotonic() - began
    for number in effort.rounds(MOMENTS, f"kills during {name}"):
        bench.reset(task)
        child = subprocess.Popen(
            bench.command(task),
            cwd=bench.folder,
            env=bench.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(effort.chance.uniform(0.4, 1.05) * takes)  # before, Python is still starting
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        bench.check(task, f"kill {number} of {name}")
