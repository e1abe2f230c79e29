"""The kinds of values that columns hold: how each is shown, written to files, read in conditions and compared.

A kind says here all that depends on it; tables, files, conditions and figures ask it and never for its name. A new kind
is a subclass and a line at the end of this file.

What is called for every value of a large file takes a whole column at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from core.errors import WrongUse
from core.text.date_style import ISO, date_style, shown_day
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS, relationship_of, status_letter, status_word

Value = str | int | float | None
"""A value of any kind; an unknown one is None whatever the kind, and is written empty (null in JSON)."""
Row = tuple[Value, ...]

CellForm = Literal["text", "number", "date"]
"""What a workbook's cell is: text as it is, a real number, or a real date."""

DAY_EXAMPLES = "2026-03-31, 3/31/2026, today, 60 days ago, last 30 days, this month"


class Kind:
    """A kind of values. This one is ISO text or the like that is told apart letter by letter."""

    name: str
    """The word for programs."""
    help: str
    """What such a value is, for people, where a column says nothing else."""
    is_text = False
    """Whether values are people's text: any character may be in it, and case does not count."""
    is_number = False
    """Whether values are numbers: they stand to the right and can be added up."""
    is_date = False
    """Whether values are days: today and stretches of days may be written for them."""
    is_breakable = False
    """Whether a value may be broken over lines, or cut to fit; the others are shown whole."""
    is_of_any_width = False
    """Whether one value may be much wider than the others though none is ever broken."""
    has_decisive = False
    """Whether single values decide how wide a column must be (see `decisive`), so that all of them are looked at."""
    cell: CellForm = "text"
    cell_format = "@"
    """The number format of a workbook's cell. A text's lets it stay one when a person edits its cell: 007 keeps its
    zeros, and =1+1 is not computed."""
    words: tuple[str, ...] = ()
    """The values there can be, where they are few."""

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def show(self, value: Value) -> str:
        """Return a value as people read it: unknown is empty."""
        return "" if value is None else str(value)

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return a column of values as people read them."""
        return list(map(self.show, values))

    def plain(self, values: Sequence[Any]) -> list[str]:
        """Return a column of values as programs read them: numbers without groups."""
        return ["" if value is None else str(value) for value in values]

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return the value that a person has written for a column, and how a sentence says it.

        Raises:
            WrongUse: it is no such value; `title` is the column's.
        """
        return text, f"“{text}”"

    def literal_at(self, text: str, at: int, *, in_list: bool) -> re.Match[str] | None:
        """Return the value that stands at a place of a condition, where its shape tells its end.

        In a list a comma parts values; elsewhere it may part the groups of a number.
        """
        return None

    def searched(self, text: str) -> str:
        """Return what to look for in stored values for a text that people read."""
        return text

    def test_sql(self, key: str, test: str, *, is_folded: bool) -> str:
        """Return an SQL test on a column's value, for which {0} stands in `test`.

        `is_folded` says that the column has a sort key KEY_key, which is NULL for values in ASCII.
        """
        return f"({test.format(key)})"

    def same_sql(self, key: str, *, is_folded: bool) -> str:
        """Return the SQL that is equal for values that count as the same."""
        return key

    def of_stored(self, value: Value) -> Value:
        """Return the value that a stored one stands for."""
        return value

    def of_stored_sql(self, stored: str) -> str:
        """Return the same as SQL, over the expression of what is stored."""
        return stored

    def decisive(self, values: Sequence[Any], width: Callable[[str], float]) -> list[Value]:
        """Return which of a column's known values decide how wide it must be, where `has_decisive`."""
        return []


class Text(Kind):
    """Text of people, in any script."""

    name, help = "text", "text"
    is_text, is_breakable = True, True

    def test_sql(self, key: str, test: str, *, is_folded: bool) -> str:
        """Compare without case: values in ASCII by NOCASE, others by their folded form."""
        plain = test.format(f"{key} COLLATE NOCASE")
        if not is_folded:
            return f"({plain})"
        return f"(CASE WHEN {key}_key IS NULL THEN {plain} ELSE {test.format(f'casefold({key})')} END)"

    def same_sql(self, key: str, *, is_folded: bool) -> str:
        """Return the text in the form that ignores case."""
        if not is_folded:
            return f"lower({key})"
        return f"CASE WHEN {key}_key IS NULL THEN lower({key}) ELSE casefold({key}) END"


