"""`partner-tui restore`: a copy of the database back in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from core.database import Database, restore_database
from core.errors import WrongUse
from core.paths import is_there, written_path
from core.query.query import freshness
from core.text.vocabulary import count_of
from tui.cli.option_checks import not_empty
from tui.cli.talk import put_path, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.command()
@click.argument("backup", callback=not_empty)
@click.pass_obj
def restore(chosen: Chosen, backup: str) -> None:
    """Put BACKUP, a copy that backup made, in the place of the database.

    The copy is checked first, and stays. The database that was there is kept beside it under another name. Nobody may
    work on it meanwhile. The database's absolute path is the last line on stdout.
    """
    if chosen.demo:
        raise WrongUse("The demo's accounts are made anew by themselves.", "Give a database with --db.")
    source, database = written_path(backup).absolute(), chosen.database()
    if is_there(database.path) and is_there(source) and source.samefile(database.path):
        raise WrongUse(f"{source} is the database itself.", "Give a copy of it.")
    kept = restore_database(source, database.path)
    _tell(database)
    if kept is not None:
        say(f"The database that was there is kept as {kept}.")
    put_path(str(database.path.absolute()))


def _tell(database: Database) -> None:
    """Say what the database holds now."""
    connection = database.read()
    try:
        number = connection.execute("SELECT count(*) FROM accounts").fetchone()[0]
        fresh = freshness(connection)
    finally:
        connection.close()
    last = f"; the last import: {fresh.file}, {fresh.imported_at:%Y-%m-%d %H:%M %Z}".rstrip() if fresh else ""
    say(f"Restored: {count_of(number, 'account')}{last}.")
