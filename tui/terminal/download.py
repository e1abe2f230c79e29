"""Files straight to the machine in front of the person: what iTerm2 does with OSC 1337."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.errors import WorkFailed
from tui.terminal.passthrough import for_terminal

LIMIT = 20_000_000
"""Bytes of a file. Nothing else passes through the line meanwhile, and it cannot be stopped."""
PART = 150_000
"""Bytes in one sequence within tmux, which drops sequences of a megabyte."""


def can_download(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is one that takes files. It says so itself; ssh hands LC_TERMINAL on."""
    is_known = environment.get("LC_TERMINAL") == "iTerm2" or environment.get("TERM_PROGRAM") == "iTerm.app"
    return is_known and not environment.get("STY")


def download_sequence(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return what makes the terminal save a file.

    Raises:
        WorkFailed: the file is too large, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise WorkFailed(
                f"That is too large for a download ({size:,} bytes, {LIMIT:,} at most).", "Fetch it with scp instead."
            )
        data = path.read_bytes()
    except OSError as error:
        raise WorkFailed(f"{path} cannot be read: {error.strerror}.") from error
    about = f"name={_base64(path.name.encode())};size={len(data)};inline=0"
    if not environment.get("TMUX"):
        return f"\x1b]1337;File={about}:{_base64(data)}\x07"
    return "".join(for_terminal(f"\x1b]1337;{part}\x07", environment) for part in _parts(about, data))


def _parts(about: str, data: bytes) -> Iterator[str]:
    yield f"MultipartFile={about}"
    for start in range(0, len(data), PART):
        yield f"FilePart={_base64(data[start : start + PART])}"
    yield "FileEnd"


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
