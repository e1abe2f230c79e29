"""Where the program keeps things on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

NAME = "partner-tui"


def data_folder() -> Path:
    """Return the folder of the user's databases; it need not exist yet."""
    return user_data_path(NAME, appauthor=False)


def settings_file() -> Path:
    """Return the file of the user's settings; it need not exist."""
    return user_config_path(NAME, appauthor=False) / "settings.toml"


def database_file(given: str | None = None) -> Path:
    """Return the database to open: the one given, else PARTNER_TUI_DB, else the one in the user's data folder."""
    chosen = given or os.environ.get("PARTNER_TUI_DB")
    return Path(chosen).expanduser() if chosen else data_folder() / "partner.db"


def demo_file() -> Path:
    """Return the database of the generated accounts, which is never the user's."""
    return data_folder() / "demo.db"