class Id(Text):
    """What something is known by: text that is never broken."""

    name, help = "id", "an id, never cut"
    is_breakable, is_of_any_width, has_decisive = False, True, True

    def decisive(self, values: Sequence[Any], width: Callable[[str], float]) -> list[Value]:
        """Return the widest."""
        return [max(values, key=width)]


class Words(Text):
    """Text that is one of a few words."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take the words there are; others may come, such as the vendor's own."""
        self.words = tuple(words)


class _Coded(Words):
    """Words that are stored as codes."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the words by their codes; a code that has none stands for itself."""
        super().__init__(tuple(words.values()))
        self._words = words

    def of_stored(self, value: Value) -> Value:
        """Return the word of a code."""
        return self._words.get(str(value), value)

    def of_stored_sql(self, stored: str) -> str:
        """Return the word of a code."""
        cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in self._words.items())
        return f"CASE {stored} {cases} ELSE {stored} END"


class _Status(_Coded):
    """A status, which may be given by its letter or another word for it."""

    _SEVERAL = re.compile(r"\w+(?:(?:\s+|\s*-\s*)\w+){1,2}")

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return the word that tables show."""
        letter = status_letter(text)
        return super().read(status_word(letter) if letter else text, title)

    def literal_at(self, text: str, at: int, *, in_list: bool) -> re.Match[str] | None:
        """Return a status of several words, such as *expired trial* or *Trial - Active*; the longest that is one."""
        match = self._SEVERAL.match(text, at)
        while match is not None and status_letter(match[0]) is None:
            shorter = re.match(r"(.*\w)(?:\s+|\s*-\s*)\w+", match[0], re.DOTALL)
            words = shorter[1] if shorter else ""
            match = self._SEVERAL.match(text, at, at + len(words)) if re.search(r"\W", words) else None
        return match


class _Relationship(_Coded):
    """Managed or referred, which may be given in any way that files have it."""

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return the word that tables show."""
        return super().read((relationship_of(text) or text).capitalize(), title)


class Day(Kind):
    """A date, as ISO text (YYYY-MM-DD)."""

    name, help = "date", "a date"
    is_date = True
    cell: CellForm = "date"

    @property
    def cell_format(self) -> str:  # type: ignore[override]
        """The number format of a workbook's cell, by the style that holds."""
        return date_style().cell_format

    def show(self, value: Value) -> str:
        """Return a date in the style that holds."""
        return "" if value is None else shown_day(str(value))

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return dates in the style that holds."""
        return self.plain(values) if date_style() is ISO else list(map(self.show, values))

    def plain(self, values: Sequence[Any]) -> list[str]:
        """Return the dates as they are."""
        return [value or "" for value in values]

    def searched(self, text: str) -> str:
        """Return a whole date as it is stored."""
        return text if date_style() is ISO else read_day(text) or text

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return a date as import reads it."""
        day = read_day(text)
        if day is None:
            raise WrongUse(f"'{text}' is no date, and {title} is one.", f"Write {DAY_EXAMPLES}.")
        return day, day


