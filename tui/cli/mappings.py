"""`partner-tui mappings`: the mappings of headings that --save-map keeps."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from core.mappings import Choices, delete_mapping, saved_mappings
from tui.cli.option_checks import text
from tui.cli.talk import put, put_json, say

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen


@click.group()
def mappings() -> None:
    """Look through the saved mappings of headings: import --use-map uses them."""


@mappings.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(chosen: Chosen, as_json: bool) -> None:
    """Show the saved mappings, and the options of import that each stands for."""
    with closing(chosen.database().read()) as connection:
        saved = saved_mappings(connection)
    if as_json:
        put_json(
            [{"name": name, **(choices.to_json() if choices else {"damaged": True})} for name, choices in saved.items()]
        )
        return
    for name, choices in saved.items():
        put("", name)
        put(f"  {shlex.join(_options(choices)) if choices else 'damaged: delete it, and save it anew'}")


def _options(choices: Choices) -> Iterator[str]:
    for heading, field in choices.headings.items():
        yield from ("--map", f"{heading}={field}")
    for field, value in choices.given.items():
        yield from ("--set", f"{field}={value}")
    if choices.date_order:
        yield from ("--date-order", choices.date_order)


@mappings.command()
@click.argument("name", callback=text)
@click.pass_obj
def delete(chosen: Chosen, name: str) -> None:
    """Delete the mapping NAME. What was imported with it stays."""
    delete_mapping(chosen.database().path, name)
    say(f"The mapping “{name.strip()}” is deleted.")
