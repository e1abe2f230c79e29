"""Rows that are none of accounts: headings that come again, totals, and what reports print below their tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import WorkFailed
from core.importing.heading_words import heading_key, known_field
from core.importing.notes import Note, Tally
from core.importing.rejected import shown
from core.importing.table import Cells, Spanned

_TOTALS = (
    "total", "totals", "grand total", "grand totals", "subtotal", "subtotals", "sub total", "sub-total", "sum",
    "sums", "count", "counts", "average", "avg", "mean", "overall", "report total", "total general", "total général",
    "summe", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme", "anzahl", "somme", "suma", "soma", "totale",
    "totaal", "totales", "totais", "all", "row count", "record count", "number of rows", "number of accounts",
)  # fmt: skip
_TOTAL = re.compile(
    rf"(?:{'|'.join(map(re.escape, _TOTALS))})\b\s*(?:[:=(–-].*|(?:of|for|accounts|rows|records)\b.*|\d.*)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[\d.,]+\s+(?:accounts?|rows?|records?|entries|results?|items?|lines?|konten|zeilen|comptes|cuentas|contas)\b.*"
    r"|(?:number of |total )?(?:accounts?|rows?|records?|entries|results?|items?)\s*[:=]\s*[\d.,]+.*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:this\s+)?(?:report|list|file|data|document)?\s*(?:was\s+)?(?:generated|created|printed|exported|downloaded|produced|run|prepared)"
    r"\s*(?:on|at|by|from|in|with|date|:|\d).*"
    r"|(?:report|list|data|export)\s+(?:date|run|as of|of|for|period|name|id|parameters?)\b.*"
    r"|(?:page|seite|página|pagina|pág\.?)\s*:?\s*\d+(?:\s*(?:of|/|von|de|di|van|sur)\s*\d+)?"
    r"|(?:showing|displaying|viewing)\s.*\d.*"
    r"|(?:as of|last updated|updated on|date range|run date|print date|time ?stamp|date|source|note|filters?)\s*:.*"
    r"|end of (?:report|file|list|data|export).*"
    r"|(?:©|\(c\)|copyright|confidential|all rights reserved).*"
    r"|(?:erstellt|gedruckt|exportiert) (?:am|von)\b.*|(?:généré|créé|imprimé) (?:le|par)\b.*"
    r"|(?:generado|creado|impreso|gerado|criado|generato|creato|gegenereerd|aangemaakt) (?:el|em|il|op|por|da|door)\b.*"
    r"|[-=_*~.]{3,}",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b([\d.,]+)\s*(?:to|-|–|—|through|bis|à|a|al|t/m)\s*([\d.,]+)\s*(?:of|von|sur|de|di|van|out of|/)"
    r"\s*(?:about |over |a total of )?([\d.,]+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[~$€£]?\s?[-(]?[\d.,'’\s\u00a0]+[)%]?(?:\s?(?:accounts?|rows?|records?))?", re.IGNORECASE)

_KINDS = {
    "repeated_headings": "{rows} with the headings again, such as row {row:,}: passed over.",
    "totals": "{rows} of totals, such as row {row:,} '{sample}': passed over.",
    "footers": "{rows} of words about the report, such as row {row:,} '{sample}': passed over.",
}


_ODD_SIGNS = (" ", ":", "\n\n", "\n-", "\n=", "\n*", "\n_", "\n~", "\n©")
"""In names one below the other: what ids and usernames seldom have, and lines of words do."""


class Bystanders:
    """Finds and counts the rows of a table that are none of accounts."""

    def __init__(self, headings: Sequence[str], heading_cells: Sequence[Cells], identity: Sequence[int]) -> None:
        """Take the headings, the heading rows as they stand in the file, and where ids and usernames are."""
        self._identity = list(identity)
        self._repeated = {tuple(_keys(row)) for row in (*heading_cells, headings)}
        words = {*_TOTALS, *_IDENTITY_WORDS}
        words |= {str(row[i]).strip() for row in heading_cells for i in identity if i < len(row)}
        forms = (str.strip, str.lower, str.upper, str.title, str.capitalize)
        self._words = {form(word) for word in words for form in forms} - {""}
        self._tallies: dict[str, Tally] = {}
        self._part: Note | None = None

    @property
    def count(self) -> int:
        """How many were found so far."""
        return sum(tally.count for tally in self._tallies.values())

    def may_be_among(self, columns: Sequence[Cells]) -> bool:
        """Return whether a block of rows, given column by column, needs to be looked at row by row."""
        named = [columns[index] for index in self._identity]
        names = named[0] if len(named) == 1 else [one or other for one, other in zip(*named, strict=True)]
        if not self._words.isdisjoint(names):
            return True
        text = "\n" + "\n".join(map(str, names)) + "\n"
        return any(sign in text for sign in _ODD_SIGNS)

    def is_one(self, number: int, row: Cells) -> bool:
        """Return whether a row is none of an account, and count it."""
        name = next((text for index in self._identity if (text := " ".join(str(row[index]).split()))), "")
        if name and name not in self._words and name[0].isalnum() and " " not in name and ":" not in name:
            return False
        whole = [cell for cell in row if not isinstance(cell, Spanned)]
        filled = [cell for cell in whole if not isinstance(cell, str) or cell.strip()]
        kind = self._kind(number, row, name, filled)
        if kind:
            self._tallies.setdefault(kind, Tally()).add([number], shown(filled[0]))
        return bool(kind)

    def _kind(self, number: int, row: Cells, name: str, filled: Sequence[object]) -> str:
        """Return what a row is, '' for an account or what may be one."""
        if not filled:
            return ""
        if not name or name in self._words or " " in name:
            if tuple(_keys(row)) in self._repeated:
                return "repeated_headings"
            self._refuse_other_headings(number, row)
        first = " ".join(str(filled[0]).split())
        others = [" ".join(str(cell).split()) for cell in filled[1:]]
        is_alone = all(other == first for other in others)  # a cell that spans the table stands in all of its columns
        whole = ",".join(map(str, filled)) if len(filled) < 4 else first  # a comma may have parted the words
        if (is_alone or whole != first) and _FOOTER.fullmatch(whole) and (part := part_of_list(whole)):
            self._part = self._part or part_note(part, f"Row {number:,}", number)
            return "footers"
        if is_alone and (part := part_of_list(first)):
            self._part = self._part or part_note(part, f"Row {number:,}", number)
            return "footers"
        if _TOTAL.fullmatch(first) and (is_alone or all(map(_NUMBER.fullmatch, others))):
            return "totals"
        if is_alone and _COUNTED.fullmatch(first):
            return "totals"
        is_labelled = len(others) == 1 and len(row) > 2
        text = f"{first} {others[0]}" if is_labelled else first
        return "footers" if (is_alone or is_labelled) and _FOOTER.fullmatch(text) else ""

    def _refuse_other_headings(self, number: int, row: Cells) -> None:
        """Refuse a file in which other headings follow: what stands below would be read under the wrong ones."""
        texts = [str(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) > 1 and _name_accounts(texts):
            raise WorkFailed(
                f"Row {number:,} has other headings than the first: two different tables stand one below the other.",
                "Make two files of it and import each.",
            )

    def notes(self) -> list[Note]:
        """Return what was found, kind by kind."""
        notes = [tally.note(kind, _KINDS[kind]) for kind, tally in self._tallies.items()]
        return notes + ([self._part] if self._part else [])


_IDENTITY_WORDS = ("Account ID", "Username", "User Name", "Account Number", "Acct ID")


def _name_accounts(texts: Sequence[str]) -> bool:
    """Return whether texts are headings, all of them, and name ids or usernames."""
    fields = [known_field(text) for text in texts]
    return all(fields) and any(known and known.key in ("account_id", "username") for known in fields)


def _keys(row: Cells) -> list[str]:
    """Return the cells of a row as headings are compared, without the blank ones at its end."""
    keys = [heading_key(str(cell)) for cell in row]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def part_of_list(text: str) -> tuple[int, int] | None:
    """Return how many of how many rows a text says it shows ("Showing 1 to 25 of 5,000"); None if it says nothing."""
    match = _PART.search(text)
    if match is None:
        return None
    first, last, total = (int(re.sub(r"\D", "", number) or "0") for number in match.groups())
    return (last - first + 1, total) if first <= last <= total else None


def part_note(part: tuple[int, int], where: str, row: int = 0) -> Note | None:
    """Return what is to be said of a file that shows a part of a list; None if it shows all."""
    shown_rows, total = part
    if shown_rows >= total:
        return None
    text = f"{where} says that this is a part: this file has {shown_rows:,} of {total:,}. Export all of them."
    return Note("part_of_list", text, total - shown_rows, (row,) if row else ())
