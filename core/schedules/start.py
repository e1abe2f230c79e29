"""Running a schedule beside a screen, in a process of its own: the very one that its timer starts."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from core.errors import WorkFailed
from core.schedules.installed import run_command
from core.schedules.schedules import Schedule
from core.work import Work

_BETWEEN_LOOKS = 0.05
"""Seconds between two looks whether the run has ended, or is no longer wanted."""


def run_beside(schedule: Schedule, database: Path, work: Work) -> str:
    """Run a schedule to its end, and return what it says.

    Raises:
        Cancelled: it was no longer wanted; it was ended and has undone what it began.
        WorkFailed: it could not be started, or failed.
    """
    command = run_command(schedule, database)
    try:
        child = subprocess.Popen(  # noqa: S603 - our own program, and no shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        raise WorkFailed(f"{command[0]} cannot be started: {error.strerror}.") from error
    with child:
        while child.poll() is None:
            if work.is_unwanted():
                child.terminate()
            time.sleep(_BETWEEN_LOOKS)
        said = (child.stdout.read() if child.stdout else "").strip()
    work.check()
    if child.returncode:
        raise WorkFailed(said or f"The run ended with {child.returncode}.")
    return said
