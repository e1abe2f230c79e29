"""Reading a condition: `COLUMN OP VALUE`, joined by and, or, not and brackets.

    condition  = term { "or" term }
    term       = factor { "and" factor }
    factor     = "not" factor | "(" condition ")" | comparison
    comparison = COLUMN ( OP VALUE | ["not"] "in" "(" VALUE { "," VALUE } ")" | "between" VALUE "and" VALUE
                        | ["in"] SPAN | "is" STATE )
    STATE      = ["not"] ( "empty" | "known" | VALUE ) | "at least" VALUE … | "from" VALUE "to" VALUE
                        | ( "one" | "none" ) "of" VALUE { "," VALUE }

A column is its key or title in any case, or a beginning or part of either that only one has; text with blanks, brackets
or commas stands in quotes, and so does text that begins like an operator. Days may be stretches (SPAN), such as *last
30 days* or *this month*. What `sentence` says of a condition is read back as the same condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from core.conditions.tree import COMPARISONS, Between, Comparison, Condition, Empty, Junction, Not, OneOf, Operand
from core.conditions.values import NoValue, Span, quoted_at, span_at, unquoted, value_at
from core.errors import Advice, WrongUse
from core.query.columns import Column, columns_like, find_column

_OPERATOR = re.compile(r"!=|<>|<=|>=|==|[=<>~^≠≤≥]")
_SAME_OPERATOR = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_WORD_OPERATORS = {
    "contains": "~",
    "begins with": "^",
    "starts with": "^",
    "equals": "=",
}
_STATES = {
    "on or before": "<=",
    "on or after": ">=",
    "at least": ">=",
    "at most": "<=",
    "more than": ">",
    "less than": "<",
    "above": ">",
    "after": ">",
    "over": ">",
    "below": "<",
    "before": "<",
    "under": "<",
}
"""What may stand behind *is* in place of an operator: as sentences say it, and as people do."""
_EMPTY, _KNOWN = ("empty", "blank", "unknown", "not known"), ("known", "not empty", "not blank", "not unknown")
_RESERVED = frozenset(["and", "or", "not", "is", "in", "between", "contains", "begins", "starts", "equals", "does"])
"""Words that end the name of a column."""
_WORD = re.compile(r"\w+")
_NAME_WORDS = 5
"""Words of the longest column's name."""
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
            return self.state(column)
        if self.words("does not contain"):
            return Not(self.compared(column, "~"))
        negated = self.word("not")
        if self.word("in"):
            found = self.span(column) or self.one_of(column)
            return Not(found) if negated else found
        if negated:
            raise self.fault("'not' behind a column goes on with in (…)")
        if self.word("between"):
            return self.between(column, "and")
        if span := self.span(column):
            return span
        return self.compared(column, self.operator(column))

    def state(self, column: Column) -> Condition:
        """Read what follows *is*."""
        for words in (*_EMPTY, *_KNOWN):
            if self.words(words):
                return Empty(column) if words in _EMPTY else Not(Empty(column))
        if self.words("one of"):
            return self.listed(column)
        if self.words("none of"):
            return Not(self.listed(column))
        if self.word("from"):
            return self.between(column, "to")
        if self.word("between"):
            return self.between(column, "and")
        for words, operator in _STATES.items():
            if self.words(words):
                return self.compared(column, operator)
        return self.compared(column, "!=" if self.word("not") else "=")

    def operator(self, column: Column) -> str:
        """Take an operator, a sign or words."""
        for words, sign in _WORD_OPERATORS.items():
            if self.words(words):
                return sign
        self.skip_blanks()
        match = _OPERATOR.match(self.text, self.at)
        if match is None:
            raise self.fault(
                f"a comparison is missing behind {column.key}",
                f"Use {' '.join(COMPARISONS)}, contains, is empty, in (…), between.",
                "comparison",
            )
        self.at = match.end()
        return _SAME_OPERATOR.get(match[0], match[0])

    def compared(self, column: Column, operator: str) -> Condition:
        """Read a value, and return the column compared with it; a stretch of days is compared by its nearer end."""
        value = self.value(column, operator)
        if isinstance(value, Operand):
            return Comparison(column, operator, value)
        if operator in ("=", "!="):
            span = Between(column, value.low, value.high)
            return span if operator == "=" else Not(span)
        return Comparison(column, operator, value.low if operator in ("<", ">=") else value.high)

    def between(self, column: Column, word: str) -> Condition:
        low = self.value(column)
        if not self.word(word):
            example = "list_size between 500 and 2500" if word == "and" else "list_size is from 500 to 2500"
            first = "between" if word == "and" else "from"
            raise self.fault(f"{first} needs two values joined by {word}", f"Write: {example}")
        high = self.value(column)
        return Between(column, low.low if isinstance(low, Span) else low, high.high if isinstance(high, Span) else high)

    def span(self, column: Column) -> Condition | None:
        """Take a stretch of days, if one comes next: *created in last month*."""
        if not column.kind.is_date:
            return None
        self.skip_blanks()
        found = span_at(self.text, self.at, self.as_of)
        if found is None:
            return None
        span, self.at = found
        return Between(column, span.low, span.high)

    def one_of(self, column: Column) -> Condition:
        self.expect("(")
        values = self.values(column, in_list=True)
        self.expect(")")
        return values

    def listed(self, column: Column) -> Condition:
        """Take several values, with or without brackets."""
        return self.one_of(column) if self.rest().startswith("(") else self.values(column)

    def values(self, column: Column, *, in_list: bool = False) -> Condition:
        """Take values with commas between them."""
        values = [self.value(column, in_list=in_list)]
        while self.sign(","):
            values.append(self.value(column, in_list=in_list))
        days = tuple(value for value in values if isinstance(value, Operand))
        spans = [Between(column, value.low, value.high) for value in values if isinstance(value, Span)]
        parts = ([OneOf(column, days)] if days else []) + spans
        return parts[0] if len(parts) == 1 else Junction("or", tuple(parts))

    def column(self) -> Column:
        """Take a column: its key or title, which may have blanks, else a part of one; the longest that fits."""
        self.skip_blanks()
        start = self.at
        if quoted := quoted_at(self.text, start):
            self.at = quoted.end()
            return self.known(unquoted(quoted), start)
        whole, part = self.whole_name(start), self.part_of_name(start)
        if whole is None and part is None:
            known = ", ".join(c.key for c in self.columns)
            raise self.fault("a column is missing here", f"Columns: {known}", "column")
        self.at = max(whole or start, part or start)
        return self.known(self.text[start : self.at], start)

    def whole_name(self, start: int) -> int | None:
        """Return where the longest key or title ends that stands at a place; titles may hold any sign."""
        lowered = self.text[start:].lower()  # casefold() would change lengths
        names = [name for column in self.columns for name in (column.key, column.title.casefold())]
        fits = [len(n) for n in names if lowered.startswith(n) and not _WORD.match(lowered, len(n))]
        return start + max(fits) if fits else None

    def part_of_name(self, start: int) -> int | None:
        """Return where the words end that mean one column, the most that do; else those that come nearest to it."""
        ends: list[int] = []
        for word in _WORD.finditer(self.text, start):
            if len(ends) == _NAME_WORDS or word[0].casefold() in _RESERVED:
                break
            if self.text[ends[-1] if ends else start : word.start()].strip() or (not ends and word.start() > start):
                break
            ends.append(word.end())
        meant = {end: len(columns_like(self.columns, self.text[start:end])) for end in ends}
        by_clearness = sorted(ends, key=lambda end: (meant[end] == 1, meant[end] > 1, end if meant[end] else -end))
        return by_clearness[-1] if ends else None

    def known(self, name: str, start: int) -> Column:
        try:
            return find_column(self.columns, name)
        except WrongUse as fault:
            self.at = start
            raise self.fault(fault.message.rstrip("."), next(iter(fault.hints), "")) from None

    def value(self, column: Column, operator: str = "=", *, in_list: bool = False) -> Operand | Span:
        self.skip_blanks()
        try:
            found, self.at = value_at(self.text, self.at, column, operator, self.as_of, in_list=in_list)
        except NoValue:
            is_open = self.text[self.at : self.at + 1] in ('"', "'", "“") and self.at < len(self.text)
            what = "a quote is not closed" if is_open else "a value is missing here"
            hint = f"Write: {column.key} = VALUE, with text that has blanks or signs in quotes."
            raise self.fault(what, hint, column) from None
        except WrongUse as fault:
            raise self.fault(fault.message.rstrip("."), next(iter(fault.hints), "")) from None
        return found

    def words(self, words: str) -> bool:
        """Take several words if they come next; else stay."""
        start = self.at
        for word in words.split():
            if not self.word(word):
                self.at = start
                return False
        return True

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

    def fault(self, what: str, hint: Advice = "", expected: Expected = None) -> ConditionFault:
        """Return the fault for the place reached, with the text round it and the place marked."""
        shown = self.text[max(0, self.at - 40) : self.at] + "⟨here⟩" + self.text[self.at : self.at + 30]
        what = what if what.startswith("'") else what[0].lower() + what[1:]
        return ConditionFault(f"The condition cannot be read, {what}: {shown}", hint, self.at, expected, what)


class ConditionFault(WrongUse):
    """A condition that cannot be read, and where: `at` counts characters from 0."""

    def __init__(self, message: str, hint: Advice, at: int, expected: Expected = None, what: str = "") -> None:
        super().__init__(message, hint)
        self.at = at
        self.expected = expected
        self.what = what or message
        """What is wrong, for those who show the place by themselves."""
