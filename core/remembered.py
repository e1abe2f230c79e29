"""What is remembered from one start to the next: each thing in a small file of the user's own, as JSON.

Nothing here is needed: what cannot be read, whoever damaged it, was never there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.errors import WorkFailed
from core.paths import data_folder
from core.private_file import write_private
from db.stored import json_of


def file_of(name: str) -> Path:
    """Return the file of one thing; it need not exist.

    Raises:
        WorkFailed: the user has no home folder.
    """
    return data_folder() / f"{name}.json"


def recall(name: str) -> Any:
    """Return what was remembered; None where there is nothing that can be read."""
    with suppress(OSError, UnicodeError, WorkFailed):
        return json_of(file_of(name).read_text(encoding="utf-8"))
    return None


def remember(name: str, value: object) -> None:
    """Remember a value that JSON can hold; where that cannot be, it is forgotten."""
    with suppress(WorkFailed):
        keep(name, value)


def keep(name: str, value: object) -> None:
    """Remember a value that JSON can hold, as a person asked for; None forgets.

    Raises:
        WorkFailed: it cannot be kept.
    """
    file = file_of(name)
    try:
        if value is None:
            file.unlink(missing_ok=True)
        else:
            write_private(file, json.dumps(value))
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it cannot be written"
        raise WorkFailed(f"{file} cannot be kept: {why}.", "Mend that, then try again.") from error
