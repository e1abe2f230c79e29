"""Makes the tables of README.md and docs/command-line.md anew from the program itself: keys, commands, their help.

They stand between pairs of markers. Run by `make readme`; a test fails when one is not current.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from tui.cli.main import partner_tui
from tui.commands.definitions import key_table

_ROOT = Path(__file__).parents[1]
_WIDTH = 100
_MARKED = re.compile(r"(<!-- (\w+): made by make readme -->\n).*?(\n<!-- end -->)", re.DOTALL)

PAGES = (_ROOT / "README.md", _ROOT / "docs" / "command-line.md")


def current(page: str) -> str:
    """Return a page's text with what is between its markers made anew."""
    return _MARKED.sub(lambda found: found[1] + _TABLES[found[2]]() + found[3], page)


def command_table() -> str:
    """Return every command with what it does, as Markdown."""
    lines = ["| command | what it does |", "|---|---|"]
    for context in _contexts(partner_tui, None, "partner-tui"):
        if not isinstance(context.command, click.Group):
            usage = " ".join(context.command.collect_usage_pieces(context)[1:])
            call = f"{context.command_path.partition(' ')[2]} {usage}".strip()
            lines.append(f"| `{_in_table(call)}` | {_in_table(context.command.get_short_help_str(_WIDTH))} |")
    return "\n".join(lines)


def help_of_all_commands() -> str:
    """Return what `--help` says of the program and of each of its commands, as Markdown."""
    contexts = _contexts(partner_tui, None, "partner-tui")
    return "\n\n".join(f"```text\n{context.get_help()}\n```" for context in contexts)


def _contexts(command: click.Command, parent: click.Context | None, name: str) -> Iterator[click.Context]:
    """Yield a context for a command and for each below it."""
    settings = {**command.context_settings, "terminal_width": _WIDTH}
    context = command.context_class(command, parent, name, **settings)
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _contexts(found, context, below)


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


_TABLES: dict[str, Callable[[], str]] = {
    "keys": key_table,
    "commands": command_table,
    "help": help_of_all_commands,
}


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(current(page.read_text("utf-8")), "utf-8")
