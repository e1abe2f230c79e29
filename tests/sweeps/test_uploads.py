"""SIGKILL at random moments of an upload: whoever goes on with it sends each contact once (promises P3 and P4)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter

import pytest

from tests.cli.running import PROGRAM, environment
from tests.effort import Effort
from tests.vendor.programs import Program, accounts

pytestmark = [pytest.mark.sweep, pytest.mark.promise("P3", "P4")]


def test_killed_at_any_moment_of_an_upload(program: Program, effort: Effort) -> None:
    program.have_accounts(accounts(30))
    program.log_in()
    for number in effort.rounds(2, "kills during an upload"):
        name = f"List {number}"
        assert program("lists", "new", name, "--where", "status = Open").code == 0
        before = len(program.vendor.files)
        child = subprocess.Popen(
            [*PROGRAM, "--db", str(program.database), "lists", "upload", name, "--yes"],
            env=environment(**program.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=program.folder,
        )
        time.sleep(effort.chance.uniform(0.2, 1.2))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        done = program("lists", "upload", name, "--yes")
        assert done.code == 0, done
        sent = Counter(
            line.split(b",")[0] for file in program.vendor.files[before:] for line in file.splitlines()[1:] if line
        )
        if child.returncode < 0:
            assert len(sent) == 30, (number, done)
            assert set(sent.values()) == {1}, (number, done)
