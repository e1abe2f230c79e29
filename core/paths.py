"""Where the program keeps things on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from core.errors import WorkFailed

NAME = "partner-tui"


def data_folder() -> Path:
    """Return the folder of the user's databases; it need not exist yet.

    Raises:
        WorkFailed: the user has no home folder.
    """
    return _of_user(user_data_path)


def settings_file() -> Path:
    """Return the file of the user's settings; it need not exist.

    Raises:
        WorkFailed: the user has no home folder.
    """
    return _of_user(user_config_path) / "settings.toml"


def _of_user(place: Callable[..., Path]) -> Path:
    try:
        return place(NAME, appauthor=False)
    except RuntimeError as error:
        raise WorkFailed(
            "You have no home folder: HOME is not set.", "Set HOME, or XDG_DATA_HOME and XDG_CONFIG_HOME."
        ) from error


def database_file(given: str | None = None) -> Path:
    """Return the database to open: the one given, else PARTNER_TUI_DB, else the one in the user's data folder."""
    chosen = given or os.environ.get("PARTNER_TUI_DB")
    if not chosen:
        return data_folder() / "partner.db"
    return written_path(chosen)


def demo_file() -> Path:
    """Return the database of the generated accounts, which is never the user's."""
    return data_folder() / "demo.db"


def written_path(text: str) -> Path:
    """Return the path that a person wrote: ~ is the home folder, and ~name a mere name if there is no such user."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises for a user who is not there


def is_folder(path: Path) -> bool:
    """Return whether a folder is there, as far as one may look; a name that the system does not allow names none."""
    return os.path.isdir(path)  # noqa: PTH112 - Path's own raises where one may not look


def is_there(path: Path) -> bool:
    """Return whether anything is there, as far as one may look."""
    return os.path.exists(path)  # noqa: PTH110 - Path's own raises where one may not look
