"""What an import did, or would do, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from core.errors import WorkFailed
from core.importing.rejected import Rejected
from core.text.terminal_text import neutral

_SHOWN = 20
"""How many rejected rows are said in words; JSON has all of them."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one file: `read` = `new` + `changed` + `same` + the rejected ones (promise P2)."""

    file: str
    """Its name, without folders."""
    read: int
    new: int
    changed: int
    same: int
    returned: int
    """Accounts that came back; they are among the changed ones."""
    rejected: Sequence[Rejected]
    """In the order of the file."""
    unmatched_headings: Sequence[str] = ()
    unknown_words: dict[str, list[str]] = field(default_factory=dict)
    """By heading: words of status and account type that are not known."""
    notes: Sequence[str] = ()
    """What a person should know beside it; plain sentences."""

    def to_json(self) -> dict[str, Any]:
        """Return what `import --json` says of the file."""
        return {
            "file": self.file,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "returned": self.returned,
            "rejected": [asdict(row) for row in self.rejected],
            "unmatched_headings": list(self.unmatched_headings),
            "unknown_words": self.unknown_words,
        }

    def summary(self) -> str:
        """Return the counts as one sentence."""
        returned = f" ({self.returned:,} returned)" if self.returned else ""
        rows = "row" if self.read == 1 else "rows"
        return neutral(
            f"{self.file}: {self.read:,} {rows} read: {self.new:,} new, {self.changed:,} changed{returned},"
            f" {self.same:,} same, {len(self.rejected):,} rejected."
        )

    def lines(self) -> list[str]:
        """Return the whole account in words, harmless to a terminal."""
        lines = [self.summary(), *(f"  {say(row)}" for row in self.rejected[:_SHOWN])]
        if len(self.rejected) > _SHOWN:
            lines.append(f"  … and {len(self.rejected) - _SHOWN:,} more rejected rows (--json lists all)")
        if self.unmatched_headings:
            lines.append(f"Headings that were left out: {', '.join(self.unmatched_headings)}")
        lines += [
            f"Words not known under {heading}: {', '.join(words)}" for heading, words in self.unknown_words.items()
        ]
        return [neutral(line) for line in (*lines, *self.notes)]


class Refused(WorkFailed):
    """The rows of a file are not taken in: `report` says why. Nothing was changed."""

    def __init__(self, message: str, hint: str, report: ImportReport) -> None:
        super().__init__(message, hint)
        self.report = report


def say(row: Rejected) -> str:
    """Return what is wrong with a row in words: "row 7, Created '31/31/2026': no such day"."""
    where = f"row {row.row:,}" + (f", {row.column}" if row.column else "")
    return f"{where} '{row.value}': {row.reason}" if row.value else f"{where}: {row.reason}"
