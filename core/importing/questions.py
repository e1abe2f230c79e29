"""What a person may decide of an import, question by question: the answers there are, the present one, what each does.

A question is known by an id: `day`, `complete`, `gone`, `new_ids`, `set:FIELD`, `word:WORD`, `heading:PLACE`,
`encoding`, `delimiter`, `dates`, `blanks`, `sheet`, `hidden`, `mapping`, `save`. Screens ask it and know nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from core.clock import parse_day
from core.importing.dates import DateOrder
from core.importing.delimited import checked_delimiter
from core.importing.derived_fields import DERIVED_FIELDS
from core.importing.dialects import DELIMITERS
from core.importing.encodings import ENCODINGS, checked_encoding
from core.importing.heading_words import heading_key
from core.importing.import_options import ImportOptions, Scope
from core.importing.looking import Looked
from core.mappings import Choices, checked_name
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS
from db.fields import FIELDS

NONE = "none"
"""The key of an answer that leaves a thing as it is."""
LEFT_OUT, KEPT = "", "own"
"""Keys of what a heading may mean beside the fields."""
_OTHER = "other"

SETTABLE: Mapping[str, Mapping[str, str]] = {"relationship": RELATIONSHIP_WORDS, "status": STATUS_WORDS}
"""Fields that a file may leave out because it is about one kind of account: they can be set for all of its rows."""
DATE_ORDERS: Mapping[str, str] = {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"}
COMPLETE: Mapping[str, str] = {
    NONE: "no: accounts that it lacks stay",
    "all": "every account",
    "managed": "every managed account",
    "referred": "every referred account",
}
BLANKS: Mapping[str, str] = {NONE: "leave what is known", "erase": "erase what is known"}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide: one of a few answers, or a text."""

    title: str
    """Words of anybody's."""
    present: str
    """The key of the answer that holds now; for a text, the text."""
    take: Callable[[str], ImportOptions | Question]
    """Given the key, or the text, returns the options with it, or what has to be asked beside."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Key and words of each answer; none where a text is asked for."""
    label: str = ""
    """What a text is, in a word."""
    hint: str = ""
    """What stands where the text is empty."""
    check: Callable[[str], object] = str
    """Raises a fault for a text that will not do."""


def question(id: str, looked: Looked) -> Question:
    """Return the question of an id about what was looked at."""
    kind, _, rest = id.partition(":")
    options = looked.options
    match kind:
        case "day":
            return _day(looked)
        case "complete":
            present = options.complete or NONE
            title = "Does it name every account that you have?"
            return Question(title, present, lambda key: replace(options, complete=_scope(key)), COMPLETE)
        case "gone" | "new_ids" | "blanks" | "hidden":
            return _switch(kind, options)
        case "set":
            return _value_for_all(rest, options)
        case "word":
            return _word(rest, options)
        case "heading":
            return _heading(int(rest), looked)
        case "encoding":
            return _encoding(options)
        case "delimiter":
            return _delimiter(options)
        case "dates":
            return _dates(options)
        case "sheet":
            return sheet_question(looked.pending.table.sheets if looked.pending else [], options)
        case "mapping":
            return _mapping(looked)
    return _save(options)


def sheet_question(sheets: list[str] | tuple[str, ...], options: ImportOptions) -> Question:
    """Return which sheet is to be read. A mapping of another sheet's headings does no harm: it finds none."""
    numbered = {str(place): name for place, name in enumerate(sheets)}
    present = next((key for key, name in numbered.items() if name == options.sheet), NONE)
    return Question("Which sheet?", present, lambda key: replace(options, sheet=numbered[key]), numbered)


def heading_name(place: int, headings: list[str]) -> str:
    """Return how an option names a column: by its heading, and its number where others have the same."""
    heading = headings[place]
    same = sum(heading_key(one) == heading_key(heading) for one in headings)
    return heading if same == 1 else f"{heading} (column {place + 1})"


def meaning(place: int, looked: Looked) -> str:
    """Return what a column means now: the key of a field, `KEPT` or `LEFT_OUT`."""
    if looked.pending is not None:
        for match in looked.pending.matching.matches:
            if match.index == place:
                return match.field.key if match.field.key in _titles() else KEPT
        return LEFT_OUT
    return looked.options.choices.headings.get(heading_name(place, looked.headings), LEFT_OUT)


def _titles() -> dict[str, str]:
    """Return the fields that a heading may mean, with their titles."""
    return {one.key: one.title for one in FIELDS if one.is_read} | {
        one.key: f"{one.title} (first and last name in one)" if one.key == "contact" else one.title
        for one in DERIVED_FIELDS
    }


def _day(looked: Looked) -> Question:
    options = looked.options
    present = options.dated.isoformat() if isinstance(options.dated, date) else ""
    return Question(
        "On which day was the list true?",
        present,
        lambda text: replace(options, dated=parse_day(text) if text else None),
        label="Day",
        hint="YYYY-MM-DD; none: today",
        check=lambda text: text.strip() and parse_day(text.strip()),
    )


def _scope(key: str) -> Scope | None:
    return None if key == NONE else cast(Scope, key)


