"""How what was looked at is understood, line by line: what is to be decided first, then the headings, then the rest.

Each line has the id of its question (`core.importing.questions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.importing.day import day_in_name, proposed_day
from core.importing.dialects import DELIMITERS
from core.importing.encodings import ENCODINGS
from core.importing.headings import Match
from core.importing.looking import Looked
from core.importing.notes import Note
from core.importing.questions import BLANKS, COMPLETE, DATE_ORDERS, KEPT, SETTABLE, has_choices, heading_name, meaning
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS, status_word
from db.fields import FIELD, Field
from db.staging import Value

Mark = Literal["", "open", "danger"]
"""Whether a line wants to be looked at: *open*, for the file does not say it; *danger*, for it erases something."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is understood in some way."""

    id: str
    label: str
    value: str
    """What holds now."""
    beside: str = ""
    """For a heading: the first thing below it. Else what more there is to say."""
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class HeadingLine(Line):
    """One column of the file."""

    says_itself: bool = False
    """Whether the heading is the very name of its field."""
    can_be_kept: bool = False
    """Whether no field has such a heading, so that it can be ticked as a field of one's own."""
    is_kept: bool = False


def to_decide(looked: Looked) -> list[Line]:
    """Return what the file itself does not tell: the day, whether it is complete, fields and words that it lacks."""
    return [*_for_all_rows(looked), *_words(looked), *_risks(looked), *_whole_file(looked)]


def headings(looked: Looked) -> list[HeadingLine]:
    """Return the columns: those without a meaning first, then those that another word names, then the others."""
    matches = {match.index: match for match in looked.pending.matching.matches} if looked.pending else {}
    lines = [_heading(place, looked, matches.get(place)) for place, heading in enumerate(looked.headings) if heading]
    return sorted(lines, key=lambda line: (bool(line.value), line.says_itself))


def reading(looked: Looked) -> list[Line]:
    """Return how the file is read where another way is possible."""
    pending, options = looked.pending, looked.options
    lines = []
    if pending is not None and len(pending.table.sheets) > 1:
        lines.append(Line("sheet", "Sheet", pending.table.sheet))
    if pending is not None and looked.source.listed is None and pending.table.takes_encoding:
        name = next((words for codec, words in ENCODINGS.items() if codec == options.encoding), options.encoding)
        lines.append(Line("encoding", "Encoding", name or "as the file shows"))
    if pending is not None and pending.table.is_text:
        lines.append(Line("delimiter", "Delimiter", DELIMITERS.get(options.delimiter or "", "as the file shows")))
    if pending is not None and pending.table.is_workbook and _notes(looked, "hidden_rows", "hidden_columns"):
        lines.append(Line("hidden", "Hidden rows", "left out" if options.skip_hidden else "read too"))
    order = options.choices.date_order
    lines.append(Line("dates", "Dates", DATE_ORDERS[order] if order else "as the file shows"))
    erases = options.erase_blanks
    lines.append(Line("blanks", "Blank cells", BLANKS["erase" if erases else "none"], mark="danger" if erases else ""))
    if looked.mappings:
        beside = "by itself: the headings are the same" if looked.is_mapped_by_itself else ""
        if not options.use_map and len(looked.fitting) > 1:
            beside = f"{len(looked.fitting)} were saved for these headings"
        lines.append(Line("mapping", "Saved mapping", options.use_map or "none", beside))
    if has_choices(options.choices) or options.save_map:
        beside = "" if options.save_map else "a name keeps what you chose for the next file"
        lines.append(Line("save", "Keep mapping as", options.save_map or "not kept", beside))
    return lines


def _for_all_rows(looked: Looked) -> Iterator[Line]:
    """Yield the fields that the file leaves out and that may be the same in all of its rows."""
    if looked.pending is None or looked.source.listed is not None or looked.pending.compared is not None:
        return
    matches = {match.field.key: match for match in looked.pending.matching.matches}
    if "event" in matches:
        return
    for key, words in SETTABLE.items():
        match = matches.get(key)
        if match is None:
            yield Line(f"set:{key}", FIELD[key].title, "not in the file", "what is known stays", "open")
        elif match.index is None:
            yield Line(f"set:{key}", FIELD[key].title, words.get(match.value, match.value), "for all rows")


