"""The words of the help, from the commands and the reports themselves."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

from core.reports.catalogue import REPORTS
from core.reports.report import Report
from tui.commands.definitions import COMMANDS, PLACES, Command
from tui.commands.key_words import shown_keys
from tui.commands.keymap import KeyMap
from tui.commands.synonyms import SYNONYMS, score

KEY_WIDTH, HELP_WIDTH = 17, 50


def key_lines(commands: Iterable[Command], keymap: KeyMap) -> list[Content]:
    """Return a line for each command with the keys it has now, under the name of its place, in the order given."""
    lines: list[Content] = []
    place = ""
    for command in commands:
        if command.place != place:
            place = command.place
            lines += [Content("")] * bool(lines) + [Content.styled(PLACES[place].title, "bold $primary")]
        lines += key_line(shown_keys(keymap.keys_of(command)), command.help)
    return lines


def found_lines(query: str, keymap: KeyMap) -> list[Content]:
    """Return the commands, and the rules and columns of reports, that have every word of `query` or a beginning of it.

    The other words that people have for a command find it too.
    """
    found = [
        command
        for command in COMMANDS
        if score(query, command.title, SYNONYMS.get(command.id, ""), f"{command.help} {PLACES[command.place].title}")
    ]
    lines = key_lines(found, keymap)
    for report in REPORTS:
        sentences = [*report.rules, *(f"{column.title}: {column.help}" for column in report.columns if column.help)]
        fitting = [sentence for sentence in sentences if score(query, sentence)]
        if fitting:
            lines += [Content("")] * bool(lines) + [Content.styled(report.title, "bold $primary")]
            lines += [Content(f"• {sentence}") for sentence in fitting]
    return lines


def key_line(keys: str, help: str) -> list[Content]:
    """Return what keys do, in as many lines as that takes."""
    first, *more = wrap(help, HELP_WIDTH)
    return [
        Content.assemble((f"{keys.ljust(KEY_WIDTH)} ", "bold"), first),
        *(Content(" " * (KEY_WIDTH + 1) + line) for line in more),
    ]


def report_lines(report: Report) -> list[Content]:
    """Return a report's rules and columns in words."""
    lines = [Content.styled(report.title, "bold $primary"), Content(report.help), Content("")]
    lines += [Content(f"• {rule}") for rule in report.rules]
    columns = [column for column in report.columns if column.help]
    if columns:
        lines += [Content(""), Content.styled("Columns", "bold")]
        lines += [Content.assemble((f"{column.title}: ", "bold"), column.help) for column in columns]
    return lines