def _switch(kind: str, options: ImportOptions) -> Question:
    """Return a question of two answers; the first is the careful one."""
    title, option, answers = {
        "gone": (
            "Many accounts are not in this list. Have they all left?",
            "accept_gone",
            {NONE: "no: it looks like half a file", "yes": "yes: they have left"},
        ),
        "new_ids": (
            "New ids that are like known ones (00123 and 123)",
            "accept_new_ids",
            {NONE: "reject their rows: they are mistakes", "yes": "take them as other accounts"},
        ),
        "blanks": ("What does a blank cell say?", "erase_blanks", BLANKS),
        "hidden": (
            "Rows and columns that the workbook hides",
            "skip_hidden",
            {NONE: "read them too", "skip": "leave them out"},
        ),
    }[kind]
    present = list(answers)[bool(getattr(options, option))]
    changed = {key: replace(options, **{option: key != NONE}) for key in answers}  # type: ignore[arg-type]
    return Question(title, present, changed.__getitem__, answers)


def _value_for_all(key: str, options: ImportOptions) -> Question:
    """Return which value a field that the file leaves out has in all rows."""
    title = next(one.title for one in FIELDS if one.key == key)
    choices = options.choices
    others = {name: value for name, value in choices.given.items() if name != key}

    def take(value: str) -> ImportOptions:
        given = others if value == NONE else others | {key: value}
        return replace(options, choices=replace(choices, given=given))

    answers = {NONE: "what is known stays", **SETTABLE[key]}
    return Question(f"{title} of all rows", choices.given.get(key, NONE), take, answers)


def _word(word: str, options: ImportOptions) -> Question:
    """Return which status a word of the vendor's means."""
    others = {name: letter for name, letter in options.status_words.items() if name != word}

    def take(key: str) -> ImportOptions:
        return replace(options, status_words=others if key == NONE else others | {word: key})

    answers = {NONE: "no status: it is kept as it is", **STATUS_WORDS}
    return Question(f"Which status is “{word}”?", options.status_words.get(word, NONE), take, answers)


def _heading(place: int, looked: Looked) -> Question:
    """Return what a column is. An answer by hand stands in place of the one before, tick or field."""
    options, name = looked.options, heading_name(place, looked.headings)
    choices = options.choices
    others = {heading: key for heading, key in choices.headings.items() if heading_key(heading) != heading_key(name)}
    kept = [heading for heading in choices.kept if heading_key(heading) != heading_key(name)]

    def take(key: str) -> ImportOptions:
        if key == KEPT:
            return replace(options, choices=replace(choices, headings=others, kept=[*kept, name]))
        return replace(options, choices=replace(choices, headings=others | {name: key}, kept=kept))

    answers = {LEFT_OUT: "Leave it out", KEPT: "Keep it as a field of your own", **_titles()}
    return Question(f"What is “{name}”?", meaning(place, looked), take, answers)


def _encoding(options: ImportOptions) -> Question:
    def take(key: str) -> ImportOptions | Question:
        if key != _OTHER:
            return replace(options, encoding=None if key == NONE else checked_encoding(key))
        return Question(
            "How is its text written?",
            options.encoding or "",
            lambda text: replace(options, encoding=checked_encoding(text) if text else None),
            label="Encoding",
            hint="such as cp1257; none: as found",
            check=lambda text: text.strip() and checked_encoding(text.strip()),
        )

    answers = {NONE: "as the file shows", **ENCODINGS, _OTHER: "another, by its name …"}
    present = next((key for key in ENCODINGS if options.encoding == checked_encoding(key)), _OTHER)
    return Question("How is its text written?", present if options.encoding else NONE, take, answers)


def _delimiter(options: ImportOptions) -> Question:
    present = options.delimiter or NONE
    return Question(
        "What parts the cells of a line?",
        present,
        lambda key: replace(options, delimiter=None if key == NONE else checked_delimiter(key)),
        {NONE: "as the file shows", **DELIMITERS},
    )


def _dates(options: ImportOptions) -> Question:
    def take(key: str) -> ImportOptions:
        order = cast(DateOrder, key) if key in DATE_ORDERS else None
        return replace(options, choices=replace(options.choices, date_order=order))

    answers = {NONE: "as the file shows", **DATE_ORDERS}
    return Question("How is 03/04/2026 to be read?", options.choices.date_order or NONE, take, answers)


def _mapping(looked: Looked) -> Question:
    options = looked.options
    saved = {str(place): name for place, name in enumerate(looked.mappings)}
    present = next((key for key, name in saved.items() if name == options.use_map), NONE)
    return Question(
        "Use which saved mapping?",
        present,
        lambda key: replace(options, use_map=saved.get(key, "")),
        {NONE: "None", **saved},
    )


def _save(options: ImportOptions) -> Question:
    return Question(
        "Keep the mapping once the file is imported",
        options.save_map or "",
        lambda text: replace(options, save_map=text or None),
        label="Name",
        hint="none: it is not kept",
        check=lambda text: text.strip() and checked_name(text),
    )


def has_choices(choices: Choices) -> bool:
    """Return whether a person has said anything of a file that would be worth keeping."""
    return bool(choices.headings or choices.given or choices.date_order or choices.kept)
