"""What a report's file is called: by its report, status, what narrows it, and day.

Files with other filters have other names on one day, and the same filter always has the same one. A name has letters
of ASCII, digits and dashes only, whatever the filter holds, and is short: a filter of many words is cut, and four
digits then tell it from others.
"""

from __future__ import annotations

import re

from core.conditions.sentence import to_sentence
from core.conditions.tree import Between, Comparison, Condition, Empty, Junction, Not, OneOf, Operand
from core.query.request import Request
from db.sort_keys import fold

_LONGEST = 36
"""Characters of what a name says of a filter."""
_OPERATORS = {"=": "", "!=": "not", "<": "below", "<=": "to", ">": "above", ">=": "from", "~": "with", "^": "begins"}
_TOLD = re.compile(r"[a-z0-9 ]*")
"""A value that its words tell from every other."""


def file_stem(request: Request) -> str:
    """Return the name of a request's file without its ending: REPORT-ID[-STATUS][-FILTER]-ASOF."""
    parts = (request.report.id, request.status, _filter(request), request.as_of.isoformat())
    return "-".join(filter(None, parts))


def _filter(request: Request) -> str:
    """Return what a name says of what narrows a request; '' where nothing does."""
    words: list[str] = []
    exact: list[str] = []
    """The same for a computer: all of it, where the words do not tell it."""
    for parameter, value in request.said():
        if parameter.name != "status":
            words += [parameter.name] if parameter.is_switch else [parameter.name, str(parameter.written(value))]
    if request.condition:
        words += _words(request.condition, exact)
    if request.picked is not None:
        words.append(f"{len(request.picked)} selected")
        exact.append(request.picked.tobytes().hex())
    if request.known_on:
        words.append(f"known {request.known_on}")
    slug = re.sub(r"[^a-z0-9]+", "-", fold(" ".join(words)).lower()).strip("-")
    if len(slug) > _LONGEST:
        exact.append(slug)
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return "-".join(filter(None, (slug, _mark(exact))))


def _mark(exact: list[str]) -> str:
    """Return four letters that tell texts from others; none for no texts."""
    if not exact:
        return ""
    import hashlib

    return hashlib.sha256("\0".join(exact).encode("utf-8", "surrogatepass")).hexdigest()[:4]


def _words(condition: Condition, exact: list[str]) -> list[str]:
    """Return the words of a condition, and add to `exact` what they leave out."""
    match condition:
        case Junction(word, conditions):
            if word != "and" or any(isinstance(part, Junction) for part in conditions):
                exact.append(to_sentence(condition))  # words have no brackets
            joint = [] if word == "and" else [word]
            parts = [_words(part, exact) for part in conditions]
            return [word for place, part in enumerate(parts) for word in [*(joint if place else []), *part]]
        case Not(part):
            if isinstance(part, Junction):
                exact.append(to_sentence(condition))
            return ["not", *_words(part, exact)]
        case Empty(column):
            return [column.key, "empty"]
        case OneOf(column, operands):
            return [column.key, *(_value(operand, exact) for operand in operands)]
        case Between(column, low, high):
            return [column.key, _value(low, exact), "to", _value(high, exact)]
        case Comparison(column, operator, operand):
            return [column.key, _OPERATORS[operator], _value(operand, exact)]


def _value(operand: Operand, exact: list[str]) -> str:
    """Return a value as it stands in words; what these do not tell is added to `exact`."""
    text = str(operand.value)
    if not _TOLD.fullmatch(text.lower()):
        exact.append(text.lower())
    return text
