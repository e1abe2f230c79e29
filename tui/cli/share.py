"""`partner-tui share`: a database for a team."""

from __future__ import annotations

import click

from core.paths import written_path
from tui.cli.option_checks import not_empty, text
from tui.cli.talk import say


@click.command()
@click.argument("path", callback=not_empty)
@click.option("--group", required=True, callback=text, metavar="GROUP", help="The Unix group that works on it.")
def share(path: str, group: str) -> None:
    """Let a group work on the database PATH: all of it, and nobody else.

    Its folder gets the group and the setgid bit (2770), the database and what belongs to it 0660. What is not there yet
    is made. Each of you then names it with --db or PARTNER_TUI_DB.
    """
    from core.sharing import share as give
    from core.sharing import shared_words

    database = written_path(path).absolute()
    give(database, group)
    say(f"{database} is {shared_words(database)}.")
    say(f"Each of you works on it with: export PARTNER_TUI_DB={database}")
