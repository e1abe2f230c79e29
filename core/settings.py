"""The user's settings: a TOML file that a person may edit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from core.errors import WorkFailed
from core.paths import settings_file


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; every value is text, empty for the default."""

    timezone: str = ""
    """The partner's time zone, such as America/New_York; the system's by default."""
    export_folder: str = ""
    """Where the application writes reports; the folder it was started in by default."""
    ssh_name: str = ""
    """What stands for the host in scp lines, where the server's own name does not reach it."""
    theme: str = ""
    """A theme's name; by default a lean one over SSH and Textual's dark one elsewhere."""


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings in `path`, or in the user's file; the defaults where there is none.

    Raises:
        WorkFailed: the file cannot be read, or a value is no text.
    """
    path = path or settings_file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise WorkFailed(f"The settings {path} cannot be read: {error}.", "Mend the file or move it away.") from error
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WorkFailed(f"The settings {path} cannot be read: {error}.", "Mend the file or move it away.") from error
    known = {field.name for field in fields(Settings)}
    for name, value in given.items():
        if name in known and not isinstance(value, str):
            raise WorkFailed(f"The setting {name} in {path} must be text in quotes.", f'Write: {name} = "…"')
    return Settings(**{name: value for name, value in given.items() if name in known})
