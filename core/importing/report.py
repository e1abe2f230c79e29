"""What an import did, or would do, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from core.errors import Say, Step
from core.importing.headings import listed
from core.importing.notes import Note
from core.importing.rejected import Rejected
from core.importing.summary_file import NOT_LISTED, Compared
from core.text.terminal_text import neutral
from core.text.vocabulary import count_of
from db.apply_import import MOST_REJECTED_KEPT, Kept
from db.complete_list import GoneAccount, Scope

_SHOWN = 20
"""How many rejected rows, and accounts that are gone, are said in words; JSON has all of them."""

_MOST_GONE = 20
"""How many accounts may be gone at once, however few there are."""


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
    notes: Sequence[Note] = ()
    """What a person should know beside it: each rule that acted."""
    passed_over: int = 0
    """Rows that are none of accounts: titles, headings again, totals, what stands below a table."""
    read_as: str = ""
    """Kind, encoding, delimiter or sheet, and heading row, in words."""
    dated: str = ""
    """The day that the file tells of, in ISO form."""
    complete: Scope | None = None
    """The Account Type that the file, or all files of one list together, are complete for."""
    gone_accounts: Sequence[GoneAccount] = ()
    """The accounts that a complete list lacks, after its last file."""
    suspicions: Sequence[Note] = ()
    """Those of `notes` that speak against the file as a whole."""
    compared: Sequence[Compared] | None = None
    """For a portal's summary: its counts beside ours; nothing was stored."""
    in_scope: int = 0
    """How many accounts a complete list had to name."""

    @property
    def gone(self) -> int:
        """How many accounts are gone."""
        return len(self.gone_accounts)

    @property
    def looks_like_half(self) -> bool:
        """Whether so many accounts are gone at once that it is rather half a file."""
        return self.gone > _MOST_GONE and self.gone * 10 > self.in_scope

    def kept(self) -> Kept:
        """Return what is kept of it with the import, to be looked at long after."""
        return Kept(
            notes=[note.to_json() for note in self.notes],
            passed_over=self.passed_over,
            rejected_rows=[asdict(row) for row in self.rejected[:MOST_REJECTED_KEPT]],
        )

    def to_json(self, say: Say) -> dict[str, Any]:
        """Return what `import --json` says of the file."""
        return {
            "file": self.file,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "returned": self.returned,
            "gone": self.gone,
            "passed_over": self.passed_over,
            "dated": self.dated,
            "complete": self.complete,
            "rejected": [asdict(row) for row in self.rejected],
            "gone_accounts": [gone._asdict() for gone in self.gone_accounts],
            "notes": [note.to_json(say) for note in self.notes],
            "unmatched_headings": list(self.unmatched_headings),
            "unknown_words": self.unknown_words,
        } | ({} if self.compared is None else {"compared": [one.to_json() for one in self.compared]})

    def summary(self) -> str:
        """Return the counts as one sentence."""
        returned = f" ({self.returned:,} returned)" if self.returned else ""
        rows = "row" if self.read == 1 else "rows"
        passed_over = f"; {self.passed_over:,} passed over" if self.passed_over else ""
        return neutral(
            f"{self.file}: {self.read:,} {rows} read: {self.new:,} new, {self.changed:,} changed{returned},"
            f" {self.same:,} same, {len(self.rejected):,} rejected{passed_over}."
            + (f" {count_of(self.gone, 'account is', 'accounts are')} gone." if self.gone else "")
        )

    def lines(self, say: Say) -> list[str]:
        """Return the whole account in words, as a front end says the hints; harmless to a terminal."""
        if self.compared is not None:
            first = f"{self.file} is an All Accounts Summary, no list: it was compared, and nothing was stored."
            lines = [f"  {one.line()}" for one in self.compared]
            lines += [note.said(say) for note in self.notes if note.kind != NOT_LISTED]
            return [neutral(line) for line in (first, *lines)]
        lines = [self.summary(), *(f"  {say_row(row)}" for row in self.rejected[:_SHOWN])]
        if len(self.rejected) > _SHOWN:
            lines.append(f"  … and {len(self.rejected) - _SHOWN:,} more rejected rows ({say(Step.SEE_ALL_ROWS())})")
        lines += self._gone_lines(say)
        if self.unmatched_headings:
            left_out = listed(self.unmatched_headings)
            lines.append(f"Headings that were left out: {left_out}. {say(Step.TAKE_HEADINGS_IN())}")
        lines += [
            f"Words not known under {heading}: {', '.join(words)}" for heading, words in self.unknown_words.items()
        ]
        if self.read_as:
            lines.append(f"Read as {self.read_as}.")
        return [neutral(line) for line in (*lines, *(note.said(say) for note in self.notes))]

    def _gone_lines(self, say: Say) -> list[str]:
        """Return who is gone."""
        if not self.gone_accounts:
            return []
        lines = [f"Gone, for the complete list of {self.dated} lacks them:"]
        lines += [f"  {say_account(gone)}" for gone in self.gone_accounts[:_SHOWN]]
        if self.gone > _SHOWN:
            lines.append(f"  … and {self.gone - _SHOWN:,} more ({say(Step.SEE_ALL_ROWS())})")
        return lines


def say_account(gone: tuple[str | None, str | None, str | None]) -> str:
    """Return an account in words: its id, username and company, as far as they are known."""
    return "  ".join(filter(None, gone))


def say_row(row: Rejected) -> str:
    """Return what is wrong with a row in words: "row 7, Created '31/31/2026': no such day"."""
    where = f"row {row.row:,}" + (f", {row.column}" if row.column else "")
    return f"{where} '{row.value}': {row.reason}" if row.value else f"{where}: {row.reason}"
