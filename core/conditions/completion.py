"""What may come next while a condition is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.conditions.grammar import ConditionFault, parse
from core.conditions.tree import COMPARISONS
from core.errors import WrongUse
from core.query.columns import Column

_BEGUN = re.compile(r"\w*\Z")
_OPERATORS = (*COMPARISONS, "is empty", "is not empty", "in (", "not in (", "between", "contains", "begins with")
_DAYS = ("today", "30 days ago", "last 7 days", "last 30 days", "this week", "last week", "this month", "last month")


@dataclass(frozen=True, slots=True)
class Completion:
    """What the word at the end of a text may become."""

    start: int
    """Where that word begins."""
    words: tuple[str, ...] = ()

    def taken(self, text: str) -> str:
        """Return `text` with the first word in place of what was begun, ready for the next one."""
        if not self.words:
            return text
        word = self.words[0]
        return text[: self.start] + word + ("" if word.endswith("(") else " ")


def complete(text: str, columns: Sequence[Column], as_of: date) -> Completion:
    """Return what may come at the end of `text`, a condition that is being typed."""
    begun = _BEGUN.search(text)
    start = begun.start() if begun else len(text)
    wanted = text[start:].casefold()
    return Completion(start, tuple(_matching(wanted, _next_words(text[:start], columns, as_of))))


def _next_words(head: str, columns: Sequence[Column], as_of: date) -> tuple[str, ...]:
    """Return the words that may follow `head`."""
    try:
        parse(head, columns, as_of)
    except ConditionFault as fault:
        if fault.at < len(head.rstrip()):
            return ()
        if fault.expected == "column":
            return (*(column.key for column in columns), "not")
        if fault.expected == "comparison":
            return _OPERATORS
        if isinstance(fault.expected, Column):
            kind = fault.expected.kind
            return _DAYS if kind.is_date else tuple(f'"{word}"' if " " in word else word for word in kind.words)
        return ()
    except WrongUse:
        return ()
    return "and", "or"


def _matching(wanted: str, words: Iterable[str]) -> list[str]:
    """Return the words that begin with what is wanted, then those that contain it; not what is there already."""
    known = [word for word in words if word.casefold() != wanted]
    begin = [word for word in known if word.casefold().lstrip('"').startswith(wanted)]
    return begin + [word for word in known if word not in begin and wanted in word.casefold()]
