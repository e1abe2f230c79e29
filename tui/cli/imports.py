"""`partner-tui imports` and `partner-tui undo-import`: what was imported, and taking the last one back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from core.clock import local, partner_zone
from core.errors import WrongUse
from core.history import Import, import_words, last_import, undo_last
from core.history import imports as all_imports
from core.import_words import for_programs, import_line, is_of_another, person_words, said_lines, undo_question
from core.text.terminal_text import neutral
from core.text.vocabulary import count_of
from tui.cli.talk import put, put_json

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen

_LINES = 5
"""Notes and rejected rows of an import that are listed; --json has all that is kept."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def imports(chosen: Chosen, as_json: bool) -> None:
    """Show what was imported: files, the days that they tell of, by whom, and what was said of each."""
    database = chosen.database().path
    found = all_imports(database)
    if as_json:
        put_json([for_programs(one, import_words(database, one.id)) for one in found])
        return
    for one in found:
        put(import_line(one))
        lines = said_lines(import_words(database, one.id))
        for line in lines[:_LINES]:
            put(f"    {line}")
        if len(lines) > _LINES:
            put(f"    … and {len(lines) - _LINES:,} more (--json lists them)")


@click.command("undo-import")
@click.option("--yes", is_flag=True, help="Do not ask, not even where another person imported it.")
@click.pass_obj
def undo_import(chosen: Chosen, yes: bool) -> None:
    """Take back the last import; once more, the one before."""
    database = chosen.database().path
    last = last_import(database)
    if last is not None and is_of_another(last) and not yes:
        _ask(last)
    partner_zone()  # whatever is wrong with it is met before anything is taken back
    undone = undo_last(database, only=None if yes else last.id if last else 0)
    when = local(undone.imported_at).strftime("%Y-%m-%d %H:%M")
    gone = f", {count_of(undone.gone, 'account')} no longer gone" if undone.gone else ""
    put(
        f"The import of {undone.file} ({when}) is taken back: {count_of(undone.new, 'new account')} removed,"
        f" {count_of(undone.changed, 'changed account')} as before{gone}."
    )


def _ask(last: Import) -> None:
    """Ask before another person's import is taken back.

    Raises:
        WrongUse: there is no terminal to ask at.
        click.Abort: the answer is no.
    """
    person = person_words(last)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUse(
            f"The last import, of {last.file}, was made by {person}; nothing was changed.",
            "Take it back all the same with: partner-tui undo-import --yes",
        )
    click.confirm(
        neutral(f"{person} imported this. {undo_question(last)} Take it back?"), default=False, abort=True, err=True
    )
