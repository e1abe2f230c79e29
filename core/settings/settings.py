"""The user's settings: a TOML file that a person may edit, and that the application edits too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from core.errors import WorkFailed
from core.paths import settings_file

KEYS = "keys"
"""The table of the user's own keys."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set: text, empty for the default. `core.settings.setting_list` says what each means."""

    theme: str = ""
    timezone: str = ""
    export_folder: str = ""
    format: str = ""
    paper: str = ""
    date_style: str = ""
    ssh_name: str = ""
    driver: str = ""
    sendmail_command: str = ""
    api_url: str = ""
    auth_url: str = ""
    partner_token_url: str = ""
    partner_auth_prefix: str = ""
    partner_client_id: str = ""
    partner_api_key: str = ""
    bonus_amount: str = ""
    bonus_currency: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command to keys, joined by commas."""


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings in `path`, or in the user's file; the defaults where there is none.

    Raises:
        WorkFailed: the file cannot be read, or a value is no text.
    """
    path = path or settings_file()
    given = parse(path, read_text(path))
    known = {each.name for each in fields(Settings)} - {KEYS}
    if isinstance(given.get("bonus_amount"), int | float):
        given["bonus_amount"] = str(given["bonus_amount"])  # a number is what one would write for it
    for name, value in given.items():
        if name in known and not isinstance(value, str):
            raise WorkFailed(f"The setting {name} in {path} must be text in quotes.", f'Write: {name} = "…"')
    keys = given.get(KEYS, {})
    if not isinstance(keys, dict):
        raise WorkFailed(
            f"The setting keys in {path} must be a table.", 'Write [keys], and below it: main.run_report = "S"'
        )
    texts = {name: value for name, value in given.items() if name in known}
    return Settings(**texts, keys=dict(_flat(path, keys)))


def read_text(path: Path) -> str:
    """Return what a settings file says, line ends as they are; nothing where there is no file.

    Raises:
        WorkFailed: it cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error


def parse(path: Path, text: str) -> dict[str, Any]:
    """Return the values in the text of the settings file `path`.

    Raises:
        WorkFailed: it is no TOML.
    """
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> WorkFailed:
    return WorkFailed(f"The settings {path} cannot be read: {error}.", "Mend the file or move it away.")


def _flat(path: Path, table: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield command and keys: TOML takes report.sort = "S" for a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(path, value, f"{before}{name}.")
        elif isinstance(value, str):
            yield f"{before}{name}", value
        else:
            raise WorkFailed(
                f"The keys of {before}{name} in {path} must be text in quotes.", f'Write: {before}{name} = "S"'
            )
