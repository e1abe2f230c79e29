"""A report that was run: what every exporter and printer is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.query.columns import Column, Row
from core.query.kinds import NUMBER
from core.query.look import PLAIN, ChartFigures, Look, chart_figures


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh the accounts are: the last import that was not undone."""

    file: str
    dated: date
    """The day that it tells of."""
    imported_at: datetime
    """Aware; written in the partner's time zone."""

    def words(self) -> str:
        """Return it in words: "accounts.csv, of 2026-03-02, imported 2026-03-04 09:12"."""
        return f"{self.file}, of {self.dated}, imported {self.imported_at:%Y-%m-%d %H:%M %Z}".rstrip()


@dataclass(frozen=True, slots=True)
class Result:
    """A report's rows and all that is said beside them.

    Rows come in blocks (lists of tuples, in the order of `columns`), each call of `blocks` from the beginning, so that
    no reader ever holds all of them. Values keep their type: see `core.query.kinds`.
    """

    report_id: str
    title: str
    as_of: date
    columns: Sequence[Column]
    row_count: int
    blocks: Callable[[], Iterator[list[Row]]]
    parameters: dict[str, str | int | bool | list[str] | None] = field(default_factory=dict)
    """What was asked, for programs: only what was given."""
    asked: Sequence[tuple[str, str]] = ()
    """What was asked, in words: (label, text), such as ("Status", "Open")."""
    totals: Sequence[tuple[str, int]] = ()
    """Figures over all rows: (label, number)."""
    notes: Sequence[str] = ()
    """What a reader must know to trust the rows; plain sentences."""
    freshness: Freshness | None = None
    is_list: bool = True
    """Whether rows are accounts or their events, whose number says something, rather than counts."""
    look: Look = PLAIN
    """What is peculiar to its looks."""
    file_stem: str = ""
    """What its file is called in a folder, without the ending."""

    def rows(self) -> Iterator[Row]:
        """Yield every row, one by one."""
        for block in self.blocks():
            yield from block

    def chart(self) -> ChartFigures | None:
        """Return what its chart draws; None where it has none, or the columns for it are not shown."""
        return chart_figures(self.look, self.columns, self.rows()) if self.look.chart else None

    def facts(self) -> list[tuple[str, str]]:
        """Return the summary block's lines, in the order they are shown: (label, text)."""
        rows = [("Rows", f"{self.row_count:,}")] if self.is_list else []
        return [("As of", self.as_of.isoformat()), *self.asked, *rows, ("Accounts from", self.freshness_words())]

    def totals_shown(self) -> list[tuple[str, str]]:
        """Return the totals as people read them: (label, text)."""
        return [(label, NUMBER.show(number)) for label, number in self.totals]

    def freshness_words(self) -> str:
        """Return the last import's file, the day that it tells of and when it was imported, in words."""
        return self.freshness.words() if self.freshness else "no import yet"
