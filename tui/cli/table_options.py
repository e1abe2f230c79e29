"""The options of every command that gives a table: which rows and columns of it, and where they are to go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from core.clock import parse_day, today
from core.errors import WrongUse
from core.query.parameters import Parameter
from core.query.request import Request, ask
from core.region import paper_named
from core.reports.report import Report
from exporters.export_options import PLAIN_CSV, CsvStyle, FileStyle, excel_csv, usual_style
from exporters.formats import Format
from tui.cli.option_checks import not_empty, text

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--where",
        callback=text,
        metavar="CONDITION",
        multiple=True,
        help="Only rows that meet it, such as 'list_size >= 500'.",
    ),
    click.option(
        "--sort",
        callback=text,
        metavar="COLUMN[:desc]",
        multiple=True,
        help="Sort by a column; several in their order.",
    ),
    click.option("--columns", callback=text, metavar="A,B,…", help="Only these columns, in this order."),
    click.option("--as-of", callback=text, metavar="YYYY-MM-DD", help="Take this day for today."),
    click.option(
        "--known-on",
        callback=text,
        metavar="YYYY-MM-DD",
        help="The accounts as they were known on this day, which is taken for today too.",
    ),
    click.option(
        "--format",
        "format_word",
        metavar="csv|html|pdf|xls|json",
        help="The format; else the ending of the file gives it.",
    ),
    click.option("--raw", is_flag=True, help="CSV: do not mark values that a spreadsheet could take for formulas."),
    click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark, which Excel wants."),
    click.option(
        "--delimiter",
        callback=text,
        metavar="C",
        help="CSV: what parts the fields: a sign, such as ';', or the word tab.",
    ),
    click.option(
        "--for-excel",
        is_flag=True,
        help="CSV: open whole in Excel: its delimiter, a byte order mark, telephone numbers kept.",
    ),
    click.option("--paper", callback=text, metavar="letter|a4", help="PDF, HTML and XLS: the size of the paper."),
    click.option("--output", callback=not_empty, metavar="PATH|-", help="A file or folder to write; - for stdout."),
    click.option("--force", is_flag=True, help="Overwrite an existing file."),
)


STYLE_OPTIONS = ("raw", "bom", "delimiter", "for_excel", "paper")
"""What `file_style` takes of them."""


def parameter_options(parameters: Sequence[Parameter]) -> Callable[[Command], Command]:
    """Return what gives a command an option for each parameter; it takes them as keywords, by name, as written."""

    def decorated(command: Command) -> Command:
        for one in reversed(parameters):
            if one.is_switch:
                command = click.option(one.option, is_flag=True, help=one.help)(command)
            else:
                check = None if one.is_needed else text  # what is needed says itself that it is empty
                command = click.option(one.option, callback=check, metavar=one.metavar, help=one.help)(command)
        return command

    return decorated


def table_options(command: Command) -> Command:
    """Give a command these options; it takes them as keywords, for `TableOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What they were given as."""

    where: tuple[str, ...]
    sort: tuple[str, ...]
    columns: str | None
    as_of: str | None
    known_on: str | None
    format_word: str | None
    raw: bool
    bom: bool
    delimiter: str | None
    for_excel: bool
    paper: str | None
    output: str | None
    force: bool

    def style(self, format_: Format | None) -> FileStyle:
        """Return how a file is to be written, where `format_` is its format; None stands for a table on the screen.

        Raises:
            WrongUse: the options are for other formats, or say nothing that they can.
        """
        return file_style(format_, **{name: getattr(self, name) for name in STYLE_OPTIONS})

    @property
    def file(self) -> str | None:
        """The file or folder to write; None for stdout."""
        return None if self.output == "-" else self.output

    @property
    def shown(self) -> bool:
        """Whether a person looks at what goes to stdout."""
        return self.output is None and sys.stdout.isatty()

    def request(self, report: Report, **given: str | bool | None) -> Request:
        """Return what they ask of a report; `given` are its parameters by name, as they were written.

        Raises:
            WrongUse: they do not fit the report, or each other.
        """
        known_on = parse_day(self.known_on) if self.known_on else None
        return ask(
            report,
            parse_day(self.as_of) if self.as_of else known_on or today(),
            where=self.where,
            sort=self.sort,
            columns=self.columns.split(",") if self.columns else (),
            known_on=known_on,
            **given,
        )


def file_style(
    format_: Format | None, *, raw: bool, bom: bool, delimiter: str | None, for_excel: bool, paper: str | None
) -> FileStyle:
    """Return how a file of a format is to be written; None stands for a table on the screen.

    Raises:
        WrongUse: an option is for other formats, or says nothing that it can.
    """
    style = usual_style()
    if (raw or bom or delimiter or for_excel) and (format_ is None or format_.id != "csv"):
        raise WrongUse(
            "--raw, --bom, --delimiter and --for-excel are for CSV alone.", "Add --format csv, or leave them out."
        )
    if paper and (format_ is None or not format_.is_on_paper):
        raise WrongUse("--paper is for PDF, HTML and XLS alone.", "Add --format pdf, html or xls, or leave it out.")
    if raw and for_excel:
        raise WrongUse("--raw and --for-excel exclude each other.", "XLS keeps every value as it is.")
    sign = None
    if delimiter:
        from core.importing.delimited import checked_delimiter

        sign = checked_delimiter(delimiter)
    csv = excel_csv(sign) if for_excel else CsvStyle(raw, bom, sign or PLAIN_CSV.delimiter)
    return FileStyle(csv, paper_named(paper) if paper else style.paper)
