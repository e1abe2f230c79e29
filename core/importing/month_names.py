"""Months and days of the week as files name them: in English, German, French, Spanish, Portuguese, Italian, Dutch."""

from __future__ import annotations

import unicodedata

_MONTHS = (
    "january|januar|janner|janvier|enero|janeiro|gennaio|januari|jan|ene|janv|gen",
    "february|februar|feber|fevrier|febrero|fevereiro|febbraio|februari|feb|fev|fevr|febr",
    "march|marz|maerz|mars|marzo|marco|maart|mar|mrz|mrt",
    "april|avril|abril|aprile|apr|avr|abr",
    "may|mai|mayo|maio|maggio|mei|mag",
    "june|juni|juin|junio|junho|giugno|jun|giu",
    "july|juli|juillet|julio|julho|luglio|jul|juil|lug",
    "august|aout|agosto|augustus|aug|ago|aou",
    "september|septembre|septiembre|setiembre|setembro|settembre|sep|sept|set|sett",
    "october|oktober|octobre|octubre|outubro|ottobre|oct|okt|out|ott",
    "november|novembre|noviembre|novembro|nov",
    "december|dezember|decembre|diciembre|dezembro|dicembre|dec|dez|dic",
)
MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
"""The number of a month by its name, lower case and without accents."""

WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|"
    "lunes|martes|miercoles|jueves|viernes|sabado|domingo|mie|jue|vie|sab|dom|"
    "segunda(?:-feira)?|terca(?:-feira)?|quarta(?:-feira)?|quinta(?:-feira)?|sexta(?:-feira)?|seg|ter|qua|qui|sex|"
    "lunedi|martedi|mercoledi|giovedi|venerdi|domenica|gio|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo"
)
"""A pattern: days of the week, lower case and without accents; *mar* is a month too."""


def plain(text: str) -> str:
    """Return text in lower case and without accents: "März" is "marz"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))
