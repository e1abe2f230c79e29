"""The rows of a file, parsed and staged, and what was found in them on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import merge
from itertools import islice

from core.errors import Step
from core.importing.headings import Matching
from core.importing.notes import Note
from core.importing.parsing import RowParser
from core.importing.rejected import Rejected, RejectedRows, shown
from core.text.vocabulary import count_of
from db.identify import RejectedRow
from db.staging import Staging, Value
from db.whole_file import new_ids_like_known

_SAMPLE = 20
"""How many parsed rows are kept to be shown."""

Tick = Callable[[int], None]
"""Told the rows read so far, also while they are stored. It raises `core.errors.Cancelled` to stop the work."""


class StagedRows:
    """Every row of a file: staged where it can be read, else rejected."""

    def __init__(self, staging: Staging, parser: RowParser, matching: Matching, tick: Tick) -> None:
        """Parse and stage all of them; what `RowParser.blocks` and `tick` raise ends that."""
        self.staging = staging
        self.sample: list[tuple[Value, ...]] = []
        """The first rows as they were understood, in the order of the parser's keys."""
        self.count = 0
        self.rejected = RejectedRows()
        self._headings = {match.field.key: match.heading for match in matching.matches}
        for block in parser.blocks():
            staging.add(block.numbers, block.columns)
            staging.add_whole_names(block.whole_names)
            staging.reject(block.named)
            self.rejected.add(block.rejected)
            self.count += len(block.numbers) + len(block.rejected)
            self.sample += islice(block.rows(), _SAMPLE - len(self.sample))
            tick(self.count)
        staging.rejected_on_reading = len(self.rejected)

    def alike_ids(self, *, accepted: bool) -> list[Note]:
        """Say of new ids that are like known ones, and reject their rows unless a person takes them (intake: Ids)."""
        alike = new_ids_like_known(self.staging.connection)
        if not alike:
            return []
        rows = tuple(row for row, _, _ in alike[:10])
        sample = f"'{alike[0][1]}' beside the known '{alike[0][2]}'"
        count = count_of(len(alike), "new id is", "new ids are")
        if accepted:
            return [Note("new_ids_like_known", f"{count} like known ones, such as {sample}.", len(alike), rows)]
        heading = self._headings["account_id"]
        self.rejected = self._with(
            Rejected(row, heading, shown(new), f"a new id like the known '{known}'") for row, new, known in alike
        )
        self.staging.take_out([row for row, _, _ in alike])
        text = f"{count} like known ones, such as {sample}: rejected."
        return [Note("new_ids_like_known", text, len(alike), rows, Step.TAKE_NEW_IDS())]

    def rejected_with(self, misplaced: Iterable[RejectedRow]) -> RejectedRows:
        """Return all rejected rows, those among them that could be read but cannot go in beside the others."""
        return self._with(
            Rejected(row.row, self._headings.get(row.key, ""), shown(row.value), row.reason) for row in misplaced
        )

    def _with(self, more: Iterable[Rejected]) -> RejectedRows:
        """Return the rejected rows with some more among them, in the order of the file."""
        others = sorted(more, key=_row)
        return RejectedRows(merge(self.rejected, others, key=_row)) if others else self.rejected


def _row(one: Rejected) -> int:
    return one.row
