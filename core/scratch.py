"""Private files for the time of one piece of work; what killed processes left of them is swept (promise P5).

They lie in the user's data folder, under names that tell whose they are, so that the next start finds them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import Fault
from core.paths import data_folder, is_folder
from core.private_file import make_private_folder, part_path, sweep

_FOLDER = "scratch"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield an empty folder that only we can read and that goes with the block.

    Raises:
        OSError: none can be made.
    """
    folder = part_path(_place())
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove what killed processes left."""
    with suppress(Fault):  # without a home folder
        if is_folder(data_folder() / _FOLDER):
            sweep(data_folder() / _FOLDER)


def _place() -> Path:
    """Return where scratch lies: beside the person's data; where nothing can be written there, with the system's."""
    try:
        folder = data_folder() / _FOLDER
        make_private_folder(folder)
    except (Fault, OSError):
        import tempfile

        folder = Path(tempfile.gettempdir())
    sweep(folder)
    return folder
