"""How a file that was written here reaches the person's machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from core.errors import WorkFailed
from tui.terminal.session import is_over_ssh


def opener(environment: Mapping[str, str]) -> str:
    """Return the program that opens files where the person sits; '' over SSH and where there is no desktop."""
    if is_over_ssh(environment):
        return ""
    if sys.platform == "darwin":
        return "open"
    has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open", path=environment.get("PATH")) or "" if has_desktop else ""


def open_file(path: Path, program: str) -> None:
    """Open a file with the program that the desktop has for it.

    Raises:
        WorkFailed: it cannot be started.
    """
    nothing = subprocess.DEVNULL
    try:
        subprocess.Popen(  # noqa: S603 - a fixed program, and no shell
            [program, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError as error:
        raise WorkFailed(f"{program} cannot be started: {error.strerror}.") from error
