"""A view's rows for a table that is being painted: a database that cannot be read any more must not stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.database import read_faults
from core.errors import Fault
from core.query.columns import Column, Row
from core.query.ordered_rows import View


@dataclass(frozen=True, slots=True)
class ReadableRows:
    """The rows of a view, as long as they can be read."""

    view: View
    failed: Callable[[Fault], None]
    """Told why rows cannot be read; there are none then."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns shown."""
        return self.view.columns

    @property
    def row_count(self) -> int:
        """How many rows are in order by now."""
        return self.view.row_count

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the rows at these places."""
        try:
            with read_faults():
                return self.view.rows(start, stop)
        except Fault as fault:
            self.failed(fault)
            return []
