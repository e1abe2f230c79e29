"""A long file of text, parsed in a process of its own while this one stores what it has parsed.

Two processors share the work: reading and parsing take about as long as storing. A short file, as most are, would wait
longer for the process to start than it gains.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from core.errors import WorkFailed
from core.importing.dates import DateOrder
from core.importing.headings import Matching
from core.importing.notes import Note
from core.importing.parsing import ParsedBlock, RowParser
from core.importing.table import Table

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LONG = 24 << 20
"""Bytes from which a second process gains more than its start costs: some 140,000 rows."""


class _Asked(NamedTuple):
    """How a table is to be parsed: what `RowParser` is given."""

    table: Table
    matching: Matching
    date_order: DateOrder | None
    today: date
    status_words: Mapping[str, str]
    dated: date


class _Found(NamedTuple):
    """What a parser has found on its way."""

    unknown_words: dict[str, list[str]]
    notes: list[Note]
    passed_over: int


def parser_of(
    table: Table,
    matching: Matching,
    date_order: DateOrder | None,
    today: date,
    status_words: Mapping[str, str],
    dated: date,
) -> RowParser:
    """Return what parses a table, as `RowParser` does: in a process of its own where that ends earlier."""
    asked = _Asked(table, matching, date_order, today, status_words, dated)
    is_long = table.text_size >= _LONG and len(os.sched_getaffinity(0)) > 1
    parser = LongFileParser(asked) if is_long else RowParser(*asked)
    return RowParser(*asked) if parser.derivation.has_events else parser  # events are united in memory, here at once


class LongFileParser(RowParser):
    """Reads the values of a file of text in another process."""

    def __init__(self, asked: _Asked) -> None:
        """Set up a reading; see `RowParser`."""
        super().__init__(*asked)
        self._asked = asked
        self._found = _Found({}, [], 0)

    def blocks(self) -> Iterator[ParsedBlock]:
        """Yield every row of the table, parsed; see `RowParser.blocks`."""
        from core.importing.spawning import Child  # with multiprocessing, which short files have no need of

        child = Child(_serve, self._asked._replace(table=replace(self._asked.table, close=_nothing)))
        try:
            while isinstance(answer := child.pipe.recv(), ParsedBlock):
                yield answer
        except (EOFError, OSError) as error:
            raise WorkFailed("The process that reads the file has ended early.", "Import the file again.") from error
        finally:
            child.close()
        if isinstance(answer, BaseException):
            raise answer
        self._found = answer

    def unknown_words(self) -> dict[str, list[str]]:
        """Return what `RowParser.unknown_words` does, once all is read."""
        return self._found.unknown_words

    @property
    def passed_over(self) -> int:
        """How many rows were read that are none of accounts, once all is read."""
        return self._found.passed_over

    def notes(self) -> list[Note]:
        """Return what `RowParser.notes` does, once all is read."""
        return self._found.notes


def _nothing() -> None:
    """Stand for letting go of the file, which is the parent's to do."""


def _serve(pipe: Connection, asked: _Asked) -> None:
    """Parse a table and send its blocks, then what was found: the child's whole life."""
    from core.importing.spawning import silence

    silence()
    with suppress(OSError):  # the parent has gone, or wants no more
        for answer in _answers(asked):
            pipe.send(answer)


def _answers(asked: _Asked) -> Iterator[ParsedBlock | _Found | Exception]:
    """Yield the blocks of a table, then what was found, or why there is no more."""
    try:
        parser = RowParser(*asked)
        yield from parser.blocks()
        yield _Found(parser.unknown_words(), parser.notes(), parser.passed_over)
    except Exception as error:
        error.add_note(traceback.format_exc())  # where it happened, which a pipe does not hand on
        yield error
