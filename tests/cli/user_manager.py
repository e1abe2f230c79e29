"""A manager of systemd for the person who runs the tests, begun by hand: it needs no machine that systemd has booted.

It lives in a mount namespace in which the machine looks as though systemd had booted it, and in a control group of its
own, which is all that it sees of them; so it touches nothing of the machine, and ends with the test. It needs root.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, environment

MANAGER = "/lib/systemd/systemd"

_BEGIN = f"""
set -e
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir /run/systemd/system
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir "/sys/fs/cgroup/$1"
echo $$ > "/sys/fs/cgroup/$1/cgroup.procs"
exec unshare --cgroup --mount sh -ec '
umount /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec {MANAGER} --user'
"""

_END = """
set -e
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd "/sys/fs/cgroup/$1"
echo 1 > cgroup.kill
while grep -q . $(find . -name cgroup.procs); do sleep 0.05; done
find . -depth -mindepth 1 -type d -exec rmdir {} +
cd ..
rmdir "$1"
"""


_TRY = """
set -e
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir "/sys/fs/cgroup/$1"
rmdir "/sys/fs/cgroup/$1"
exec unshare --cgroup --mount true
"""


@cache
def can_run() -> bool:
    """Whether one can be had here: not everyone is let into namespaces and control groups, as within a container."""
    command = ["unshare", "--mount", "sh", "-c", _TRY, "sh", f"partner-tui-try-{os.getpid()}"]
    try:
        return Path(MANAGER).exists() and not subprocess.run(command, capture_output=True, check=False).returncode
    except FileNotFoundError:
        return False


@contextmanager
def user_manager() -> Iterator[dict[str, str]]:
    """Run one for the block; yield the variables by which programs find it.

    It looks for units where XDG_CONFIG_HOME says when this is called.
    """
    with tempfile.TemporaryDirectory(prefix="run-") as folder:  # short: the name of a socket has few characters
        variables = {"XDG_RUNTIME_DIR": folder}
        group = f"partner-tui-{Path(folder).name}"
        log = Path(folder) / "log"
        with log.open("w") as said:
            manager = subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", _BEGIN, "sh", group],
                env=environment(**variables, DBUS_SESSION_BUS_ADDRESS=None),
                stdout=said,
                stderr=said,
            )
        try:
            _wait_for(manager, variables, log)
            yield variables
        finally:
            manager.terminate()
            subprocess.run(["unshare", "--mount", "sh", "-c", _END, "sh", group], check=False, timeout=PATIENCE)
            manager.wait(PATIENCE)


def _wait_for(manager: subprocess.Popen[bytes], variables: dict[str, str], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    command = ["systemctl", "--user", "show", "--property=SystemState"]
    while True:
        asked = subprocess.run(command, env=environment(**variables), capture_output=True, text=True, check=False)
        if asked.stdout.strip() in ("SystemState=running", "SystemState=degraded"):
            return
        assert manager.poll() is None, f"the manager ended: {log.read_text()}"
        assert time.monotonic() < end, f"the manager does not answer: {asked.stdout}{asked.stderr}{log.read_text()}"
        time.sleep(0.05)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs one where none can be had."""
    asking = [item for item in items if item.get_closest_marker("user_manager")]
    if asking and not can_run():
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that they were left out."""
    if "not programs" not in config.option.markexpr and not can_run():
        terminalreporter.write_line("left out: the tests of real timers, since no manager of systemd can be had here")
