"""From the rows of a file to rows of values: what the import stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.columns import Row
from core.importing.headings import Matching
from core.importing.rejected import Rejected
from core.importing.table import Table

DateOrder = Literal["mdy", "dmy", "ymd"]


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """The rows of one block, each either among the good ones or among the rejected ones."""

    numbers: list[int]
    """The good rows' numbers."""
    rows: list[Row]
    """Their values in the order of `matching.matches`: text, date (ISO) and status as str, numbers as int, blank None."""
    rejected: list[Rejected]
    """One for each other row."""


class RowParser:
    """Reads the values of a table. One pass: use `blocks` once, then look at what was found on the way."""

    def __init__(self, table: Table, matching: Matching, date_order: DateOrder | None = None) -> None:
        """Set up a reading; a `date_order` given holds for every date column.

        Raises:
            WrongUse: a value that a person set cannot be read.
        """
        raise NotImplementedError

    def blocks(self) -> Iterator[ParsedBlock]:
        """Yield every row of the table, parsed. Raises what `Table.blocks` raises.

        A row with neither account id nor username is rejected here; what needs the other rows is the caller's.
        """
        raise NotImplementedError

    def unknown_words(self) -> dict[str, list[str]]:
        """Return, by heading, the words read so far that a status or account type column should not have."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """Return what a reader must know, such as which way round dates were read; plain sentences."""
        raise NotImplementedError
