"""What taking something in would change, in lines for a person: problems first, then field by field, then the rest.

A line that a question decides has its id (`core.importing.questions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import Hint, Say
from core.importing.headings import cut, listed
from core.importing.looking import Looked
from core.importing.notes import Note
from core.importing.rejected import Rejected
from core.importing.report import ImportReport, say_account, say_row
from core.importing.summary_file import NOT_LISTED
from core.importing.understanding import shown, status_words_of
from core.text.vocabulary import count_of
from db.fields import FIELD, Field
from db.pending_changes import Example, FieldChange

_DECIDED_BY = {
    "older_list": "day",
    "older_file": "day",
    "not_in_file": "complete",
    "new_ids_like_known": "new_ids",
    "encoding": "encoding",
    "likely_encoding": "encoding",
    "mixed_encodings": "encoding",
    "damaged_text": "encoding",
    "date_order": "dates",
    "year_first_possible": "dates",
    "other_sheets": "sheet",
    "hidden_rows": "hidden",
    "hidden_columns": "hidden",
}
"""Kind of a note to the question that decides it."""
_PROBLEMS = (
    "older_list", "older_file", "fewer_rows", "part_of_list", "cut_off", "changed_column", "emptied_columns",
    "single_value", "new_ids_like_known", "many_new", "likely_encoding", "year_first_possible", "not_in_file",
)  # fmt: skip
"""Kinds of notes that a person should weigh, the gravest first; the others tell how it was read."""
_LISTED = 200
"""How many names or rows behind a line are listed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to weigh before it is taken in."""

    text: str
    decided_by: str = ""
    """The question that decides it; '' for none."""
    details: tuple[str, ...] = ()
    """The rows or accounts behind it."""
    refuses: bool = False
    """Whether nothing can be taken in as it is."""
    is_danger: bool = False
    """Whether what is known is erased or ended."""
    hint: Hint | None = None
    """What a person may do about it."""

    def said(self, say: Say) -> str:
        """Return it in a sentence or two, as a front end says the hint."""
        return f"{self.text} {say(self.hint)}" if self.hint else self.text


@dataclass(frozen=True, slots=True)
class FieldLine:
    """What would become of one field."""

    title: str
    replaced: int
    filled: int
    cleared: int
    example: str
    details: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many values change."""
        return self.replaced + self.filled + self.cleared


@dataclass(frozen=True, slots=True)
class AccountsLine:
    """Accounts that would be new, back or gone."""

    words: str
    """How many, and what becomes of them."""
    example: str
    details: tuple[str, ...]


def problems(looked: Looked) -> list[Problem]:
    """Return what to weigh, what refuses the import first, then the gravest."""
    if looked.outlook is None:
        return []
    report = looked.outlook.report
    found = [
        *_refusals(report),
        *_dangers(looked),
        *_of_notes(looked, _PROBLEMS),
        *_unknown(looked),
        *_rejected(report.rejected),
    ]
    return sorted(found, key=lambda problem: (not problem.refuses, not problem.is_danger))


def _refusals(report: ImportReport) -> Iterator[Problem]:
    """Yield why all of it would be refused."""
    if report.compared is not None:
        return
    if not report.read:
        yield Problem("It has no rows of accounts. Export the list again.", refuses=True)
    elif len(report.rejected) == report.read:
        yield Problem("Every row is rejected.", refuses=True)


def _dangers(looked: Looked) -> Iterator[Problem]:
    """Yield what would be ended or erased."""
    outlook, options = looked.outlook, looked.options
    assert outlook is not None  # noqa: S101 - asked before
    report = outlook.report
    if report.gone:
        names = _names(report.gone_accounts, report.gone)
        if report.looks_like_half and not options.accept_gone:
            text = f"{report.gone:,} of {report.in_scope:,} accounts are not in it: it looks like half a list."
            yield Problem(text, "gone", names, refuses=True)
        else:
            text = f"{count_of(report.gone, 'account')} would be gone: a complete list lacks them."
            decided_by = "gone" if report.looks_like_half else "complete"
            yield Problem(
                text, "" if looked.source.listed and decided_by == "complete" else decided_by, names, is_danger=True
            )
    if options.erase_blanks:
        cleared = sum(change.cleared for change in outlook.changes.fields)
        yield Problem(f"Blank cells erase {count_of(cleared, 'known value')}.", "blanks", is_danger=True)


def _of_notes(looked: Looked, kinds: Sequence[str]) -> Iterator[Problem]:
    """Yield the notes of these kinds, in this order."""
    outlook = looked.outlook
    assert outlook is not None  # noqa: S101 - asked before
    for kind in kinds:
        if kind == "changed_column" and (several := _changed_columns(outlook.report, looked)):
            yield several
            continue
        for note in outlook.report.notes:
            if note.kind == kind and not (kind == "not_in_file" and looked.options.complete == "all"):
                names = _names(outlook.changes.missing, note.count) if kind == "not_in_file" else ()
                yield Problem(note.text, _decided_by(note, looked), names, refuses=kind == "older_list", hint=note.hint)


