"""The catalogue of file formats: what each is called, how its files end, and which module writes it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from core.errors import Step, WrongUse
from exporters.export_options import Exporter


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that a report can become."""

    id: str
    """The word on the command line."""
    label: str
    """The word in menus."""
    ending: str
    """How its files are named, with the dot."""
    is_text: bool
    """Whether it may go straight to a stream; the others are made whole first."""
    module: str
    media_type: str
    """As messages name it."""
    is_on_paper: bool = False
    """Whether it is laid out for paper of some size."""
    many: int | None = None
    """The rows beyond which hardly anyone is served by it; None where there are no such."""
    too_many: str = ""
    """What to say then, with {:,} for the rows."""

    def exporter(self) -> Exporter:
        """Return the function that writes this format. Its module, and the library behind it, are imported only now."""
        return cast(Exporter, import_module(self.module).write)


FORMATS: tuple[Format, ...] = (
    Format(
        "pdf",
        "PDF",
        ".pdf",
        False,
        "exporters.pdf_file",
        "application/pdf",
        True,
        100_000,
        "A PDF of {:,} rows has thousands of pages: CSV or XLS serve better.",
    ),
    Format(
        "html",
        "HTML",
        ".html",
        True,
        "exporters.html_file",
        "text/html",
        True,
        100_000,
        "An HTML page of {:,} rows is more than most browsers can show: CSV or XLS serve better.",
    ),
    Format("csv", "CSV", ".csv", True, "exporters.csv_file", "text/csv"),
    Format(
        "xls",
        "XLS",
        ".xlsx",
        False,
        "exporters.xls_file",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        True,
    ),
    Format("json", "JSON", ".json", True, "exporters.json_file", "application/json"),
)
"""In the order of the portal's menu; JSON is ours."""

_BY_WORD = {format_.id: format_ for format_ in FORMATS}
_BY_WORD["xlsx"] = _BY_WORD["xls"]
_BY_ENDING = {format_.ending: format_ for format_ in FORMATS}


def format_named(word: str) -> Format:
    """Return the format of a word, in any case; `xlsx` is another word for `xls`.

    Raises:
        WrongUse: There is no such format.
    """
    found = _BY_WORD.get(word.lower())
    if found is None:
        raise WrongUse(f"There is no format {word!r}.", f"Formats: {_listed(_BY_WORD)}.")
    return found


def format_of(path: Path) -> Format:
    """Return the format that a file's ending asks for, in any case.

    Raises:
        WrongUse: No format ends so. `.xls` is refused because what is written is a workbook of the newer kind.
    """
    ending = path.suffix.lower()
    if ending == ".xls":
        better = path.with_suffix(".xlsx").name
        raise WrongUse(f"{path.name}: workbooks are written as .xlsx, not as .xls.", f"Name the file {better}.")
    found = _BY_ENDING.get(ending)
    if found is None:
        what = f"the ending {path.suffix} names no format" if ending else "the name has no ending to give the format"
        raise WrongUse(f"{path.name}: {what}.", f"Endings: {_listed(_BY_ENDING)}.")
    return found


def media_type(path: Path) -> str:
    """Return what messages call a file, by its ending; any file of no format of ours is just bytes."""
    found = _BY_ENDING.get(path.suffix.lower())
    return found.media_type if found else "application/octet-stream"


def format_for(path: Path, word: str | None = None) -> Format:
    """Return the format for a file, from its ending and, if one was given, the word for the format.

    Raises:
        WrongUse: Either is unknown, or the two contradict each other.
    """
    by_ending = format_of(path)
    if word is not None and (named := format_named(word)) is not by_ending:
        raise WrongUse(
            f"{path.name}: the format {named.id} does not fit the ending {path.suffix}.",
            Step.FITTING_FORMAT(file=path.with_suffix(named.ending).name),
        )
    return by_ending


def check_ending(path: Path, format_: Format) -> None:
    """Check that a file's ending is that of its format.

    Raises:
        WrongUse: it is another format's, or none's; the message names the right one.
    """
    if path.suffix.lower() == format_.ending:
        return
    named = path.with_name(f"{path.stem or 'report'}{format_.ending}").name
    other = _BY_ENDING.get(path.suffix.lower())
    what = f"{path.suffix} is the ending of {other.label}" if other else "the name has no ending"
    if path.suffix and other is None:
        what = f"the ending {path.suffix} names no format"
    raise WrongUse(f"{path.name}: {what}, and {format_.label} is chosen.", f"Name the file {named}.")


def _listed(words: dict[str, Format]) -> str:
    """Return the words of a list for people."""
    return ", ".join(words)
