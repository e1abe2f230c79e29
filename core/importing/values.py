"""Values of one column: texts in, what is stored out (domain: Values).

A million rows of twenty columns come through here, so columns are read whole, and a text that was seen before is
not read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from core.importing.counts import NOT_WHOLE, read_number
from core.importing.dates import CLOCK_BEGINS, DateOrder, read_date
from core.importing.emails import is_hidden, read_address
from core.importing.notes import Note, Tally
from core.importing.rejected import Unreadable
from core.text.formula_guard import MARK, without_mark
from core.text.vocabulary import CANCEL_REASONS, relationship_of, squeeze, status_letter
from db.fields import Field
from db.staging import Value

LONGEST_TEXT = 32_767
"""Characters of one value: what a cell of a workbook holds, so that every text can be exported whole."""

Parsed = Value | Unreadable

_UNKNOWN = frozenset({"never", "n/a", "-", "--", "none", "null"})
"""Words that mean unknown, as blank does, in columns of dates, numbers and statuses."""

_NOT_PLAIN = frozenset({"moved_to", "cancel_reason", "nab_status"})
"""Text fields where they mean it too."""

_YES_NO = {"yes": "managed", "y": "managed", "true": "managed", "no": "referred", "n": "referred", "false": "referred"}

_REMEMBERED = 50_000
"""How many texts of a column are remembered with their values."""

_WORDS_KEPT = 1_000
"""How many unknown words of a column are listed: more of them means that the column holds something else."""


_FIRST_YEAR = "1995-01-01"
"""Before it the vendor had no accounts."""

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_AT_ENDS = _UNSEEN + "\0"
"""What nobody sees at the ends of ids, usernames and addresses."""

_AS_TEXT = re.compile(r'="([^"]*)"')
"""How programs keep a spreadsheet from changing a value: `="0012345"`."""

_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'|“([^”]+)”|‘([^’]+)’|„([^“”]+)[“”]|«([^»]+)»")
_SHORTENED = re.compile(r"\d[.,]\d+E\+?\d+|\d+E\+\d+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)

_REMARKS = {
    "unknown_dates": "{heading}: {cells} with the beginning of a clock, such as '{sample}', which means unknown.",
    "future_days": "{heading}: {cells} with a day after today, such as '{sample}', kept as it is.",
    "unlikely_days": "{heading}: {cells} with a day before 1995, such as '{sample}', kept as it is: check the column.",
    "unread_counts": "{heading}: {cells} without a whole number, such as '{sample}': unknown.",
    "several_addresses": "{heading}: {cells} with several addresses, such as '{sample}': the first was taken.",
    "bare_addresses": "{heading}: {cells} with more than an address, such as '{sample}': only the address was taken.",
    "hidden_addresses": "{heading}: {cells} with '{sample}', behind which a page hides an address: unknown.",
    "unseen_characters": "{heading}: {cells} with invisible characters at the ends, such as '{sample}', which were "
    "dropped.",
    "quotes": "{heading}: {cells} in quotes, such as {sample}, which were taken off.",
    "text_formulas": '{heading}: {cells} written as ="…", such as {sample}: read as the text inside.',
    "status_words": "{heading}: {cells} with a word that was given a letter, such as '{sample}'.",
    "entities": "{heading}: {cells} with marks of web pages, such as '{sample}', kept as they are.",
}
"""What is said of the cells of a column, by the stable kind of the note."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the values of a file depend on beside themselves."""

    date_order: Callable[[int | None], DateOrder]
    """Asked with the column when the first date comes whose order has to be known."""
    decimal_signs: Callable[[int | None], frozenset[str]]
    """Asked with the column when the first number such as 1.234 comes."""
    today: date
    epoch_1904: bool = False
    """How the file counts days."""
    status_words: Mapping[str, str] = field(default_factory=dict)
    """The letters that a person gave to the vendor's own words, by `vocabulary.squeeze` of the word."""


def column_for(known: Field, heading: str, index: int | None, reading: Reading) -> Column:
    """Return the reader of a field's column.

    Args:
        known: what the column holds.
        heading: what stands above it: under one that says *managed*, yes and no are account types.
        index: which column of the file it is; None where a person set the value.
        reading: what its values depend on.
    """
    if known.kind == "date":
        return _Dates(lambda: reading.date_order(index), reading)
    if known.kind == "number":
        return _Counts(lambda: reading.decimal_signs(index))
    if known.kind == "status":
        return _Statuses(reading.status_words)
    if known.key == "status_word":
        return _StatusWords(reading.status_words)
    if known.kind == "relationship":
        says = squeeze(heading)
        return _Relationships(yes_no="managed" in says and "unmanaged" not in says)
    if known.key in _NOT_PLAIN:
        codes = CANCEL_REASONS if known.key == "cancel_reason" else {}
        return Column(lambda text: codes.get(text, text))
    return {"account_id": _Ids, "username": _Names, "email": _Emails}.get(known.key, _Texts)()


