"""Where the headings of a table are: title rows may stand above them, and they may fill several rows (fault B11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.importing.bystanders import part_note, part_of_list
from core.importing.heading_words import heading_key, known_field, known_fields
from core.importing.notes import Note
from core.importing.summary_file import is_summary
from core.importing.table import Cell, Cells, ErrorCell, Spanned, is_blank

SEARCHED_ROWS = 20
"""How many rows are looked through, blank ones too."""
SAMPLE_ROWS = SEARCHED_ROWS + 10
"""How many rows show whether there are any below the headings."""
_MOST_JOINED = 3
"""How many rows one heading may fill."""
_IDENTITY = ("account_id", "username")

Extra = frozenset[str]
"""Headings that a mapping names, as `heading_key` gives them: they count like those of accounts."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table and where they stand."""

    texts: list[str]
    first: int
    """The place of the first heading row, from 0."""
    last: int
    """The place of the last one: the same, unless headings fill several rows."""

    def cells(self, rows: Sequence[Cells]) -> list[Cells]:
        """Return the heading rows as they stand in the file."""
        return list(rows[self.first : self.last + 1])

    def above(self, rows: Sequence[Cells]) -> int:
        """Return how many rows that are not blank stand above the headings."""
        return sum(not is_blank(row) for row in rows[: self.first])

    def notes(self, rows: Sequence[Cells]) -> list[Note]:
        """Return what has to be said of where the headings are."""
        notes = []
        if above := [place + 1 for place, row in enumerate(rows[: self.first]) if not is_blank(row)]:
            lines = "1 row above them was" if len(above) == 1 else f"{len(above)} rows above them were"
            text = f"Row {self.first + 1} was taken for the headings: {lines} passed over."
            notes.append(Note("rows_above", text, len(above), tuple(above[:10])))
            notes += _part_notes(rows, above)
        if self.last > self.first:
            numbers = tuple(range(self.first + 1, self.last + 2))
            text = f"The headings fill rows {numbers[0]} to {numbers[-1]}, and were joined."
            notes.append(Note("joined_headings", text, len(numbers), numbers))
        return notes


def _part_notes(rows: Sequence[Cells], numbers: Sequence[int]) -> Iterator[Note]:
    """Yield what rows above the headings say of the list being a part."""
    for number in numbers:
        for text in heading_texts(rows[number - 1]):
            if (part := part_of_list(text)) and (note := part_note(part, f"Row {number}", number)):
                yield note


def find_headings(rows: Sequence[Cells], extra: Extra = frozenset()) -> Headings:
    """Return the headings among the first rows of a table.

    Args:
        rows: the first rows; at least one is not blank.
        extra: what else names a column.
    """
    place = find_heading_row(rows, extra)
    texts = heading_texts(rows[place])
    best, known = Headings(texts, place, place), known_headings(texts, extra)
    for first in range(max(0, place - _MOST_JOINED + 1), min(place + 1, len(rows))):
        for last in range(max(place, first + 1), min(first + _MOST_JOINED, len(rows) - 1)):
            if any(map(is_blank, rows[first : last + 1])):
                continue  # what stands apart is no heading of several rows
            joined = _joined(rows[first : last + 1], extra)
            if (count := known_headings(joined, extra)) > known and names_rows(joined, extra):
                best, known = Headings(joined, first, last), count
    return best


