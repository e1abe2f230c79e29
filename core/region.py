"""What the region of the locale decides: the size of paper, and how its spreadsheets part the fields of CSV."""

from __future__ import annotations

import os
import re
from enum import StrEnum

from core.errors import WrongUse
from core.settings.settings import load_settings


def _regions(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


_LETTER = _regions("BZ CA CL CO CR DO GT HN MX NI PA PH PR SV US VE")
"""Where letters are written on US Letter (CLDR, paperSize); everywhere else it is A4."""
_SEMICOLON = _regions(
    "AL AR AT BA BE BG BO BR BY CH CL CO CZ DE DK EC EE ES FI FR GR HR HU ID IS IT KZ LT LU LV MD ME MK NL NO PE PL PT"
    " PY RO RS RU SE SI SK TR UA UY VE VN XK ZA"
)
"""Where Excel takes the semicolon for what parts fields, mostly because the comma stands before decimals."""
_POINT = _regions("CH")
"""Of these, where the point stands before decimals all the same."""
_USUAL = "US"
"""Taken where the locale names no region, as over SSH: most partners are there."""


class Paper(StrEnum):
    """A size of paper."""

    LETTER = "letter"
    A4 = "a4"

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of an upright sheet, in points."""
        return (612.0, 792.0) if self is Paper.LETTER else (595.28, 841.89)


def paper_named(word: str) -> Paper:
    """Return the paper of a word, in any case.

    Raises:
        WrongUse: there is none of that name.
    """
    try:
        return Paper(word.strip().lower())
    except ValueError as error:
        raise WrongUse(f"There is no paper '{word}' here.", f"Give one of: {', '.join(Paper)}.") from error


def usual_paper() -> Paper:
    """Return the paper for PDF, HTML and workbooks: the setting, else what the region has.

    Raises:
        WrongUse: the setting names none.
    """
    if word := load_settings().paper:
        try:
            return paper_named(word)
        except WrongUse as error:
            raise WrongUse(f"The setting paper is '{word}', which is no paper.", *error.hints) from error
    return Paper.LETTER if region("LC_PAPER") in _LETTER else Paper.A4


def usual_delimiter() -> str:
    """Return what parts the fields of CSV for the spreadsheets of the region: a comma or a semicolon."""
    return ";" if region("LC_NUMERIC") in _SEMICOLON else ","


def decimal_sign(delimiter: str) -> str:
    """Return what stands before decimals for spreadsheets that part fields at `delimiter`."""
    return "," if delimiter == ";" and region("LC_NUMERIC") not in _POINT else "."


def region(category: str) -> str:
    """Return the two letters of the region that a category of the locale names, such as LC_PAPER; else those of the US.

    The variables count in the order of POSIX: LC_ALL, the category's own, LANG.
    """
    for variable in ("LC_ALL", category, "LANG"):
        if name := os.environ.get(variable):
            found = re.match(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Za-z]{2})(?![A-Za-z])", name)
            return found[1].upper() if found else _USUAL
    return _USUAL


def region_variables() -> dict[str, str]:
    """Return the variables that name the region, for a program that is started without them; none for the US."""
    if {region("LC_PAPER"), region("LC_NUMERIC")} == {_USUAL}:
        return {}
    return {name: os.environ[name] for name in ("LC_ALL", "LC_PAPER", "LC_NUMERIC", "LANG") if os.environ.get(name)}