def _changed_columns(report: ImportReport, looked: Looked) -> Problem | None:
    """Return the columns that change many accounts as one problem, where they are several."""
    found = sorted((note for note in report.notes if note.kind == "changed_column"), key=lambda note: -note.count)
    if len(found) < 2:
        return None
    names = listed([note.heading for note in found])
    text = f"{len(found)} columns would change more than a third of the accounts: {names}. Perhaps they are shifted."
    return Problem(text, _decided_by(found[0], looked))


def _decided_by(note: Note, looked: Looked) -> str:
    """Return the question that decides a note."""
    if note.heading in looked.headings:
        return f"heading:{looked.headings.index(note.heading)}"
    if looked.source.listed is not None:  # neither day nor encoding of what is no file can be said
        return ""
    return _DECIDED_BY.get(note.kind, "")


def _unknown(looked: Looked) -> Iterator[Problem]:
    """Yield words and headings that are not known."""
    outlook, pending = looked.outlook, looked.pending
    assert outlook is not None  # noqa: S101 - asked before
    assert pending is not None  # noqa: S101 - likewise
    statuses = set(status_words_of(looked))
    for heading, words in outlook.report.unknown_words.items():
        decided_by = f"word:{words[0]}" if words and words[0] in statuses else ""
        yield Problem(f"Not known under {cut(heading)}: {listed(words)}.", decided_by)
    left_out = outlook.report.unmatched_headings
    if left_out:
        place = pending.table.headings.index(left_out[0])
        verb = "is" if len(left_out) == 1 else "are"
        text = f"{count_of(len(left_out), 'heading')} {verb} left out, for no field is called so: {listed(left_out)}."
        yield Problem(text, f"heading:{place}")


def _rejected(rows: Sequence[Rejected]) -> Iterator[Problem]:
    if rows:
        verb = "is" if len(rows) == 1 else "are"
        text = f"{count_of(len(rows), 'row')} {verb} rejected, such as {say_row(rows[0])}."
        yield Problem(text, "", _more([say_row(row) for row in rows[:_LISTED]], len(rows)))


def notes(looked: Looked) -> list[Problem]:
    """Return how it was read: what was passed over, joined, decoded."""
    if looked.outlook is None:
        return []
    report = looked.outlook.report
    kinds = dict.fromkeys(note.kind for note in report.notes)
    said = list(_of_notes(looked, [kind for kind in kinds if kind not in (*_PROBLEMS, NOT_LISTED)]))
    if looked.is_mapped_by_itself:
        given = [f"{FIELD[key].title} {shown(value, FIELD[key])}" for key, value in _given_by_mapping(looked).items()]
        sets = f"; it says {', '.join(given)} for all rows" if given else ""
        text = f"The saved mapping “{looked.options.use_map}” was used, for the headings are the same{sets}."
        said.insert(0, Problem(text, "mapping"))
    return said


def _given_by_mapping(looked: Looked) -> dict[str, str]:
    given = looked.mappings[looked.options.use_map or ""].given
    return {key: value for key, value in given.items() if key in FIELD and key not in looked.options.choices.given}


def field_lines(looked: Looked) -> list[FieldLine]:
    """Return what changes field by field, the most changed first."""
    if looked.outlook is None or looked.pending is None:
        return []
    fields = {match.field.key: match.field for match in looked.pending.matching.matches}
    lines = [
        _field_line(change, fields.get(change.key) or FIELD.get(change.key)) for change in looked.outlook.changes.fields
    ]
    return sorted(lines, key=lambda line: -line.count)


def _field_line(change: FieldChange, field: Field | None) -> FieldLine:
    details = [_example(example, field) for example in change.examples]
    return FieldLine(
        field.title if field else change.key,
        change.replaced,
        change.filled,
        change.cleared,
        details[0],
        _more(details, change.count),
    )


def _example(example: Example, field: Field | None) -> str:
    """Return a change in words: "Mill Bakery: Trial → Open"."""
    number, username, company = example.account
    name = company or username or number or "–"
    return f"{name}: {shown(example.old, field) or '–'} → {shown(example.new, field) or '–'}"


def account_lines(looked: Looked) -> list[AccountsLine]:
    """Return which accounts would be new or back; those that would be gone are problems."""
    if looked.outlook is None:
        return []
    report, changes = looked.outlook.report, looked.outlook.changes
    lines = []
    for count, words, accounts in (
        (report.new, "new", changes.new),
        (report.returned, "back: they had left, and the list names them again", changes.returned),
    ):
        if count:
            names = _names(accounts, count)
            lines.append(AccountsLine(f"{count_of(count, 'account')} {words}", names[0] if names else "", names))
    return lines


def _names(accounts: Sequence[tuple[str | None, str | None, str | None]], count: int) -> tuple[str, ...]:
    return _more([say_account(account) for account in accounts[:_LISTED]], count)


def _more(lines: list[str], count: int) -> tuple[str, ...]:
    """Return lines, with how many more there are."""
    return tuple([*lines, f"… and {count - len(lines):,} more"] if count > len(lines) else lines)
