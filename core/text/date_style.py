"""How days are written for people: on the screen, in PDF, HTML and workbooks. CSV and JSON always have ISO.

Days are ISO text (YYYY-MM-DD) everywhere in the program, and become what a person likes to read at the edge: values by
their kind (`core.query.kinds.Day`), days within our own sentences by `in_style`. One style holds for all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class DateStyle:
    """One way to write a day."""

    word: str
    """As the setting has it."""
    form: str
    """With {year}, {month}, {day} and {name}, that of the month."""
    cell_format: str
    """The same as the number format of a workbook."""
    is_day_first: bool = False
    """Whether 03/04/2026, as a person types it, is a day of April."""


ISO = DateStyle("yyyy-mm-dd", "{year}-{month}-{day}", "yyyy-mm-dd")
STYLES = {
    style.word: style
    for style in (
        ISO,
        DateStyle("mm/dd/yyyy", "{month}/{day}/{year}", "mm/dd/yyyy"),
        DateStyle("dd/mm/yyyy", "{day}/{month}/{year}", "dd/mm/yyyy", is_day_first=True),
        DateStyle("dd.mm.yyyy", "{day}.{month}.{year}", "dd.mm.yyyy", is_day_first=True),
        DateStyle("dd mon yyyy", "{day} {name} {year}", "dd mmm yyyy", is_day_first=True),
    )
}
"""By the words of the setting."""

_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)")
_IN_SENTENCE = re.compile(rf"(?<![\w./\\“\"'-]){_DAY.pattern}(?![\w/-]|\.\w)")
"""A day that stands by itself, not in the name of a file or in a text that a person has typed."""

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In English, as all our words are, whatever the locale."""

_held = [ISO]


def date_style() -> DateStyle:
    """Return the style that holds."""
    return _held[0]


def use_date_style(word: str) -> None:
    """Let a style hold from now on, in all threads; '' for ISO.

    Raises:
        WrongUse: there is none of that name; the one that held goes on.
    """
    _held[0] = date_style_named(word) if word else ISO


def date_style_named(word: str) -> DateStyle:
    """Return the style of a word, in any case.

    Raises:
        WrongUse: there is none of that name.
    """
    style = STYLES.get(word.strip().lower())
    if style is None:
        raise WrongUse(f"'{word}' is no way to write dates here.", f"Write one of: {', '.join(STYLES)}.")
    return style


def shown_day(value: str) -> str:
    """Return a day, which is ISO text, as people read it; any other text as it is."""
    if date_style() is ISO:
        return value
    found = _DAY.fullmatch(value)
    return _written(found) if found else value


def in_style(sentence: str) -> str:
    """Return a sentence of ours with its days as people read them."""
    return sentence if date_style() is ISO else _IN_SENTENCE.sub(_written, sentence)


def _written(day: re.Match[str]) -> str:
    year, month, number = day.groups()
    return date_style().form.format(year=year, month=month, day=number, name=_MONTHS[int(month)])
