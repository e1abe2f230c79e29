"""What a person should know of a file beside its counts: each rule that acted, how often, and in which rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.errors import Hint, Say

_ROWS = 10
"""How many rows a note names."""


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the account of a file (intake: Saying it)."""

    kind: str
    """For programs; it never changes its name."""
    text: str
    """For people: a plain sentence."""
    count: int = 0
    """Of rows, cells or whatever the sentence counts; 0 where nothing is counted."""
    rows: tuple[int, ...] = ()
    """The numbers of the first rows that it is about."""
    hint: Hint | None = None
    """What a person may do about it; the history of imports does not keep it."""

    heading: str = ""
    """The heading of the column that it is about, for who would change its meaning; '' for none or several."""

    def said(self, say: Say) -> str:
        """Return it in a sentence or two, as a front end says the hint."""
        return f"{self.text} {say(self.hint)}" if self.hint else self.text

    def to_json(self, say: Say | None = None) -> dict[str, Any]:
        """Return it for programs: as the history of imports keeps it, or as a front end says it."""
        text = self.said(say) if say else self.text
        return {"kind": self.kind, "count": self.count, "rows": list(self.rows), "text": text}

    def __str__(self) -> str:
        return self.text


@dataclass(slots=True)
class Tally:
    """Counts rows of one kind and remembers the first."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    sample: str = ""
    """The first value that was counted."""

    def add(self, numbers: Iterable[int], sample: str = "") -> None:
        """Count rows by their numbers."""
        for number in numbers:
            self.count += 1
            if len(self.rows) < _ROWS:
                self.rows.append(number)
        self.sample = self.sample or sample

    def note(self, kind: str, text: str) -> Note:
        """Return what was counted as a note; `text` may hold {count:,}, {cells}, {rows}, {row:,} and {sample}."""
        words = text.format(
            count=self.count,
            cells="1 cell" if self.count == 1 else f"{self.count:,} cells",
            rows="1 row" if self.count == 1 else f"{self.count:,} rows",
            row=self.rows[0] if self.rows else 0,
            sample=self.sample,
        )
        return Note(kind, words, self.count, tuple(self.rows))
