"""`partner-tui backup`: a copy of the database, made while it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from core.clock import today
from core.paths import is_folder, written_path
from core.text.vocabulary import count_of
from tui.cli.option_checks import not_empty
from tui.cli.talk import put_path, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.command()
@click.argument("path", callback=not_empty)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.pass_obj
def backup(chosen: Chosen, path: str, force: bool) -> None:
    """Copy the database to PATH, a file or folder: accounts, imports, lists, views and mappings.

    The copy is one state of the database, also while others work on it. To go back to it, put it in the place of the
    database, or give it with --db. Its absolute path is the last line on stdout.
    """
    from exporters.backup import back_up

    database = chosen.database()
    target = written_path(path).absolute()
    if is_folder(target):
        target /= f"{database.path.stem}-{today()}.db"
    for note in back_up(database, target, force=force):
        say(f"Note: {note}")
    say(f"The copy has {count_of(target.stat().st_size, 'byte')}.")
    put_path(str(target))
