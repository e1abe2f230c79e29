"""`partner-tui import`: take partners' files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from core.clock import parse_day
from core.errors import Fault, WorkFailed, WrongUse
from core.importing.arrivals import shown_name
from core.importing.complete_files import ListInFiles
from core.importing.day import Dated, in_order_of_days
from core.importing.delimited import checked_delimiter
from core.importing.encodings import checked_encoding
from core.importing.heading_words import heading_key
from core.importing.headings import named_field
from core.importing.import_options import ImportOptions
from core.importing.importer import dry_run, import_file
from core.importing.refusal import Refused
from core.importing.report import ImportReport
from core.mappings import Choices, checked_name
from core.text.vocabulary import STATUS_WORDS, squeeze, status_letter
from tui.cli.hint_words import hint_words
from tui.cli.option_checks import text
from tui.cli.talk import Progress, put_json, say

if TYPE_CHECKING:
    from core.importing.dates import DateOrder
    from core.importing.import_options import Scope
    from tui.cli.chosen import Chosen


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--dated",
    callback=text,
    metavar="DAY|name",
    help="The day on which the list was true, as YYYY-MM-DD, or name: the day in the file's name. Else today.",
)
@click.option(
    "--complete",
    type=click.Choice(["all", "managed", "referred"]),
    help="The files name every account of this type: those that they lack are gone.",
)
@click.option("--accept-gone", is_flag=True, help="Even if that ends so many accounts that it looks like half a file.")
@click.option(
    "--map",
    "maps",
    callback=text,
    metavar='"Heading=field"',
    multiple=True,
    help="Say which field a heading means; none: leave it out.",
)
@click.option(
    "--set", "sets", callback=text, metavar="field=value", multiple=True, help="Fill a field that the file leaves out."
)
@click.option(
    "--keep", "keeps", callback=text, metavar='"Heading"', multiple=True, help="Keep a column as a field of your own."
)
@click.option(
    "--status-word",
    "words",
    callback=text,
    metavar='"Word=O"',
    multiple=True,
    help="Say which status a word of the vendor's means: O, T, E or C; kept for later files.",
)
@click.option("--save-map", callback=text, metavar="NAME", help="Keep --map, --set and --date-order under a name.")
@click.option("--use-map", callback=text, metavar="NAME", help="Use what was kept under a name.")
@click.option("--encoding", callback=text, metavar="NAME", help="How its text is written, such as cp1251 or utf-16.")
@click.option(
    "--delimiter", callback=text, metavar="C", help="What parts the cells of a line: a sign, or the word tab."
)
@click.option("--date-order", type=click.Choice(["mdy", "dmy", "ymd"]), help="How 03/04/2026 is to be read.")
@click.option("--sheet", callback=text, metavar="NAME", help="Which sheet of a workbook, or table of a page.")
@click.option("--skip-hidden", is_flag=True, help="Leave out rows and columns that a workbook hides.")
@click.option("--accept-new-ids", is_flag=True, help="Take new ids that are like known ones as other accounts.")
@click.option("--erase-blanks", is_flag=True, help="Let blank cells erase what is known.")
@click.option("--strict", is_flag=True, help="Take nothing in if any row is rejected.")
@click.option("--dry-run", "only_look", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def import_files(
    chosen: Chosen,
    files: tuple[Path, ...],
    dated: str | None,
    complete: str | None,
    accept_gone: bool,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    keeps: tuple[str, ...],
    words: tuple[str, ...],
    save_map: str | None,
    use_map: str | None,
    encoding: str | None,
    delimiter: str | None,
    date_order: str | None,
    sheet: str | None,
    skip_hidden: bool,
    accept_new_ids: bool,
    erase_blanks: bool,
    strict: bool,
    only_look: bool,
    as_json: bool,
) -> None:
    """Take FILEs in: CSV or workbooks, as the portal exports them or as you keep them.

    Each file is one import, all of it or nothing; partner-tui undo-import takes the last one back.
    With --complete all FILEs together are one list: who is gone is found after the last of them.
    """
    if accept_gone and not complete:
        raise WrongUse("--accept-gone goes with --complete.", "Leave it out, or say what the list is complete for.")
    choices = Choices(_headings(maps), _values(sets), cast("DateOrder | None", date_order), list(keeps))
    save_map = checked_name(save_map) if save_map else None
    options = ImportOptions(
        choices,
        use_map=use_map,
        save_map=save_map,
        sheet=sheet,
        encoding=checked_encoding(encoding) if encoding else None,
        delimiter=checked_delimiter(delimiter) if delimiter else None,
        skip_hidden=skip_hidden,
        status_words=_status_words(words),
        accept_new_ids=accept_new_ids,
        erase_blanks=erase_blanks,
        strict=strict,
        dated=_dated(dated),
        complete=cast("Scope | None", complete),
        accept_gone=accept_gone,
    )
    database = chosen.database().path
    work = dry_run if only_look else import_file
    whole = ListInFiles(len(files))
    reports: list[dict[str, Any]] = []
    try:
        for place, file in enumerate(in_order_of_days(files, options.dated)):
            progress = Progress("read")
            try:
                report = work(database, file, options, progress.tick, whole)
            except Fault as fault:
                if isinstance(fault, Refused):
                    reports.append(fault.report.to_json(hint_words))
                    _say_report(fault.report)
                raise _after(0 if only_look else place, _named(file, fault), complete) from fault
            finally:
                progress.end()
            reports.append(report.to_json(hint_words))
            _say_report(report, would=only_look)
    finally:
        if as_json:
            put_json({"files": reports})


def _named(file: Path, fault: Fault) -> Fault:
    """Return the fault with the file's name, which must be told where several are imported."""
    if shown_name(file) in fault.message:
        return fault
    kind = WrongUse if isinstance(fault, WrongUse) else WorkFailed
    return kind(f"{shown_name(file)}: {fault.message}", *fault.hints)


