"""Files made to be mailed: each in a folder of its own until the message with it is sent."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from core.errors import WorkFailed
from core.paths import data_folder
from core.people import host_name
from core.private_file import make_private_folder, part_path, sweep
from core.scp import scp_line
from core.settings.settings import load_settings
from exporters.mail import LARGEST_ATTACHMENT, Envelope, Letter, message
from exporters.sendmail import as_bytes, send


def new_outbox() -> Path:
    """Return a private folder that is made for one file. It goes with our process unless the file is kept.

    Raises:
        WorkFailed: the folder cannot be made.
    """
    outbox = _outbox()
    try:
        make_private_folder(outbox)
        sweep_outbox()
        folder = Path(tempfile.mkdtemp(dir=outbox))
        part_path(folder).touch(mode=0o600)  # says whose it is, for the sweep
        return folder
    except OSError as error:
        raise WorkFailed(
            f"No file can be made in {outbox}: {error.strerror}.", "Mend the cause, or have the file written elsewhere."
        ) from error


def sweep_outbox() -> None:
    """Remove what killed processes left on its way; what could not be sent is kept."""
    with suppress(OSError):
        for folder in list(_outbox().iterdir()):
            marks = list(folder.glob(".part-*"))
            sweep(folder)
            if marks and not any(mark.exists() for mark in marks):
                shutil.rmtree(folder, ignore_errors=True)


def _keep(file: Path) -> None:
    """Let a file of an outbox stay when our process ends."""
    if file.parent.parent == _outbox():
        for mark in file.parent.glob(".part-*"):
            mark.unlink(missing_ok=True)


def _outbox() -> Path:
    return data_folder() / "outbox"


def empty_outbox(file: Path) -> None:
    """Take a file of an outbox away with its folder; other files are left alone."""
    if file.parent.parent == _outbox():
        shutil.rmtree(file.parent, ignore_errors=True)


def can_attach(file: Path) -> bool:
    """Return whether a file is small enough for a message."""
    return file.stat().st_size <= LARGEST_ATTACHMENT


def where_lines(file: Path) -> list[str]:
    """Return what a message says of a file that is not in it: where it is, and the line that fetches it."""
    here = "" if os.environ.get("SSH_CONNECTION") else host_name()
    line = scp_line(file, os.environ, load_settings().ssh_name or here)
    return [f"The file is on {host_name()}: {file}", f"Fetch it with: {line}"]


def with_file(to: Envelope, letter: Letter, file: Path | None, *, attach: bool) -> EmailMessage:
    """Return the message: with the file if that is wanted and small enough, else with where it is.

    Raises:
        WorkFailed: the file cannot be read.
    """
    try:
        if file is None:
            return message(to, letter)
        if attach and can_attach(file):
            return message(to, letter, file)
        _keep(file)
        why = [f"The file has {file.stat().st_size / 1e6:,.1f} MB, too many for a message."] if attach else []
        return message(to, _closed_with(letter, [*why, *where_lines(file)]))
    except OSError as error:
        raise WorkFailed(f"{file} cannot be read: {error.strerror}.") from error


def send_or_keep(made: EmailMessage, file: Path | None) -> None:
    """Send a message. What cannot be sent is kept: its file, or the message itself where it has none.

    Raises:
        WorkFailed: it was not sent; the path of what is kept is told.
    """
    try:
        send(made)
    except WorkFailed as fault:
        kept = file or _kept_message(made)
        if kept:
            _keep(kept)
        raise WorkFailed(fault.message, *fault.hints, f"Kept is: {kept}" if kept else "") from fault


def _kept_message(made: EmailMessage) -> Path | None:
    with suppress(WorkFailed, OSError):
        path = new_outbox() / "message.eml"
        path.write_bytes(as_bytes(made))
        return path
    return None


def _closed_with(letter: Letter, lines: Sequence[str]) -> Letter:
    return replace(letter, closing=[*letter.closing, *lines])
