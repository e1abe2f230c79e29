"""How a file that was written here reaches the person's machine."""

from __future__ import annotations

import getpass
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from core.errors import WorkFailed
from tui.terminal.session import is_over_ssh


def scp_line(path: Path, environment: Mapping[str, str], ssh_name: str = "") -> str:
    """Return the line that fetches a file from the machine at the other end of the SSH line; '' when there is none.

    User, address and port are those of the session (SSH_CONNECTION is "client port server port"); `ssh_name`, the
    setting, stands in place of address and port where these do not reach the server.
    """
    connection = environment.get("SSH_CONNECTION", "").split()
    if len(connection) != 4 and not ssh_name:
        return ""
    address, port = (connection[2], connection[3]) if len(connection) == 4 else ("", "22")
    host = ssh_name or (f"[{address}]" if ":" in address else address)
    user = environment.get("USER") or getpass.getuser()
    target = host if "@" in host else f"{user}@{host}"
    option = f"-P {port} " if port != "22" and not ssh_name else ""
    return f"scp {option}{shlex.quote(f'{target}:{path}')} ."


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
