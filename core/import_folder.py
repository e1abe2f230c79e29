"""The folder of the file that was imported last; remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

from core.paths import is_folder
from core.remembered import recall, remember

_NAME = "last-import"


def last_folder() -> Path:
    """Return the folder of the last file; the current one where there is none, or it is gone."""
    kept = recall(_NAME)
    folder = kept.get("folder") if isinstance(kept, dict) else None
    if isinstance(folder, str) and Path(folder).is_absolute() and is_folder(Path(folder)):
        return Path(folder)
    return Path.cwd()


def remember_folder(file: Path) -> None:
    """Remember the folder of a file; where that cannot be, it is forgotten."""
    remember(_NAME, {"folder": str(file.absolute().parent)})
