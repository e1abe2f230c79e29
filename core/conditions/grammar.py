"""Reading a condition: `COLUMN OP VALUE`, joined by and, or, not and brackets.

    condition  = term { "or" term }
    term       = factor { "and" factor }
    factor     = "not" factor | "(" condition ")" | comparison
    comparison = COLUMN ( OP VALUE | "is" ["not"] "empty" | ["not"] "in" "(" VALUE { "," VALUE } ")"
                        | "between" VALUE "and" VALUE )

A column is its key or title in any case; text with blanks, brackets or commas stands in quotes, and so does text that
begins like an operator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

from core.conditions.tree import COMPARISONS, Between, Comparison, Condition, Empty, Junction, Not, OneOf, Operand
from core.errors import WrongUse
from core.query.columns import Column, find_column
from core.text.vocabulary import count_of, relationship_of, status_letter, status_word

_OPERATOR = re.compile(r"!=|<=|>=|[=<>~^]")
_QUOTED = re.compile(r"""("|')((?:(?!\1).|\1\1)*)\1""", re.DOTALL)
_BARE = re.compile(r"""[^\s()"',=<>!~^][^\s(),]*""")
_WORD = re.compile(r"\w+")
_TODAY = re.compile(r"today(?:\s*([+-])\s*(\d{1,5}))?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(,\d{3}){1,5}|\d{1,18}")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
MAX_LENGTH = 20_000
"""Characters of a condition; a paste by mistake is refused rather than read."""
MAX_DEPTH = 20
"""Brackets and *not* inside each other; SQLite's parser overflows at some thirty."""
MAX_COMPARISONS = 300
"""Comparisons in one condition; SQLite takes no expression of a thousand. `in (…)` counts as one."""

Expected = Literal["column", "comparison"] | Column | None
"""What is missing at the place of a fault; a column stands for a value of it."""


def parse(text: str, columns: Sequence[Column], as_of: date) -> Condition:
    """Return the condition that `text` says of `columns`; *today* in it is `as_of`.

    Raises:
        WrongUse: it cannot be read; the message shows the place.
    """
    if len(text) > MAX_LENGTH:
        raise WrongUse(f"The condition is too long ({len(text):,} characters, {MAX_LENGTH:,} at most).")
    if broken := _NO_TEXT.search(text):
        raise ConditionFault("The condition holds bytes that are no text.", "Write it in UTF-8.", broken.start())
    return _Parser(text, columns, as_of).whole()