def _words(looked: Looked) -> Iterator[Line]:
    """Yield the vendor's own words of status, which a person may give a letter."""
    for word in status_words_of(looked):
        letter = looked.options.status_words.get(word)
        if letter:
            yield Line(f"word:{word}", f"“{word}”", STATUS_WORDS[letter], "kept for later files")
        else:
            yield Line(f"word:{word}", f"“{word}”", "no status", "kept as it is", "open")


def status_words_of(looked: Looked) -> list[str]:
    """Return the words of status that are not known, and those that were given a letter for this import."""
    unknown: list[str] = []
    if looked.pending is not None and looked.outlook is not None:
        heading = next(
            (match.heading for match in looked.pending.matching.matches if match.field.key == "status"), None
        )
        unknown = looked.outlook.report.unknown_words.get(heading or "", [])
    return list(dict.fromkeys([*looked.options.status_words, *unknown]))


def _risks(looked: Looked) -> Iterator[Line]:
    """Yield what a person has to allow before it is done."""
    options = looked.options
    report = looked.outlook.report if looked.outlook else None
    if report is not None and report.looks_like_half:
        words = "they have left" if options.accept_gone else "it looks like half a file"
        mark: Mark = "danger" if options.accept_gone else "open"
        yield Line("gone", "Many gone", words, f"{report.gone:,} of {report.in_scope:,} accounts", mark)
    if notes := _notes(looked, "new_ids_like_known"):
        words = "other accounts" if options.accept_new_ids else "rejected"
        yield Line("new_ids", "New ids like known ones", words, f"{notes[0].count:,}", "open")


def _why_today(looked: Looked) -> str:
    """Return why a file tells of today; nothing where its day is given, or is the one in its name."""
    if looked.options.dated is not None:
        return ""
    if day_in_name(looked.source.file.name) is None:
        return "today: the name has no day"
    return "today" if proposed_day(looked.source.file) else "today: the day in the name is still to come"


def _whole_file(looked: Looked) -> Iterator[Line]:
    if looked.pending is None or looked.source.listed is not None:
        return
    yield Line("day", "Tells of", looked.pending.dated.isoformat(), _why_today(looked))
    if looked.pending.compared is None:
        yield Line("complete", "Complete for", COMPLETE[looked.options.complete or "none"])


def _notes(looked: Looked, *kinds: str) -> list[Note]:
    report = looked.outlook.report if looked.outlook else None
    return [note for note in report.notes if note.kind in kinds] if report else []


def _heading(place: int, looked: Looked, match: Match | None) -> HeadingLine:
    """Return the line of a column."""
    heading = looked.headings[place]
    key = meaning(place, looked)
    title = match.field.title if match else (FIELD[key].title if key in FIELD else "")
    known_otherwise = looked.pending is not None and any(
        note.heading == heading for note in looked.pending.matching.notes
    )
    sample = _sample(looked, match) if match else looked.first_cells[place] if place < len(looked.first_cells) else ""
    return HeadingLine(
        f"heading:{place}",
        heading_name(place, looked.headings),
        f"{title} (your own)" if key == KEPT else title,
        sample,
        "" if title or known_otherwise else "open",
        says_itself=heading == title and key != KEPT,
        can_be_kept=key == KEPT or not title,
        is_kept=key == KEPT,
    )


def _sample(looked: Looked, match: Match) -> str:
    """Return the first value of a field as it was understood."""
    pending = looked.pending
    if pending is None or match.field.key not in pending.keys:
        return looked.first_cells[match.index] if match.index is not None and looked.first_cells else ""
    at = pending.keys.index(match.field.key)
    return shown(next((row[at] for row in pending.sample if row[at] is not None), None), match.field)


def shown(value: Value, field: Field | None) -> str:
    """Return a stored value as the reports show it; '' for an unknown one."""
    if field is not None and field.kind in ("status", "relationship") and isinstance(value, str):
        return status_word(value) if field.kind == "status" else RELATIONSHIP_WORDS.get(value, value)
    return "" if value is None else f"{value:,}" if isinstance(value, int) else value
