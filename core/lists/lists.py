"""The lists there are, and what a person does with them: make, edit, copy, rename, delete and bring back.

Lists are asked for by name in any case, or by the key of a built-in one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from core.errors import Advice, Step, WrongUse
from core.lists.built_in import BUILT_IN
from core.lists.names import checked_name, same_name
from core.lists.target_list import TargetList
from core.query.request import Request
from db import lists as stored
from db.connection import connect_existing
from db.lists import StoredList
from db.own_fields import own_fields


def all_lists(connection: sqlite3.Connection) -> list[TargetList]:
    """Return the built-in lists, and then the person's own by name."""
    own = own_fields(connection)
    found = [*BUILT_IN, *map(_own, stored.stored_lists(connection))]
    return [replace(target, own_fields=own) for target in found] if own else found


def find_list(connection: sqlite3.Connection, name: str) -> TargetList:
    """Return the list of this name.

    Raises:
        WrongUse: there is none; the message says which comes nearest.
    """
    known = all_lists(connection)
    for target in known:
        if same_name(target.name, name) or (target.is_built_in and same_name(target.key, name)):
            return target
    raise WrongUse(f"There is no list “{name.strip()}”.", _suggestion(name, known))


def new_list(database: Path, name: str, request: Request) -> TargetList:
    """Keep what a request filters as a new list: its status, filters and conditions, not its order or columns.

    Raises:
        WrongUse: the name will not do, or is taken.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(name)
    with _writing(database) as connection:
        number = stored.add(connection, checked, _given(request))
        return _numbered(connection, number)


def new_selection(database: Path, name: str, accounts: Iterable[int]) -> TargetList:
    """Keep these accounts (`pk`) as a new list, however many they are.

    Raises:
        WrongUse: the name will not do, or is taken.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(name)
    with _writing(database) as connection:
        return _numbered(connection, stored.add_selection(connection, checked, accounts))


def edit_list(database: Path, name: str, request: Request) -> TargetList:
    """Let a list hold what a request filters from now on. What was exported from it stays known.

    Raises:
        WrongUse: there is no such list, or it is a built-in one.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with _writing(database) as connection:
        number = _own_number(connection, name)
        stored.change(connection, number, _given(request))
        return _numbered(connection, number)


def copy_list(database: Path, target: TargetList, name: str) -> TargetList:
    """Keep a copy of a list, built in or not, under a new name.

    Raises:
        WrongUse: the name will not do, or is taken; or the list needs a size.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(name)
    if target.needs_size:
        raise WrongUse(f"“{target.name}” needs a size.", Step.GIVE_LIST_SIZE())
    with _writing(database) as connection:
        if target.is_built_in:
            return _numbered(connection, stored.add(connection, checked, target.given))
        return _numbered(connection, stored.add_copy(connection, int(target.key), checked))


def rename_list(database: Path, name: str, new_name: str) -> TargetList:
    """Give a list another name.

    Raises:
        WrongUse: there is no such list, it is a built-in one, or the new name will not do or is taken.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(new_name)
    with _writing(database) as connection:
        number = _own_number(connection, name)
        stored.rename(connection, number, checked)
        return _numbered(connection, number)


def delete_list(database: Path, name: str) -> TargetList:
    """Take a list away, and return it; `undelete_list` brings it back.

    Raises:
        WrongUse: there is no such list, or it is a built-in one.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with _writing(database) as connection:
        target = _numbered(connection, _own_number(connection, name))
        stored.delete(connection, int(target.key))
        return target


def undelete_list(database: Path, name: str | None = None, new_name: str | None = None) -> TargetList:
    """Bring back the list of this name that was deleted last, or the one deleted last of all.

    Args:
        database: where the lists are.
        name: which one; None for the last.
        new_name: what to call it from now on, where its name is taken meanwhile.

    Raises:
        WrongUse: there is no such list, or the name is taken.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    checked = checked_name(new_name) if new_name else None
    with _writing(database) as connection:
        deleted = stored.stored_lists(connection, deleted=True)
        found = next((one for one in deleted if name is None or same_name(one.name, name)), None)
        if found is None:
            what = f"No list “{name.strip()}” was deleted." if name else "No list was deleted."
            names = ", ".join(dict.fromkeys(one.name for one in deleted))
            raise WrongUse(what, f"Deleted were: {names}." if names else "There is nothing to bring back.")
        stored.restore(connection, found, checked or found.name)
        return _numbered(connection, found.id)


@contextmanager
def _writing(database: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for writing; it is not made for a list's sake."""
    with closing(connect_existing(database)) as connection:
        yield connection


def _own(one: StoredList) -> TargetList:
    return TargetList(str(one.id), one.name, one.given, is_selection=one.is_selection)


def _numbered(connection: sqlite3.Connection, number: int) -> TargetList:
    return next(_own(one) for one in stored.stored_lists(connection) if one.id == number)


def _own_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of a list that is the person's own."""
    target = find_list(connection, name)
    if target.is_built_in:
        raise WrongUse(
            f"“{target.name}” is built in and stays as it is.",
            Step.COPY_LIST(list=target.name),
        )
    return int(target.key)


def _given(request: Request) -> dict[str, object]:
    """Return what is kept of a request: what says which rows, and nothing of how they are shown."""
    shown = ("sort", "columns")
    kept = {name: value for name, value in request.for_programs().items() if name not in shown}
    return {"report": request.report.id, **kept}


def _suggestion(name: str, known: list[TargetList]) -> Advice:
    from difflib import get_close_matches

    near = get_close_matches(name.strip().casefold(), [target.name.casefold() for target in known], 1)
    if near:
        return f"Did you mean “{next(one.name for one in known if one.name.casefold() == near[0])}”?"
    return Step.SEE_LISTS()
