"""The Nth system call fails: what is said is true, and all of the work is done or none (promises P3 and P6)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.effort import Effort
from tests.sweeps.work import TASKS, Bench, Task

pytestmark = [pytest.mark.sweep, pytest.mark.programs, pytest.mark.promise("P3", "P6")]
FAULTS = {
    "write": "ENOSPC",
    "pwrite64": "ENOSPC",
    "fsync": "EIO",
    "fdatasync": "EIO",
    "rename": "EACCES",
    "openat": "EMFILE",
    "close": "EIO",
    "unlink": "EIO",
}
"""By call: what it answers. Names are given and taken by rename and link, files opened by openat."""
CHOSEN = ("import", "first import", "undo", "export to csv", "export to XLS", "contact files", "backup", "schedule")
POINTS = 3
"""Calls of one task that fail, one a time, for each unit of effort."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("calls"))


def places(bench: Bench, task: Task) -> list[tuple[str, int]]:
    """Return the calls of a task that touch its files: which, and the how manieth of its kind each is."""
    bench.reset(task)
    log = bench.folder.parent / "log"
    traced = ["strace", "-y", "-e", f"trace={','.join(FAULTS)}", "-o", str(log), *bench.command(task)]
    subprocess.run(traced, cwd=bench.folder, env=bench.variables, capture_output=True, check=True)
    counts = dict.fromkeys(FAULTS, 0)
    found = []
    for line in log.read_text(errors="replace").splitlines():
        call = re.match(r"(\w+)\((.*)", line)
        if call and call[1] in counts:
            counts[call[1]] += 1
            paths = re.sub(r"AT_FDCWD<[^>]*>, ", "", call[2])
            if any(str(folder) in paths for folder in (bench.folder, bench.home)) or re.match(r'"[^/"]', paths):
                found.append((call[1], counts[call[1]]))
    return found


@pytest.mark.parametrize("name", CHOSEN)
def test_a_call_that_fails_is_said_and_changes_nothing(name: str, bench: Bench, effort: Effort) -> None:
    task = TASKS[name]
    bench.learn(task)
    found = places(bench, task)
    assert len({call for call, _ in found}) > 3, found
    for _ in effort.rounds(POINTS, f"system calls failing during {name}"):
        call, number = effort.chance.choice([one for one in found if one[0] == effort.chance.choice(found)[0]] or found)
        what = f"{call} {number} of {name} fails with {FAULTS[call]}"
        bench.reset(task)
        fault = f"inject={call}:error={FAULTS[call]}:when={number}"
        done = subprocess.run(
            ["strace", "-e", f"trace={call}", "-e", fault, "-o", str(Path("/dev/null")), *bench.command(task)],
            cwd=bench.folder,
            env=bench.variables,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode in (0, 1, 3), (what, done)
        assert "Traceback" not in done.stderr, (what, done)
        assert done.returncode == 0 or 1 <= len(done.stderr.strip().splitlines()) <= 8, (what, done)
        states = {bench.state(task, file) for file in task.files}
        if done.returncode:
            assert states <= {"old"}, (what, states, done)
            assert bench.dump() == bench.accounts["before"], (what, done)
        else:
            assert states <= {"new"}, (what, states, done)
            assert bench.dump() == bench.accounts["after"], (what, done)
        bench.check(task, what)