class Column:
    """Reads one column, block by block."""

    says_unknown: ClassVar[frozenset[str]] = _UNKNOWN
    """Words that mean unknown here, as blank does."""

    def __init__(self, meaning: Callable[[str], Parsed]) -> None:
        """Set up a column in which `meaning` says what a text stands for that is neither blank nor says unknown."""
        self.unknown_words: dict[str, None] = {}
        """The words that this column should not have, in the order they came."""
        self.has_faults = False
        """Whether a value may have been unreadable so far: most columns never need to be looked through for one."""
        self._meaning = meaning
        self._seen = _Seen(self._read)
        self._remarkable: dict[str, str] = {}
        """Texts of which a note has to be made, with its kind."""
        self._tallies: dict[str, Tally] = {}

    def values(self, texts: Sequence[str]) -> list[Parsed]:
        """Return the value of each text."""
        return list(map(self._seen.__getitem__, texts)) if any(texts) else [None] * len(texts)

    def _read(self, text: str) -> Parsed:
        value: Parsed = read_text(text)
        if isinstance(value, str):
            if text.lstrip().startswith('="') and value != text.strip():
                self._remark(text, "text_formulas")
            value = None if value.lower() in self.says_unknown else self._judged(text, self._meaning(value))
        self.has_faults |= isinstance(value, Unreadable)
        return value

    def _judged(self, _text: str, value: Parsed) -> Parsed:
        """Return what becomes of a value; a place to remark on its text."""
        return value

    def look_again(self, numbers: Sequence[int], texts: Sequence[str]) -> None:
        """Count what has to be said of texts that `values` read, by the numbers of their rows."""
        if not self._remarkable or self._remarkable.keys().isdisjoint(texts):
            return
        for number, text in zip(numbers, texts, strict=True):
            if kind := self._remarkable.get(text):
                self._tallies.setdefault(kind, Tally()).add([number], text.strip()[:60])

    def notes(self, heading: str) -> list[Note]:
        """Return what has to be said of the cells of this column that were looked at."""
        return [
            tally.note(kind, _REMARKS[kind].replace("{heading}", _braced(heading)))
            for kind, tally in self._tallies.items()
        ]

    def _remark(self, text: str, kind: str) -> None:
        if len(self._remarkable) > _REMEMBERED:
            self._remarkable.clear()
            self._seen.clear()
        self._remarkable[text] = kind

    def _not_known(self, word: str) -> None:
        if len(self.unknown_words) < _WORDS_KEPT:
            self.unknown_words[word] = None


