"""When the fault is ours: a report without anybody's data, two lines on stderr, exit code 70 (faults C18, H5)."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from core.paths import data_folder
from core.private_file import write_private

EXIT_CODE = 70
KEPT = 10
"""Crash reports that are kept; older ones are removed."""


def report_crash(error: BaseException) -> str:
    """Write a crash report and return the two lines that tell of it.

    The report is 0600 in the data folder. It holds where the program was and the kinds of the errors, never their
    texts nor the values of variables: those may be customers' data.
    """
    lines = f"partner-tui met a fault of its own ({_kind(error)}) and had to stop. Nothing half-done was kept.\n"
    try:
        path = _write(_describe(error))
    except OSError as problem:
        return f"{lines}No crash report could be written: {problem.strerror}."
    return f"{lines}A report without your data is in {path}: please send it to the maintainers."


def _describe(error: BaseException) -> str:
    return "\n".join(
        [
            f"partner-tui {_version('partner-tui')}, {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            f"Python {platform.python_version()}, Textual {_version('textual')}, {platform.system()}",
            f"TERM={os.environ.get('TERM', '')}",
            *_chain(error),
            "",
        ]
    )


def _chain(error: BaseException) -> list[str]:
    """Return an error and its causes: file, line and function of every call, and no more."""
    lines = ["", _kind(error)]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    cause = error.__cause__ or error.__context__
    return lines + (_chain(cause) if cause is not None else [])


def _short(filename: str) -> str:
    """Return the end of a path: the folders before a package may tell who the user is."""
    return "/".join(Path(filename).parts[-3:])


def _kind(error: BaseException) -> str:
    return type(error).__name__


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _write(text: str) -> Path:
    folder = data_folder() / "crashes"
    path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    write_private(path, text)
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path