def _after(imported: int, fault: Fault, complete: str | None) -> Fault:
    """Return the fault of one of several files: those before it stay, so it is no longer just wrong use."""
    if not imported:
        return fault
    before = "The file before it stays" if imported == 1 else f"The {imported} files before it stay"
    unjudged = "; who is gone is known only once all of them are imported, in one command" if complete else ""
    return WorkFailed(f"{fault.message} {before} imported{unjudged}.", *fault.hints)


def _dated(text: str | None) -> Dated:
    """Return what --dated says.

    Raises:
        WrongUse: it is neither a day nor the word.
    """
    if text is None or text.strip().casefold() == "name":
        return "name" if text else None
    return parse_day(text)


def _headings(maps: tuple[str, ...]) -> dict[str, str]:
    """Return heading to field as --map gives them; the last = counts, for a heading may hold some.

    Raises:
        WrongUse: one cannot be read or names no field, or a heading is named twice.
    """
    pairs = [_pair("--map", text, text.rpartition("=")) for text in maps]
    for _, name in pairs:
        if name:
            named_field(name)
    _check_once("--map", [heading_key(heading) for heading, _ in pairs])
    return dict(pairs)


def _values(sets: tuple[str, ...]) -> dict[str, str]:
    """Return field to value as --set gives them.

    Raises:
        WrongUse: one cannot be read or names no field, or a field is named twice.
    """
    pairs = [_pair("--set", text, text.partition("=")) for text in sets]
    _check_once("--set", [named_field(name).key for name, _ in pairs])
    return dict(pairs)


def _status_words(texts: tuple[str, ...]) -> dict[str, str]:
    """Return word to letter as --status-word gives them.

    Raises:
        WrongUse: one cannot be read, its letter is none, or its word has a letter already.
    """
    pairs = [_pair("--status-word", text, text.rpartition("=")) for text in texts]
    for word, letter in pairs:
        if letter.upper() not in STATUS_WORDS:
            meanings = ", ".join(f"{key} ({name})" for key, name in STATUS_WORDS.items())
            raise WrongUse(f"--status-word '{word}={letter}' is not possible.", f"The letters are {meanings}.")
        if known := status_letter(word):
            raise WrongUse(f"--status-word '{word}' is not possible: it means {STATUS_WORDS[known]} already.", "")
    _check_once("--status-word", [squeeze(word) for word, _ in pairs])
    return {word: letter.upper() for word, letter in pairs}


def _pair(option: str, text: str, parts: tuple[str, str, str]) -> tuple[str, str]:
    name, sign, value = (part.strip() for part in parts)
    if not sign or not name:
        raise WrongUse(f"{option} '{text}' cannot be read.", f'Write {option} "name=value".')
    return name, value


def _check_once(option: str, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongUse(f"{option} names '{twice}' twice.", "Name it once.")


def _say_report(report: ImportReport, *, would: bool = False) -> None:
    if would:
        say("Nothing is written; this is what would happen:")
    for line in report.lines(hint_words):
        say(line)