class _Seen(dict[str, Parsed]):
    """The texts of a column that were read, with their values: the fastest look-up there is."""

    def __init__(self, read: Callable[[str], Parsed]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Parsed:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[text] = self._read(text)
        return value


class _Dates(Column):
    """Days as ISO text."""

    def __init__(self, date_order: Callable[[], DateOrder], reading: Reading) -> None:
        super().__init__(lambda text: read_date(text, date_order, reading.epoch_1904, reading.today))
        self._today = reading.today.isoformat()

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if value is CLOCK_BEGINS:
            self._remark(text, "unknown_dates")
            return None
        if isinstance(value, str) and not _FIRST_YEAR <= value <= self._today:
            self._remark(text, "future_days" if value > self._today else "unlikely_days")
        return value


class _Counts(Column):
    """Whole numbers; what is none costs the cell, not the row (intake: Values)."""

    def __init__(self, decimal_signs: Callable[[], frozenset[str]]) -> None:
        super().__init__(lambda text: read_number(text, decimal_signs))

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if value is NOT_WHOLE:
            self._remark(text, "unread_counts")
            return None
        return value


class _Statuses(Column):
    """A letter, or the vendor's own word."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        super().__init__(self._status)
        self._letters = letters

    def _status(self, text: str) -> Parsed:
        letter = status_letter(text) or self._letters.get(squeeze(text))
        if letter is None:
            self._not_known(text)
        return letter or text


class _StatusWords(Column):
    """The vendor's own word, where a person gave it a letter."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        super().__init__(lambda text: text if status_letter(text) is None and squeeze(text) in letters else None)

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if value is not None:
            self._remark(text, "status_words")
        return value


class _Relationships(Column):
    """Managed or referred; any other word is unknown, and listed."""

    says_unknown = frozenset()

    def __init__(self, yes_no: bool) -> None:
        super().__init__(self._relationship)
        self._yes_no = _YES_NO if yes_no else {}

    def _relationship(self, text: str) -> Parsed:
        known = relationship_of(text) or self._yes_no.get(text.lower())
        if known is None:
            self._not_known(text)
        return known


class _Texts(Column):
    """Plain text, nearly all different: looked at together, and one by one only where something is odd."""

    says_unknown = frozenset()

    def __init__(self) -> None:
        super().__init__(lambda text: text)

    def values(self, texts: Sequence[str]) -> list[Parsed]:
        self._remarkable.clear()
        if not any(texts):
            return [None] * len(texts)
        stripped = list(map(str.strip, texts))
        together = "\n".join(stripped)
        if len(together) > LONGEST_TEXT or not _is_ordinary(together) or self._is_odd(together):
            self.has_faults = True
            return list(map(self._read, texts))
        return list(stripped) if all(stripped) else [text or None for text in stripped]

    def _is_odd(self, together: str) -> bool:
        """Return whether a text among these, one in each line, has to be looked at by itself."""
        return "&" in together and _ENTITY.search(together) is not None

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if "&" in text and _ENTITY.search(text):
            self._remark(text, "entities")
        return value


class _Names(_Texts):
    """Usernames: invisible characters at their ends are no part of them."""

    def _is_odd(self, together: str) -> bool:
        if not together.isascii() and any(sign in together for sign in _UNSEEN):
            return True
        return super()._is_odd(together)

    def _read(self, text: str) -> Parsed:
        seen = text.strip().strip(_AT_ENDS)
        value = super()._read(seen)
        if kind := self._remarkable.pop(seen, ""):
            self._remark(text, kind)
        elif seen != text.strip():
            self._remark(text, "unseen_characters")
        return value


class _Ids(_Names):
    """Account ids: quotes around them come off too, and what a spreadsheet has shortened is none."""

    def _is_odd(self, together: str) -> bool:
        if '"' in together or "'" in together or "E+" in together or "e+" in together or "." in together:
            return True
        if not together.isascii() and any(sign in together for sign in "“‘„«"):
            return True
        return super()._is_odd(together)

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if isinstance(value, str) and (quoted := _QUOTED.fullmatch(value)):
            self._remark(text, "quotes")
            value = next(filter(None, quoted.groups())).strip().strip(_AT_ENDS) or None
        if isinstance(value, str) and _SHORTENED.fullmatch(value):
            return Unreadable("a number that a spreadsheet has shortened: make the column text and export it again")
        return value


class _Emails(_Names):
    """Addresses: of several the first, without what stands around it; hidden ones are unknown."""

    def _is_odd(self, together: str) -> bool:
        if ":" in together or "<" in together or "," in together or ";" in together or " " in together:
            return True
        if "/" in together or "|" in together or "[" in together or "\t" in together or "\u00a0" in together:
            return True
        return super()._is_odd(together)

    def _judged(self, text: str, value: Parsed) -> Parsed:
        if not isinstance(value, str):
            return value
        if is_hidden(value):
            self._remark(text, "hidden_addresses")
            return None
        address, count = read_address(value)
        if count > 1:
            self._remark(text, "several_addresses")
        elif address != value:
            self._remark(text, "bare_addresses")
        return address.strip(_AT_ENDS)


def _is_ordinary(lines: str) -> bool:
    """Return whether no line can begin with the guard mark or `="`, and no character needs a second look."""
    return (
        not lines.startswith(MARK)
        and f"\n{MARK}" not in lines
        and '="' not in lines
        and "\0" not in lines
        and not _has_surrogate(lines)
    )


def _braced(text: str) -> str:
    """Return text for a pattern of `str.format`."""
    return text.replace("{", "{{").replace("}", "}}")


def _has_surrogate(text: str) -> bool:
    """Return whether half a character stands alone in a text: no database and no file can hold it."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def read_text(text: str) -> str | Unreadable | None:
    """Return a text without outer blanks and guard mark, None if nothing is left, or why it cannot be kept.

    Of `="…"` it is the text inside.
    """
    bare = text.strip()
    inside = _AS_TEXT.fullmatch(bare)
    text = (inside[1] if inside else without_mark(bare)).strip()
    if len(text) > LONGEST_TEXT:
        return Unreadable(f"longer than {LONGEST_TEXT:,} characters")
    if "\0" in text:
        return Unreadable("holds a NUL character")
    if _has_surrogate(text):
        return Unreadable("holds half a character or a byte that is no text")
    return text or None
