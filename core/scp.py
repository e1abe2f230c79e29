"""The line that fetches a file from this machine."""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Mapping
from pathlib import Path


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
