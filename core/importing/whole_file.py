"""A file that looks wrong as a whole: an older one, half a one, shifted columns (intake: The file as a whole)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.errors import Step
from core.importing.headings import listed
from core.importing.notes import Note
from core.text.vocabulary import count_of
from db.whole_file import Standing

FULL = 0.9
"""Which share of the accounts must have a value for a column to be full."""
_FEW = 6
"""Fewer accounts, or rows, show nothing."""


def suspicions(
    found: Standing, read: int, headings: Mapping[str, str], *, is_dated: bool, is_complete: bool
) -> Iterator[Note]:
    """Yield what speaks against a file as a whole, a line each.

    Args:
        found: how it stands beside what is known.
        read: how many rows it has.
        headings: by field: what stands above the column.
        is_dated: whether a person said which day it tells of: then an older file is no mistake.
        is_complete: whether a person said that it names every account of a kind: then those that it lacks are judged by
            `db.complete_list`, and no line is needed for them.
    """
    if found.last_read is not None and found.last_read >= _FEW and read * 3 < found.last_read * 2:
        text = f"The file has {count_of(read, 'row')}, the last one with these headings had {found.last_read:,}."
        yield Note("fewer_rows", text, found.last_read - read)
    if found.newest and found.last_day and found.newest < found.last_day and not is_dated:
        text = (
            f"The newest day in the file is {found.newest}, before {found.last_day}, of which the last import tells: "
            "perhaps an older file."
        )
        yield Note("older_file", text, 1, hint=Step.MAY_BE_DATED())
    if found.known < _FEW:
        return
    if found.emptied:
        names = listed([headings.get(key, key) for key in found.emptied])
        text = f"{count_of(len(found.emptied), 'column')} that had values before {_are(found.emptied)} blank: {names}."
        first = headings.get(found.emptied[0], found.emptied[0])
        yield Note("emptied_columns", text, len(found.emptied), heading=first)
    for key, value in found.single.items():
        text = f"Every row has the same {headings.get(key, key)}, '{value[:40]}': before there were others."
        yield Note("single_value", text, 1, heading=headings.get(key, key))
    for key, count in found.changed.items():
        if count * 3 > found.named >= _FEW:
            text = (
                f"{headings.get(key, key)} would change for {count:,} of {found.named:,} accounts: "
                "perhaps a column is shifted."
            )
            yield Note("changed_column", text, count, heading=headings.get(key, key))
    if found.new * 10 > read and found.new > 1:
        yield Note("many_new", f"{found.new:,} of {read:,} rows are of accounts that are not known yet.", found.new)
    if (missing := found.known - found.named) and not is_complete:
        yield Note(
            "not_in_file",
            f"{count_of(missing, 'known account is', 'known accounts are')} not in this file.",
            missing,
            hint=Step.MAY_BE_COMPLETE(),
        )


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
