"""Starting a child process of our own that reads a file for us: spawned, never forked, and deaf to Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess


class Child:
    """A process at work for this one. Close it, which kills it, when its answers are no longer wanted."""

    def __init__(self, work: Callable[..., None], *given: object) -> None:
        """Let a new process do `work`, a function of a module, with its end of a pipe and what else is given."""
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, *given), daemon=True)
        with _ctrl_c_held_back():
            self.process.start()
        theirs.close()

    def close(self) -> None:
        """Kill the process."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Let a child that is started in the block never hear Ctrl-C, which goes to every process of a terminal.

    The parent hears it after the block, and kills the child.
    """
    with redirect_stderr(sys.__stderr__):  # what an application puts in its place has no file to hand on
        resource_tracker.ensure_running()  # it lets Ctrl-C through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def silence() -> None:
    """Send what libraries print when they fail to nowhere: the terminal is the application's. Called in a child."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