class _Parser:
    """Reads one condition from left to right; `at` is the place reached."""

    def __init__(self, text: str, columns: Sequence[Column], as_of: date) -> None:
        self.text = text
        self.columns = columns
        self.as_of = as_of
        self.at = 0
        self.depth = 0
        self.comparisons = 0

    def whole(self) -> Condition:
        condition = self.condition()
        if self.rest():
            hint = "Text with blanks needs quotes; join conditions with and, or."
            raise self.fault("something is left over here", hint)
        return condition

    def condition(self) -> Condition:
        return self.joined("or", self.term)

    def term(self) -> Condition:
        return self.joined("and", self.factor)

    def joined(self, word: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def factor(self) -> Condition:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fault("too many brackets inside each other")
        try:
            if self.word("not"):
                return Not(self.factor())
            if self.sign("("):
                condition = self.condition()
                self.expect(")")
                return condition
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        self.comparisons += 1
        if self.comparisons > MAX_COMPARISONS:
            hint = f"Up to {MAX_COMPARISONS} may be joined; many values of one column go into: COLUMN in (…)."
            raise self.fault("too many comparisons", hint)
        column = self.column()
        if self.word("is"):
            negated = self.word("not")
            if not self.word("empty"):
                raise self.fault(f"'{column.key} is' goes on with empty or not empty", "To compare, write =.")
            return Not(Empty(column)) if negated else Empty(column)
        negated = self.word("not")
        if self.word("in"):
            return Not(self.one_of(column)) if negated else self.one_of(column)
        if negated:
            raise self.fault("'not' behind a column goes on with in (…)")
        if self.word("between"):
            low = self.value(column)
            if not self.word("and"):
                raise self.fault("between needs two values joined by and", "Write: list_size between 500 and 2500")
            return Between(column, low, self.value(column))
        self.skip_blanks()
        operator = _OPERATOR.match(self.text, self.at)
        if operator is None:
            raise self.fault(
                f"a comparison is missing behind {column.key}",
                f"Use {' '.join(COMPARISONS)}, is empty, in (…), between.",
                "comparison",
            )
        self.at = operator.end()
        return Comparison(column, operator[0], self.value(column, operator[0]))

    def one_of(self, column: Column) -> Condition:
        self.expect("(")
        operands = [self.value(column)]
        while self.sign(","):
            operands.append(self.value(column))
        self.expect(")")
        return OneOf(column, tuple(operands))

    def column(self) -> Column:
        """Take a column: its key, or its title, which may have blanks; the longest that fits."""
        self.skip_blanks()
        start = self.at
        quoted = _QUOTED.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            return self.known(quoted[2], start)
        lowered = self.text[start:].lower()  # casefold() would change lengths
        names = sorted(
            ((name, column) for column in self.columns for name in (column.key, column.title.casefold())),
            key=lambda pair: -len(pair[0]),
        )
        for name, column in names:
            if lowered.startswith(name) and not _WORD.match(lowered, len(name)):
                self.at += len(name)
                return column
        word = _WORD.match(self.text, start)
        if word is None:
            known = ", ".join(c.key for c in self.columns)
            raise self.fault("a column is missing here", f"Columns: {known}", "column")
        return self.known(word[0], start)

    def known(self, name: str, start: int) -> Column:
        try:
            return find_column(self.columns, name)
        except WrongUse as fault:
            self.at = start
            raise self.fault(fault.message.rstrip("."), fault.hint) from None

    def value(self, column: Column, operator: str = "=") -> Operand:
        self.skip_blanks()
        start = self.at
        today = _TODAY.match(self.text, start) if column.kind == "date" else None
        quoted = _QUOTED.match(self.text, start)
        if today:
            self.at = today.end()
            return self.relative_day(today, start)
        found = quoted or _BARE.match(self.text, start)
        if found is None:
            closed = (
                "a quote is not closed" if self.text[start : start + 1] in ('"', "'") else "a value is missing here"
            )
            hint = f"Write: {column.key} = VALUE, with text that has blanks or signs in quotes."
            raise self.fault(closed, hint, column)
        self.at = found.end()
        text = quoted[2].replace(quoted[1] * 2, quoted[1]) if quoted else found[0]
        try:
            return operand(column, operator, text)
        except WrongUse as fault:
            self.at = start
            raise self.fault(fault.message.rstrip("."), fault.hint) from None

    def relative_day(self, match: re.Match[str], start: int) -> Operand:
        days = int(match[2] or 0) * (-1 if match[1] == "-" else 1)
        try:
            day = self.as_of + timedelta(days=days)
        except OverflowError:
            self.at = start
            raise self.fault("that day is out of reach") from None
        if not days:
            return Operand(day.isoformat(), f"today ({day})")
        return Operand(day.isoformat(), f"{count_of(abs(days), 'day')} {'ago' if days < 0 else 'ahead'} ({day})")

    def word(self, word: str) -> bool:
        """Take a keyword if it comes next."""
        self.skip_blanks()
        match = _WORD.match(self.text, self.at)
        if match is None or match[0].casefold() != word:
            return False
        self.at = match.end()
        return True

    def sign(self, sign: str) -> bool:
        """Take a sign if it comes next."""
        self.skip_blanks()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def expect(self, sign: str) -> None:
        if not self.sign(sign):
            raise self.fault(f"'{sign}' is missing here")

    def skip_blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def rest(self) -> str:
        self.skip_blanks()
        return self.text[self.at :]

    def fault(self, what: str, hint: str = "", expected: Expected = None) -> ConditionFault:
        """Return the fault for the place reached, with the text round it and the place marked."""
        shown = self.text[max(0, self.at - 40) : self.at] + "⟨here⟩" + self.text[self.at : self.at + 30]
        return ConditionFault(
            f"The condition cannot be read, {what[0].lower()}{what[1:]}: {shown}", hint, self.at, expected
        )


class ConditionFault(WrongUse):
    """A condition that cannot be read, and where: `at` counts characters from 0."""

    def __init__(self, message: str, hint: str, at: int, expected: Expected = None) -> None:
        super().__init__(message, hint)
        self.at = at
        self.expected = expected


def operand(column: Column, operator: str, text: str) -> Operand:
    """Return the value that `text` is for `column`.

    Raises:
        WrongUse: it is no date, number or text of that column.
    """
    if operator in ("~", "^"):
        return Operand(text, f"“{text}”")
    if column.kind == "date":
        return Operand(_iso_date(column, text), text)
    if column.kind == "number":
        if not _GROUPED.fullmatch(text.removeprefix("-")):
            raise WrongUse(f"'{text}' is no whole number, and {column.title} is one.", "Write a number such as 500.")
        number = int(text.replace(",", ""))
        return Operand(number, f"{number:,}")
    word = canonical_word(column, text)
    return Operand(word, f"“{word}”" if word else "“”")


def canonical_word(column: Column, text: str) -> str:
    """Return a status or account type as tables show it, given by letter or word; other text as it is."""
    if column.key == "status" and (letter := status_letter(text)):
        return status_word(letter)
    if column.key == "relationship":
        return (relationship_of(text) or text).capitalize()
    return text


def _iso_date(column: Column, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        hint = "Write 2026-03-31, today, or today-60."
        raise WrongUse(f"'{text}' is no date, and {column.title} is one.", hint) from None
