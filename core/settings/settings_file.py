"""Changing the settings file as a careful person would: one line, and nothing else in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from core.errors import WorkFailed
from core.paths import settings_file
from core.private_file import write_private
from core.settings.setting_list import KEYS_EXAMPLE, KEYS_HELP, SETTINGS
from core.settings.settings import KEYS, parse, read_text


def change_setting(key: str, value: str, path: Path | None = None) -> None:
    """Write a setting to `path`, or to the user's file; '' brings its default back. The value is not checked.

    Raises:
        WorkFailed: the file cannot be read or written, or is written in a way that only a person can change.
    """
    _change(path or settings_file(), "", key, value)


def change_keys(command: str, keys: str, path: Path | None = None) -> None:
    """Write a command's own keys to `path`, or to the user's file; '' brings the usual ones back.

    Raises:
        WorkFailed: as for `change_setting`.
    """
    _change(path or settings_file(), KEYS, command, keys)


def template() -> str:
    """Return a settings file that sets nothing and explains everything."""
    lines = [
        "# Settings of partner-tui. The application changes the line of a setting and leaves all others as they are.",
        "# A line that begins with # counts for nothing.",
        "",
    ]
    for setting in SETTINGS:
        lines += [f"# {setting.title}. {setting.help}", f"# {_line(setting.key, setting.example)}", ""]
    lines += [f"# {KEYS_HELP}", f"[{KEYS}]", f"# {_line(*KEYS_EXAMPLE)}"]
    return "\n".join(lines) + "\n"


def _change(path: Path, table: str, key: str, value: str) -> None:
    path = path.resolve()  # the file itself, where it lies elsewhere and is linked
    text = read_text(path) or template()
    name = f"{table}.{key}" if table else key
    wanted = {**_flat(parse(path, text)), name: value}
    if not value:
        del wanted[name]
    for changed in (_with_comment_turned(text, key, value), _rewritten(text, table, key, value)):
        if _says(path, changed, wanted):
            _write(path, changed)
            return
    raise WorkFailed(
        f"The settings {path} are written in a way that only a person can change.",
        f"Write by hand: {_line(key, value)}" if value else f"Take out by hand: {key}",
    )


def _with_comment_turned(text: str, key: str, value: str) -> str:
    """Return the text with the setting where its comment shows it; without a value, with its line made that comment.

    It is right only where the first such line is meant: whoever calls sees what the text says then.
    """
    name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\")[ \t]*="
    if value:
        return re.sub(rf"(?m)^[ \t]*#[ \t]*{name}[^\r\n]*", lambda _: _line(key, value), text, count=1)
    return re.sub(rf"(?m)^[ \t]*(?={name})", "# ", text, count=1)


def _rewritten(text: str, table: str, key: str, value: str) -> str:
    """Return the text with the value in place of the one that is there, however it is written, or behind the others."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        place: Any = document
        if table:
            place = document.setdefault(table, tomlkit.table())
        parts = [key] if key in place else key.split(".")
        while len(parts) > 1 and parts[0] in place:
            place = place[parts.pop(0)]
        if not value:
            del place[parts[0]]
        elif len(parts) == 1:
            place[parts[0]] = value
        else:
            place.append(tomlkit.key(parts), value)
        changed = tomlkit.dumps(document)
        return re.sub(r"(?<!\r)\n", "\r\n", changed) if "\r\n" in text else changed  # new lines end with LF
    except (TOMLKitError, TypeError, AttributeError):  # the last two where no table is what should be one
        return text


def _line(key: str, value: str) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _says(path: Path, text: str, wanted: dict[str, Any]) -> bool:
    """Return whether a changed text sets what is wanted, all of it and no more."""
    try:
        return _flat(parse(path, text)) == wanted
    except WorkFailed:
        return False


def _flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return every value under its whole name."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat


def _write(path: Path, text: str) -> None:
    try:
        write_private(path, text)
    except OSError as error:
        raise WorkFailed(
            f"The settings {path} cannot be written: {error.strerror}.", "What was set before still holds."
        ) from error