def find_heading_row(rows: Sequence[Cells], extra: Extra = frozenset()) -> int:
    """Return the place of the heading row among the first rows of a table.

    It is the row that names account ids or usernames, has rows of its width below it and most known headings, then
    most cells; one that holds a heading which a mapping names comes first. Without such a row it is the first one
    that reaches as far to the right as any and is at least half as full.
    """
    searched = rows[:SEARCHED_ROWS]
    naming = [place for place, row in enumerate(searched) if names_rows(row, extra)]
    filled = [sum(map(bool, heading_texts(row))) for row in searched]
    if not naming and (summaries := [place for place, row in enumerate(searched) if is_summary(heading_texts(row))]):
        return summaries[0]
    good = [place for place in naming if _has_rows(rows, place)] or [
        place for place in naming if max(filled[:place], default=0) <= 1 or known_headings(rows[place], extra) > 1
    ]
    if good:
        return max(good, key=lambda place: (*_merit(rows[place], extra), -place))
    reach = [_filled_to(row) for row in searched]
    wide = [place for place in range(len(searched)) if reach[place] == max(reach) and 2 * filled[place] >= max(filled)]
    return wide[0] if wide else filled.index(max(filled))


def _has_rows(rows: Sequence[Cells], place: int) -> bool:
    """Return whether rows that fit stand below one: no wider, and at least half as full."""
    width, filled = len(rows[place]), _filled(rows[place])
    return any(_filled_to(row) <= width and 2 * _filled(row) >= filled > 0 for row in rows[place + 1 :])


def _merit(row: Cells, extra: Extra) -> tuple[int, int, int]:
    """Return what speaks for a row as the headings of those below it."""
    texts = heading_texts(row)
    return sum(heading_key(text) in extra for text in texts), known_headings(texts, extra), sum(map(bool, texts))


def _filled(row: Cells) -> int:
    return sum(not isinstance(cell, Spanned) and (not isinstance(cell, str) or bool(cell.strip())) for cell in row)


def _filled_to(row: Cells) -> int:
    """Return the number of the last cell of a row that is not blank."""
    return max((at for at, cell in enumerate(row, 1) if not isinstance(cell, str) or cell.strip()), default=0)


def _joined(rows: Sequence[Cells], extra: Extra) -> list[str]:
    """Return the headings of rows that stand one below the other, each as the words that make a known one."""
    texts = [heading_texts(row) for row in rows]
    width = max(map(len, texts))
    padded = [row + [""] * (width - len(row)) for row in texts]
    carried = [_carried(row) for row in padded[:-1]] + [padded[-1]]
    return [_one_heading([row[at] for row in padded], [row[at] for row in carried], extra) for at in range(width)]


def _carried(row: list[str]) -> list[str]:
    """Return a row in which a cell holds for the blank ones to its right: it spans them."""
    last = ""
    filled = []
    for text in row:
        last = text or last
        filled.append(last)
    return filled


def _one_heading(stack: list[str], carried: list[str], extra: Extra) -> str:
    """Return the words of one column's heading rows, the longest that are known; else all of them."""
    for parts in (stack, carried):
        words = [text for at, text in enumerate(parts) if text and (not at or text != parts[at - 1])]
        for start in range(len(words)):
            text = " ".join(words[start:])
            if heading_key(text) in extra or known_field(text):
                return text
    return " ".join(text for at, text in enumerate(stack) if text and (not at or text != stack[at - 1]))


def names_rows(row: Cells, extra: Extra = frozenset()) -> bool:
    """Return whether a row of headings says which account a row below it is."""
    texts = heading_texts(row)
    return any(known and known.key in _IDENTITY for known in known_fields(texts)) or any(
        heading_key(text) in extra for text in texts
    )


def known_headings(row: Cells, extra: Extra = frozenset()) -> int:
    """Return how many cells of a row name a field, each field counted once."""
    texts = heading_texts(row)
    fields = {known.key for known in known_fields(texts) if known}
    return len(fields) + sum(heading_key(text) in extra and not known_field(text) for text in texts)


def heading_texts(row: Cells) -> list[str]:
    """Return the cells of a row as headings: one line each, without outer blanks and invisible characters."""
    return [
        ""
        if isinstance(cell, Spanned | ErrorCell)
        else " ".join(_text(cell).split()).strip("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\0 ")
        for cell in row
    ]


def _text(cell: Cell) -> str:
    """Return a cell as a person sees it: 2025, not 2025.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text
