"""`partner-tui undo-import`: take back the last import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.command("undo-import")
@click.pass_obj
def undo_import(chosen: Chosen) -> None:
    """Take back the last import; once more, the one before."""
    from core.clock import local
    from core.history import undo_last
    from core.text.terminal_text import neutral
    from core.text.vocabulary import count_of

    undone = undo_last(chosen.database().path)
    when = local(undone.imported_at).strftime("%Y-%m-%d %H:%M")
    click.echo(
        neutral(
            f"The import of {undone.file} ({when}) is taken back: {count_of(undone.new, 'new account')} removed,"
            f" {count_of(undone.changed, 'changed account')} as before."
        )
    )
