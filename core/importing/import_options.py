"""What a person asks of an import, beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.importing.day import Dated
from core.mappings import Choices
from db.complete_list import Scope

__all__ = ["ImportOptions", "Scope"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person asks of an import, beside the file."""

    choices: Choices = field(default_factory=Choices)
    """--map, --set and --date-order."""
    use_map: str | None = None
    """A saved mapping: it holds where `choices` say nothing. What it says of headings and fields that do not fit this
    file is passed by. '' is none by a person's own choice."""
    save_map: str | None = None
    """The name under which what was used of `choices` and `use_map` is kept, if the file goes in."""
    sheet: str | None = None
    encoding: str | None = None
    """How the file's text is written, by a name that Python knows."""
    delimiter: str | None = None
    skip_hidden: bool = False
    """Whether rows and columns that a workbook hides are left out."""
    status_words: Mapping[str, str] = field(default_factory=dict)
    """Letters for the vendor's own words of status; they are kept for later files."""
    accept_new_ids: bool = False
    """Whether new ids that are like known ones are other accounts."""
    erase_blanks: bool = False
    strict: bool = False
    """Whether any rejected row, or a file that looks wrong as a whole, is a fault."""
    dated: Dated = None
    """The day that the file tells of."""
    complete: Scope | None = None
    """The Account Type of which the file, or all files of one list together, name every account; others are gone."""
    accept_gone: bool = False
    """Whether many accounts may be gone at once: else that looks like half a file."""
