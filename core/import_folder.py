"""The folder of the file that was imported last; remembered from one start to the next."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from core.paths import data_folder, is_folder
from core.private_file import write_private


def _file() -> Path:
    return data_folder() / "last-import.json"


def last_folder() -> Path:
    """Return the folder of the last file; the current one where there is none, or it is gone."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = Path(json.loads(_file().read_text(encoding="utf-8"))["folder"])
        if kept.is_absolute() and is_folder(kept):
            return kept
    return Path.cwd()


def remember_folder(file: Path) -> None:
    """Remember the folder of a file; where that cannot be, it is forgotten."""
    with suppress(OSError, UnicodeError):
        write_private(_file(), json.dumps({"folder": str(file.absolute().parent)}))
