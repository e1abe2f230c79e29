"""`partner-tui fields`: the columns of files that are kept as fields of one's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from core.errors import WrongUse
from core.own_fields import drop_field, own_fields, rename_field
from core.text.terminal_text import neutral
from tui.cli.option_checks import text
from tui.cli.talk import put, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.group()
def fields() -> None:
    """List, rename and drop the fields of your own, which import --keep makes.

    NAME is a field's key or title.
    """


@fields.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(chosen: Chosen, as_json: bool) -> None:
    """Show the fields of your own: key, title, and what they hold."""
    found = own_fields(chosen.database().path)
    if as_json:
        put_json([{"key": field.key, "title": field.title, "kind": field.kind} for field in found])
        return
    for field in found:
        put(f"{field.key}  {field.title}  {field.kind}")


@fields.command()
@click.argument("name", callback=text)
@click.argument("title", callback=text)
@click.pass_obj
def rename(chosen: Chosen, name: str, title: str) -> None:
    """Give the field NAME the TITLE, which is also its heading in files from now on. Its key stays."""
    renamed = rename_field(chosen.database().path, name, title)
    say(f"The field {renamed.key} is called “{renamed.title}” now.")


@fields.command()
@click.argument("name", callback=text)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def drop(chosen: Chosen, name: str, yes: bool) -> None:
    """Remove the field NAME with all its values. This cannot be undone."""
    if not yes:
        if not sys.stdin.isatty():
            raise WrongUse("Dropping a field cannot be undone, and nobody is there to be asked.", "Add --yes.")
        click.confirm(f"Remove the field '{neutral(name)}' with all its values for good?", abort=True, err=True)
    say(f"The field “{drop_field(chosen.database().path, name).title}” is gone, with all its values.")
