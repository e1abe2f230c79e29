"""Running `partner-tui` as a person or a script does: the installed program, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.nursery import Nursery

_INSTALLED = Path(sys.executable).with_name("partner-tui")

PROGRAM = (
    [str(_INSTALLED)] if _INSTALLED.exists() else [sys.executable, "-c", "from tui.__main__ import main; main()"]
)  # fmt: skip

PATIENCE = 60
"""Seconds after which a program hangs."""


@dataclass(frozen=True, slots=True)
class Done:
    """A program that ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def last_line(self) -> str:
        return self.text.splitlines()[-1]


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment without what changes Python's ways, and with `changes`; None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | changes
    return {name: value for name, value in kept.items() if value is not None}


is_nursery_wanted = True
"""Whether programs may be forked from one that has loaded them: not with `--thorough`."""


@cache
def _nursery_of(test_process: int) -> Nursery:
    return Nursery(environment())


def _nursery() -> Nursery | None:
    return _nursery_of(os.getpid()) if is_nursery_wanted and _INSTALLED.exists() else None


def run(*arguments: str | bytes | Path, variables: dict[str, str | None] | None = None, **options: Any) -> Done:
    """Run the program to its end; `options` are those of `subprocess.run`."""
    chosen = environment(**variables or {})
    if options.keys() <= {"cwd"} and (nursery := _nursery()) and nursery.can_run(chosen):
        code, out, err = nursery.run([*PROGRAM, *arguments], chosen, options.get("cwd") or Path.cwd(), PATIENCE)
        return Done(code, out, err.decode())
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    done = subprocess.run([*PROGRAM, *arguments], env=chosen, timeout=PATIENCE, check=False, **options)
    return Done(done.returncode, done.stdout or b"", (done.stderr or b"").decode())


def run_code(code: str) -> Done:
    """Run a few lines of Python that change something and then run the program."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=PATIENCE, check=False)
    return Done(done.returncode, done.stdout, done.stderr.decode())


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the program, with stdout and stderr on pipes."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen([*PROGRAM, *arguments], env=environment(), **options)


def shell(line: str, **variables: str) -> Done:
    """Run a line of bash in which "$@" is the program."""
    done = subprocess.run(
        ["bash", "-c", line, "bash", *PROGRAM],
        env=environment(**variables),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


def assert_refused(done: Done, code: int, *words: str) -> None:
    """Check that a command ended with a code and one to three plain lines, which hold these words."""
    assert done.code == code, done.err
    lines = done.err.splitlines()
    assert 1 <= len(lines) <= 3
    assert "Traceback" not in done.err
    assert done.out == b""
    for word in words:
        assert word in done.err
