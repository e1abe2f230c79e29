"""A copy of the database that can be put in its place again: whole, private, made while it is in use (fault E13).

In a folder that a team shares the copy is the team's, as the database is.
"""

from __future__ import annotations

from pathlib import Path

from core.database import Database
from core.errors import WorkFailed, WrongUse
from core.paths import is_there
from core.private_file import remove_part, sweep
from core.sharing import mode_there
from exporters.atomic import check_target, fault_of, made_durable, open_part, publish


def back_up(database: Database, target: Path, *, force: bool) -> list[str]:
    """Copy the database to the file `target` and return notes; what was there stays until the copy is whole.

    Raises:
        WrongUse: `target` is the database itself.
        NoAccounts: there is no database.
        WorkFailed: `target` exists and `force` is not set, is in use, or cannot be written.
    """
    check_target(target, force=force or _is_itself(database, target))
    _check_unused(database, target)
    try:
        sweep(target.parent)
        part, out = open_part(target.parent)
        out.close()
        try:
            database.copy_into(part)
            part.chmod(mode_there(target))
            publish(part, target, force=force)
        finally:
            remove_part(part)
    except OSError as error:
        raise fault_of(target, error) from error
    return made_durable(target.parent)


def _is_itself(database: Database, target: Path) -> bool:
    return is_there(target) and is_there(database.path) and target.samefile(database.path)


def _check_unused(database: Database, target: Path) -> None:
    """Check that no database is replaced that somebody works on: its journal would be taken for the copy's."""
    if _is_itself(database, target):
        raise WrongUse(f"{target} is the database itself.", "Choose another name for the copy.")
    if any(is_there(target.with_name(target.name + ending)) for ending in ("-wal", "-journal")):
        raise WorkFailed(f"{target} is a database in use; nothing was changed.", "Choose another name for the copy.")
