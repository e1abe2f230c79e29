"""Sets of files that a killed process left half put in place: the next start finishes or takes them back (promise P3).

Before the first file of a set gets its name, a note in the user's data folder says which files there will be, and under
which names older ones are kept meanwhile. It goes when the set is whole, or taken back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.paths import data_folder
from core.private_file import is_alive, write_private

_FOLDER = "pending"
_LARGEST = 1_000_000
"""Bytes of a note that is read; ours have some hundred for each file."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a set."""

    target: Path
    """Absolute."""
    identity: tuple[int, int]
    """Device and inode of the new file: by these it is known again under its name."""
    kept: Path | None
    """Where an older file stands meanwhile."""


def note_set(files: Iterable[PlannedFile]) -> Path:
    """Write down what is about to be put in place, and return the note.

    Raises:
        OSError: it cannot be written.
    """
    planned = [
        {"target": os.fsdecode(file.target), "identity": file.identity, "kept": file.kept and os.fsdecode(file.kept)}
        for file in files
    ]
    note = data_folder() / _FOLDER / f"{os.getpid()}-{os.urandom(6).hex()}.json"
    write_private(note, json.dumps(planned))
    return note


def finish_pending_sets() -> None:
    """Finish what killed processes left: a set that is whole loses its older files, any other is taken back."""
    with suppress(OSError):
        for note in (data_folder() / _FOLDER).iterdir():
            process = note.name.partition("-")[0]
            if note.suffix == ".json" and process.isdecimal() and not is_alive(int(process)):
                _finish(_read(note))
                note.unlink(missing_ok=True)


def _finish(files: list[PlannedFile]) -> None:
    is_whole = all(_is_ours(file) for file in files)
    for file in files:
        with suppress(OSError):
            if is_whole:
                if file.kept is not None:
                    file.kept.unlink(missing_ok=True)
            elif file.kept is not None and os.path.lexists(file.kept):
                put_back(file.kept, file.target, replacing=_is_ours(file))
            elif _is_ours(file):
                file.target.unlink()


def put_back(kept: Path, target: Path, *, replacing: bool) -> None:
    """Give an older file its name back, from what came there only if it may be replaced.

    Raises:
        OSError: it cannot be done; the file stays under its other name.
    """
    if not os.path.lexists(target) or replacing:
        kept.replace(target)
    elif kept.samefile(target):  # it never lost its name: a second name of one file is not taken away by replacing
        kept.unlink()


def _is_ours(file: PlannedFile) -> bool:
    """Return whether the new file has its name; a file that came there since is left alone."""
    try:
        found = file.target.lstat()
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == file.identity


def _read(note: Path) -> list[PlannedFile]:
    """Return what a note says; nothing, where it cannot be read."""
    try:
        if note.stat().st_size > _LARGEST:
            return []
        planned: Any = json.loads(note.read_text("utf-8"))
        return [
            PlannedFile(
                Path(file["target"]),
                (int(file["identity"][0]), int(file["identity"][1])),
                Path(file["kept"]) if file["kept"] else None,
            )
            for file in planned
        ]
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return []
