"""Programs that are forked from a process which has loaded them, so that not each of a thousand runs loads them anew.

A run is a process of its own all the same: with its own folder, environment and pipes, and it ends as Python ends.
`make test-all` starts each anew (`--thorough`), as people do, and so does every test that asks for more than is here:
another language, signals, other streams, a terminal.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = ("exporters.formats", "exporters.run", "jinja2", "lxml.html", "openpyxl", "python_calamine", "httpx2")
"""What commands load when they need it."""
OF_A_START = ("LANG", "LANGUAGE", "LC_")
"""Variables that begin so are read when Python starts."""


class Nursery:
    """The process that programs are forked from, as tests see it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start it; it ends when this process does."""
        self._of_a_start = _of_a_start(environment)
        self._channel, theirs = socket.socketpair()
        with theirs:
            code = (
                f"import sys; sys.path[0] = {str(ROOT)!r}; from tests.cli.nursery import serve; serve(int(sys.argv[1]))"
            )
            command = [sys.executable, "-c", code, str(theirs.fileno())]
            self._process = subprocess.Popen(command, env=environment, cwd=ROOT, pass_fds=[theirs.fileno()])
        atexit.register(self._end)

    def _end(self) -> None:
        self._channel.close()
        self._process.wait()

    def can_run(self, environment: Mapping[str, str]) -> bool:
        """Return whether a program in this environment is as if it were started anew."""
        return _of_a_start(environment) == self._of_a_start

    def run(
        self, command: Sequence[str | bytes | Path], environment: Mapping[str, str], folder: Path | str, patience: float
    ) -> tuple[int, bytes, bytes]:
        """Run a program to its end, without input; return its code, stdout and stderr.

        Raises:
            TimeoutExpired: it took longer than `patience` seconds.
        """
        words = [os.fsdecode(word) for word in command]
        request = {"words": words, "variables": {**environment}, "folder": str(folder)}
        ours, theirs = zip(*(os.pipe() for _ in range(3)), strict=True)
        with tempfile.TemporaryFile() as asked:
            asked.write(json.dumps(request).encode())
            asked.seek(0)
            socket.send_fds(self._channel, [b"."], [asked.fileno(), *theirs])
        for end in theirs:
            os.close(end)
        out, err, told = _read_to_the_end(ours, time.monotonic() + patience)
        process, *code = told.split()
        if not code:
            os.kill(int(process), signal.SIGKILL)
            raise subprocess.TimeoutExpired(command, patience, out, err)
        return int(code[0]), out, err


def _of_a_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(OF_A_START)}


def _read_to_the_end(pipes: Sequence[int], until: float) -> list[bytes]:
    """Return what comes through pipes until all are closed, or it is too late."""
    read = dict.fromkeys(pipes, b"")
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map() and (ready := selector.select(max(0.0, until - time.monotonic()))):
            for key, _ in ready:
                if part := os.read(key.fd, 1 << 16):
                    read[key.fd] += part
                else:
                    selector.unregister(key.fd)
    for pipe in pipes:
        os.close(pipe)
    return list(read.values())


# In the nursery


def serve(channel: int) -> None:
    """Load the program, then be one run of it for each request, in processes of their own, until nobody can ask."""
    from tui.cli.main import COMMANDS

    for module in {*LOADED, "tui.__main__", *(place.partition(":")[0] for place in COMMANDS.values())}:
        import_module(module)
    gc.freeze()  # what is loaded need not be looked through when a run ends: it would be copied for that
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=channel) as requests:
        while True:
            _, descriptors, _, _ = socket.recv_fds(requests, 1, 4)
            if not descriptors:
                _bury()
                return
            if os.fork() == 0:
                break
            for descriptor in descriptors:
                os.close(descriptor)
            _bury()
    asked, stdout, stderr, told = descriptors
    process = os.fork()
    if process:
        _watch(process, told, stdout, stderr)
    os.close(told)
    with os.fdopen(asked, "rb") as file:
        request = json.load(file)
    _become(request["words"], request["variables"], request["folder"], stdout, stderr)
    from tui.__main__ import main

    main()


def _bury() -> None:
    """Let go of the processes that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watch(process: int, told: int, *unused: int) -> None:
    """Tell the number of a process, and how it has ended; end."""
    for descriptor in unused:
        os.close(descriptor)
    os.write(told, f"{process}\n".encode())
    _, status = os.waitpid(process, 0)
    os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(words: list[str], variables: Mapping[str, str], folder: str, stdout: int, stderr: int) -> None:
    """Make this process one that was just started so."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    sys.argv, sys.path[0] = words, str(Path(words[0]).parent)
    for place, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), stdout, stderr)):
        os.dup2(descriptor, place)
        os.close(descriptor)
    for name, place in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        usual = getattr(sys, f"__{name}__")
        raw = io.FileIO(place, "rb" if place == 0 else "wb", closefd=False)
        buffer = io.BufferedReader(raw) if place == 0 else io.BufferedWriter(raw)
        stream = io.TextIOWrapper(buffer, usual.encoding, usual.errors, "\n", line_buffering=place == 2)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
