"""The words of the help, from the commands and the reports themselves."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

from core.reports.report import Report
from tui.commands import PLACES, Command

KEY_WIDTH, HELP_WIDTH = 17, 50


def key_lines(commands: Iterable[Command]) -> list[Content]:
    """Return a line for each command, under the name of its place."""
    lines: list[Content] = []
    place = ""
    for command in sorted(commands, key=lambda command: list(PLACES).index(command.place)):
        if command.place != place:
            place = command.place
            lines += [Content("")] * bool(lines) + [Content.styled(PLACES[place], "bold $primary")]
        first, *more = wrap(command.help, HELP_WIDTH)
        lines.append(Content.assemble((command.key_words.ljust(KEY_WIDTH) + " ", "bold"), first))
        lines += [Content(" " * (KEY_WIDTH + 1) + line) for line in more]
    return lines


def report_lines(report: Report) -> list[Content]:
    """Return a report's rules and columns in words."""
    lines = [Content.styled(report.title, "bold $primary"), Content(report.help), Content("")]
    lines += [Content(f"• {rule}") for rule in report.rules]
    columns = [column for column in report.columns if column.help]
    if columns:
        lines += [Content(""), Content.styled("Columns", "bold")]
        lines += [Content.assemble((f"{column.title}: ", "bold"), column.help) for column in columns]
    return lines
