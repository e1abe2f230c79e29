"""What every exporter is given beside the result, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from core.query.result import Result
from core.region import Paper, decimal_sign, usual_delimiter, usual_paper
from core.settings.settings import load_settings
from core.text.date_style import date_style_named


def no_progress(rows: int) -> None:
    """Stand in where nobody watches."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How CSV is written; other formats have no use for it."""

    raw: bool = False
    """Leave values that a spreadsheet could take for formulas untouched."""
    bom: bool = False
    """Begin with the byte order mark, without which Excel takes UTF-8 for another encoding."""
    delimiter: str = ","
    """One sign between fields. Where it is another than the comma, a spreadsheet may part a text at another sign than
    we do, so a formula is guarded behind `;`, tab and comma too (fault T10)."""
    for_excel: bool = False
    """Keep whole what a spreadsheet would take for a number, such as telephone numbers and ids: they are written as
    ="+1 555 0100". It has the byte order mark, and guards as another delimiter does."""
    decimal_sign: str = "."
    """What stands before the decimals of numbers."""


PLAIN_CSV = CsvStyle()
"""By RFC 4180."""


def excel_csv(delimiter: str | None = None) -> CsvStyle:
    """Return CSV for Excel, its fields parted by `delimiter`, by default as Excel has it in the region."""
    sign = delimiter or usual_delimiter()
    return CsvStyle(bom=True, delimiter=sign, for_excel=True, decimal_sign=decimal_sign(sign))


@dataclass(frozen=True, slots=True)
class FileStyle:
    """How a person wants files, where formats leave a choice."""

    csv: CsvStyle = PLAIN_CSV
    paper: Paper = Paper.A4
    """What PDF, HTML and workbooks are laid out for."""


def usual_style() -> FileStyle:
    """Return the style of the settings.

    Raises:
        WrongUse: a setting says nothing that it can be.
    """
    if word := load_settings().date_style:
        date_style_named(word)
    return FileStyle(paper=usual_paper())


@dataclass(frozen=True, slots=True)
class Job:
    """How a file is to be made."""

    made_at: datetime
    """Aware. The moment written into files; from SOURCE_DATE_EPOCH if set, so equal input gives equal bytes."""
    tick: Callable[[int], None] = no_progress
    """Told the rows written so far, about once a block. It raises `core.errors.Cancelled` to stop the work."""
    style: FileStyle = FileStyle()


class Exporter(Protocol):
    """One file format: a result in, a stream out. Each module of a format offers one function of this shape."""

    def __call__(self, result: Result, out: BinaryIO, job: Job) -> list[str]:
        """Write `result` to `out`, which can only be written forward, and return notes found while writing.

        A note is a plain sentence about the file just made ("3 texts were marked …"), to be said beside
        `result.notes`. The stream is neither closed nor flushed. Nothing is said on stdout or stderr.
        """
        ...
