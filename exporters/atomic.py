"""A file appears whole or not at all, and only its owner can read it (promises P3 and P5).

It is written beside its place under a name of its own, brought to the disk, and only then put in place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from errno import EDQUOT, EFBIG, EINVAL, ENAMETOOLONG, ENOSPC, ENOSYS, ENOTSUP, EPERM
from pathlib import Path
from typing import BinaryIO

from core.errors import Step, WorkFailed
from core.private_file import part_path, sweep

NO_HARD_LINKS = frozenset({EPERM, ENOTSUP, ENOSYS})
"""What file systems answer that have no hard links; FUSE's say ENOSYS."""

_NEXT_STEP = {
    ENOSPC: "Free some space there, or choose another folder.",
    EDQUOT: "Free some of your quota there, or choose another folder.",
    EFBIG: "The system allows no file of this size there: narrow the report, or choose another folder.",
    ENAMETOOLONG: "Choose a shorter name.",
}


def write_whole(target: Path, fill: Callable[[BinaryIO], list[str]], *, force: bool) -> list[str]:
    """Write what `fill` writes to the file `target`, and return its notes and our own.

    The file is 0600 whatever the umask. A symbolic link at `target` is replaced, never followed.

    Raises:
        WorkFailed: `target` exists and `force` is not set, is no regular file, or cannot be written. Like any other
            exception it leaves what was there as it was.
    """
    check_target(target, force=force)
    try:
        sweep(target.parent)
        part, out = open_part(target.parent)
        try:
            with out:
                notes = fill(out)
                out.flush()
                os.fsync(out.fileno())
            publish(part, target, force=force)
        finally:
            with suppress(OSError):  # the next start sweeps it
                part.unlink(missing_ok=True)
    except OSError as error:
        raise fault_of(target, error) from error
    return notes + made_durable(target.parent)


def open_part(folder: Path) -> tuple[Path, BinaryIO]:
    """Make a private file in a folder, to be published under another name; return its path and the file.

    Raises:
        OSError: it cannot be made.
    """
    part = part_path(folder)
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600)
        os.fchmod(descriptor, 0o600)
        return part, os.fdopen(descriptor, "wb")
    except BaseException:  # a signal that comes just now
        part.unlink(missing_ok=True)
        raise


def check_target(target: Path, *, force: bool) -> None:
    """Find out before the long work whether a file could be written to `target`.

    Raises:
        WorkFailed: It could not.
    """
    folder = target.parent
    try:
        what = None if folder.is_dir() else "is no folder" if folder.exists() else "does not exist"
    except OSError as error:  # one may not look, or the name is too long
        raise fault_of(target, error) from error
    if what:
        raise WorkFailed(f"{target} cannot be written: the folder {folder} {what}.", "Make it, or choose another one.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkFailed(f"{target} cannot be written: you may not write in {folder}.", "Choose another folder.")
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except ValueError as error:
        raise WorkFailed(f"{str(target)!r} is no name for a file.", "Choose another name.") from error
    except OSError as error:
        raise fault_of(target, error) from error
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise WorkFailed(f"{target} is there already and is no regular file.", "Choose another name.")
    if not force:
        raise _exists(target)


def publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the finished file its name: over an old one only with `force`, even if that came meanwhile.

    Raises:
        WorkFailed: a file has the name, and `force` is not set.
        OSError: the name cannot be given.
    """
    if force:
        part.replace(target)
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise _exists(target) from None
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # A file system without hard links: take the name first, which fails if it is taken, and then replace our own.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        try:
            part.replace(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def made_durable(folder: Path) -> list[str]:
    """Bring a folder's new names to the disk; the files stand by now, so a failure is only said, in a note."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno != EINVAL:  # EINVAL: this file system has no such thing.
            return [f"The file is complete, but the disk did not confirm that it is kept: {error.strerror}."]
    return []


def _exists(target: Path) -> WorkFailed:
    return WorkFailed(f"{target} exists already and was left as it is.", Step.OTHER_NAME_OR_REPLACE())


def fault_of(target: Path, error: OSError) -> WorkFailed:
    """Return the fault for an error of the system while `target` was written."""
    now = "The file that was there is unchanged." if os.path.lexists(target) else "No file was made."
    advice = _NEXT_STEP.get(error.errno or 0, "Choose another folder, or mend the cause.")
    return WorkFailed(f"{target} could not be written: {error.strerror or error}.", f"{now} {advice}")