class Month(Kind):
    """A month, as YYYY-MM; the row of totals reads Total instead."""

    name, help = "month", "a month"

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return a month."""
        if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", text):
            raise WrongUse(f"'{text}' is no month, and {title} is one.", "Write 2026-03.")
        return text, text


class Number(Kind):
    """A whole number, shown in groups of three digits."""

    name, help = "number", "a number"
    is_number, has_decisive = True, True
    cell: CellForm = "number"
    cell_format = "#,##0"
    _PLAIN = re.compile(r"-?\d+(?![\w.,]*\w)")
    _GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3}){1,5}(?![\w.,]*\w)")
    _WRITTEN = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})")

    def show(self, value: Value) -> str:
        """Return a number in groups; a word in its place, such as Total, as it is."""
        return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return numbers in groups; a word in their place as it is."""
        try:
            return ["" if value is None else f"{value:,}" for value in values]
        except ValueError:  # a database that others have written may hold anything
            return list(map(self.show, values))

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return a whole number."""
        if not self._WRITTEN.fullmatch(text):
            raise WrongUse(f"'{text}' is no whole number, and {title} is one.", "Write a number such as 500.")
        number = int(text.replace(",", ""))
        return number, f"{number:,}"

    def literal_at(self, text: str, at: int, *, in_list: bool) -> re.Match[str] | None:
        """Return a number, outside of lists perhaps in groups."""
        return (None if in_list else self._GROUPED.match(text, at)) or self._PLAIN.match(text, at)

    def searched(self, text: str) -> str:
        """Return the number without its groups."""
        return text.replace(",", "") or text

    def decisive(self, values: Sequence[Any], width: Callable[[str], float]) -> list[Value]:
        """Return the least and the greatest."""
        numbers = [value for value in values if isinstance(value, int | float)]
        return [min(numbers), max(numbers)] if numbers else []


class Decimal(Number):
    """A number with one decimal; what computes it rounds it."""

    name, help = "decimal", "a number with one decimal"
    cell_format = "#,##0.0"
    _PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?![\w.,]*\w)")
    _GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3}){1,5}(?:\.\d+)?(?![\w.,]*\w)")
    _WRITTEN = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,9})?")

    def show(self, value: Value) -> str:
        """Return a number in groups, with its decimal."""
        return f"{value:,.1f}" if isinstance(value, int | float) else super().show(value)

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return numbers in groups, with their decimal."""
        return list(map(self.show, values))

    def plain(self, values: Sequence[Any]) -> list[str]:
        """Return numbers with one decimal."""
        return [f"{value:.1f}" if isinstance(value, int | float) else value or "" for value in values]

    def read(self, text: str, title: str) -> tuple[str | int | float, str]:
        """Return a number, with or without decimals."""
        if not self._WRITTEN.fullmatch(text):
            raise WrongUse(f"'{text}' is no number, and {title} is one.", "Write a number such as 2.5.")
        number = float(text.replace(",", ""))
        return number, f"{number:,g}"


class Percent(Decimal):
    """Percent with one decimal, the sign % in the column's title."""

    name, help = "percent", "percent, with one decimal"


class Money(Number):
    """An amount in whole units of a currency, which is shown behind it."""

    name, help = "money", "an amount of money, in whole units"

    def __init__(self, currency: str = "") -> None:
        """Take the currency's sign or code; '' for none."""
        self.currency = currency
        quoted = currency.replace('"', "")
        self.cell_format = f'#,##0 "{quoted}"' if quoted else Number.cell_format

    def show(self, value: Value) -> str:
        """Return an amount with its currency."""
        return f"{super().show(value)} {self.currency}".rstrip() if isinstance(value, int) else super().show(value)

    def shown(self, values: Sequence[Any]) -> list[str]:
        """Return amounts with their currency."""
        return list(map(self.show, values))


def read_day(text: str) -> str | None:
    """Return a day as import reads it, as ISO text; None if it is none.

    Where both orders make a day it is month first, or as the days that a person sees are written.
    """
    from core.importing.dates import read_date  # what it needs is not made for the first screen

    for order in ("dmy", "mdy") if date_style().is_day_first else ("mdy", "dmy"):
        day = read_date(text, lambda order=order: order) if text.strip() else None  # type: ignore[misc]
        if isinstance(day, str):
            return day
    return None


TEXT = Text()
ID = Id()
DATE = Day()
MONTH = Month()
NUMBER = Number()
DECIMAL = Decimal()
PERCENT = Percent()
MONEY = Money()
STATUS = _Status(STATUS_WORDS)
RELATIONSHIP = _Relationship(RELATIONSHIP_WORDS)
