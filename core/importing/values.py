"""Values of one column: texts in, what is stored out (domain: Values).

A million rows of twenty columns come through here, so columns are read whole, and a text that was seen before is
not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from core.importing.counts import read_number
from core.importing.dates import DateOrder, read_date
from core.importing.unreadable import Unreadable
from core.query.columns import Value
from core.text.formula_guard import MARK, without_mark
from core.text.vocabulary import CANCEL_REASONS, relationship_of, squeeze, status_letter
from db.fields import Field

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


def column_for(field: Field, heading: str, date_order: Callable[[], DateOrder], epoch_1904: bool = False) -> Column:
    """Return the reader of a field's column.

    Args:
        field: what the column holds.
        heading: what stands above it: under one that says *managed*, yes and no are account types.
        date_order: asked when the first date comes whose order has to be known.
        epoch_1904: how the file counts days.
    """
    if field.kind == "date":
        return Column(lambda text: read_date(text, date_order, epoch_1904))
    if field.kind == "number":
        return Column(read_number)
    if field.kind == "status":
        return _Statuses()
    if field.kind == "relationship":
        says = squeeze(heading)
        return _Relationships(yes_no="managed" in says and "unmanaged" not in says)
    if field.key in _NOT_PLAIN:
        codes = CANCEL_REASONS if field.key == "cancel_reason" else {}
        return Column(lambda text: codes.get(text, text))
    return _Texts()


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

    def values(self, texts: Sequence[str]) -> list[Parsed]:
        """Return the value of each text."""
        return list(map(self._seen.__getitem__, texts)) if any(texts) else [None] * len(texts)

    def _read(self, text: str) -> Parsed:
        value: Parsed = read_text(text)
        if isinstance(value, str):
            value = None if value.lower() in self.says_unknown else self._meaning(value)
        self.has_faults |= isinstance(value, Unreadable)
        return value

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


class _Statuses(Column):
    """A letter, or the vendor's own word."""

    def __init__(self) -> None:
        super().__init__(self._status)

    def _status(self, text: str) -> Parsed:
        letter = status_letter(text)
        if letter is None:
            self._not_known(text)
        return letter or text


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

    def __init__(self) -> None:
        super().__init__(lambda text: text)

    def values(self, texts: Sequence[str]) -> list[Parsed]:
        if not any(texts):
            return [None] * len(texts)
        stripped = list(map(str.strip, texts))
        together = "\n".join(stripped)
        if len(together) > LONGEST_TEXT or not _is_ordinary(together):
            self.has_faults = True
            return list(map(read_text, stripped))
        return list(stripped) if all(stripped) else [text or None for text in stripped]


def _is_ordinary(lines: str) -> bool:
    """Return whether no line can begin with the guard mark, and no character needs a second look."""
    return not lines.startswith(MARK) and f"\n{MARK}" not in lines and "\0" not in lines and not _has_surrogate(lines)


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
    """Return a text without outer blanks and guard mark, None if nothing is left, or why it cannot be kept."""
    text = without_mark(text.strip()).strip()
    if len(text) > LONGEST_TEXT:
        return Unreadable(f"longer than {LONGEST_TEXT:,} characters")
    if "\0" in text:
        return Unreadable("holds a NUL character")
    if _has_surrogate(text):
        return Unreadable("holds half a character (a lone surrogate)")
    return text or None
