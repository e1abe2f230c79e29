"""A database for a team: made the group's, and looked at."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import stat
from contextlib import suppress
from pathlib import Path

from core.errors import WorkFailed, WrongUse
from core.paths import is_folder
from db.connection import connect_writing
from db.parts import JOURNALS
from db.sharing import SHARED, SHARED_FOLDER, file_mode, is_shared_folder

_COMMON = (Path("/"), Path("/tmp"), Path("/var/tmp"), Path("/home"), Path("/srv"), Path("/opt"))  # noqa: S108
"""Folders that are everybody's: none becomes a team's."""


def share(path: Path, group: str) -> None:
    """Make a database a group's: its folder 2770, it and its journals 0660. What is not there yet is made.

    Raises:
        WrongUse: there is no such group, or the folder is nobody's to give away, such as a home folder.
        WorkFailed: root has to do it, or the folder's file system cannot; the folder is as it was.
    """
    path = path.absolute()
    folder = path.parent
    if is_folder(path):
        raise WrongUse(f"{path} is a folder.", f"Name the database in it: {path}/partner.db")
    number = _group_number(group)
    _check_folder(folder, group, number)
    root = _for_root(path, group)
    try:
        _make_way_to(folder)
        before = folder.stat()
        os.chown(folder, -1, number)
        folder.chmod(SHARED_FOLDER)
    except OSError as error:
        raise WorkFailed(f"{folder} cannot be given to {group}: {error.strerror}. Root can do it:", root) from error
    if not is_shared_folder(folder) or folder.stat().st_gid != number:
        with suppress(OSError):
            os.chown(folder, -1, before.st_gid)
            folder.chmod(stat.S_IMODE(before.st_mode))
        raise WorkFailed(
            f"{folder} does not keep the setgid bit: its file system, or who you are, does not allow it.",
            f"Root can try: {root}",
        )
    connect_writing(path).close()
    for file in _files(path):
        try:
            os.chown(file, -1, number)
            file.chmod(SHARED)
        except OSError as error:
            raise WorkFailed(f"{file} cannot be given to {group}: {error.strerror}. Root can do it:", root) from error


def _make_way_to(folder: Path) -> None:
    """Make a folder; those above it that are missing let everybody pass, whatever the umask."""
    for missing in reversed([above for above in (folder, *folder.parents) if not above.exists()]):
        missing.mkdir()
        missing.chmod(0o700 if missing == folder else 0o755)


def mode_there(path: Path) -> int:
    """Return the mode of a database at this place: its owner's alone, or the team's whose folder it is."""
    return file_mode(path.absolute())


def is_shared(path: Path) -> bool:
    """Return whether a database lies in a team's folder."""
    return is_shared_folder(path.absolute().parent)


def readable_by_others(path: Path) -> bool:
    """Return whether a database may be read by others, or by its group where it is not a team's."""
    forbidden = 0o007 if is_shared(path) else 0o077
    return bool(path.stat().st_mode & forbidden)


def wrong_modes(path: Path) -> str:
    """Return what keeps the team from working on a shared database, in words; '' if nothing does."""
    group = path.absolute().parent.stat().st_gid
    for file in _files(path.absolute()):
        with suppress(OSError):
            now = file.stat()
            if stat.S_IMODE(now.st_mode) & 0o660 != 0o660 or now.st_gid != group:
                name = group_name(group)
                return f"{file} is not the group's: partner-tui share {path} --group {name}"
    return ""


def shared_words(path: Path) -> str:
    """Return with whom a database is shared: "shared with group partners (ann, ben)"."""
    number = path.absolute().parent.stat().st_gid
    members = ", ".join(_members(number))
    return f"shared with group {group_name(number)}" + (f" ({members})" if members else "")


def group_name(number: int) -> str:
    """Return the name of a group; its number where it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def _members(number: int) -> list[str]:
    try:
        named = grp.getgrgid(number).gr_mem
    except KeyError:
        named = []
    return sorted({*named, *(person.pw_name for person in pwd.getpwall() if person.pw_gid == number)})


def _files(path: Path) -> list[Path]:
    return [file for file in (path, *(path.with_name(path.name + end) for end in JOURNALS)) if file.exists()]


def _group_number(group: str) -> int:
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        raise WrongUse(
            f"There is no group '{group}' here.", f"Root makes it with: groupadd {shlex.quote(group)}"
        ) from None


def _check_folder(folder: Path, group: str, number: int) -> None:
    """Check that a folder may become a team's, before anything is changed."""
    homes = {Path(person.pw_dir) for person in pwd.getpwall()}
    if folder in _COMMON or folder in homes:
        raise WrongUse(
            f"{folder} cannot become a team's folder.", f"Give the database one of its own: {folder}/team/partner.db"
        )
    for above in folder.parents:
        with suppress(OSError):
            now = above.stat()
            may_pass = now.st_mode & 0o001 or (now.st_mode & 0o010 and now.st_gid == number)
            if not may_pass:
                raise WorkFailed(
                    f"The group {group} cannot get into {above}, so nothing was shared.",
                    "Move the database where all of you get to, such as /srv/partner/partner.db.",
                )


def _for_root(path: Path, group: str) -> str:
    folder, database, name = shlex.quote(str(path.parent)), shlex.quote(str(path)), shlex.quote(group)
    made = f"mkdir -p {folder} && chgrp {name} {folder} && chmod 2770 {folder}"
    return f"{made} && partner-tui share {database} --group {name}"
