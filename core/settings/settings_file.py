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

_HEADER = re.compile(r"\s*\[")


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
    changed = _changed(text, table, key, value)
    name = f"{table}.{key}" if table else key
    wanted = {**_flat(parse(path, text)), name: value}
    if not value:
        del wanted[name]
    if not _says(path, changed, wanted):
        raise WorkFailed(
            f"The settings {path} are written in a way that only a person can change.",
            f"Write by hand: {_line(key, value)}" if value else f"Take out by hand: {key}",
        )
    _write(path, changed)


def _changed(text: str, table: str, key: str, value: str) -> str:
    """Return the text with one line changed: that of the key, else the comment that shows it, else a new one."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    start, stop = _section(lines, table)
    name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\")\s*="
    active = next((n for n in range(start, stop) if re.match(rf"\s*{name}", lines[n])), None)
    shown = next((n for n in range(start, stop) if re.match(rf"\s*#\s*{name}", lines[n])), None)
    if not value:
        if active is not None:
            lines[active] = f"# {lines[active].lstrip()}"
    elif active is not None:
        lines[active] = _line(key, value) + _comment_behind(lines[active])
    elif shown is not None:
        lines[shown] = _line(key, value)
    else:
        lines[stop:stop] = [*([f"[{table}]"] if table and not start else []), _line(key, value)]
    return end.join(lines) + end


def _section(lines: list[str], table: str) -> tuple[int, int]:
    """Return where a table's lines begin and end; for one that is not there 0 and the end of the file."""
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if not table:
        return 0, headers[0] if headers else len(lines)
    here = next((n for n in headers if re.match(rf"\s*\[\s*{table}\s*\]", lines[n])), None)
    if here is None:
        return 0, len(lines)
    return here + 1, next((n for n in headers if n > here), len(lines))


def _comment_behind(line: str) -> str:
    """Return the comment behind a plain value."""
    found = re.fullmatch(r"""[^=]+=\s*(?:"[^"\\]*"|'[^']*')(\s*#.*)""", line)
    return found[1] if found else ""


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
