"""Where the program keeps things on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from core.errors import WorkFailed

NAME = "partner-tui"


def data_folder() -> Path:
    """Return the folder of the user's databases; it need not exist yet.

    Raises:
        WorkFailed: the user has no home folder.
    """
    folder = user_data_path(NAME, appauthor=False)
    if not folder.is_absolute():
        raise WorkFailed("You have no home folder here: HOME is not set.", "Set HOME, or give a database with --db.")
    return folder


def settings_file() -> Path:
    """Return the file of the user's settings; it need not exist."""
    return user_config_path(NAME, appauthor=False) / "settings.toml"


def database_file(given: str | None = None) -> Path:
    """Return the database to open: the one given, else PARTNER_TUI_DB, else the one in the user's data folder."""
    chosen = given or os.environ.get("PARTNER_TUI_DB")
    if not chosen:
        return data_folder() / "partner.db"
    return Path(os.path.expanduser(chosen))  # noqa: PTH111 - Path's own raises for a user who is not there


def demo_file() -> Path:
    """Return the database of the generated accounts, which is never the user's."""
    return data_folder() / "demo.db"
