"""Files to import, made in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from core.importing.headings import match_headings
from core.importing.opening import open_table
from core.importing.parsing import RowParser
from core.importing.table import Table

Open = Callable[..., Table]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes (or text as UTF-8) to a file."""

    def writer(content: bytes | str, name: str = "accounts.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


@pytest.fixture
def opened(write: Callable[..., Path]) -> Iterator[Open]:
    """Open content as a table that is closed after the test."""
    with ExitStack() as stack:

        def opener(content: bytes | str | Path, **options: Any) -> Table:
            path = content if isinstance(content, Path) else write(content)
            return stack.enter_context(open_table(path, **options))

        yield opener


@pytest.fixture
def rows_of(opened: Open) -> Callable[..., list[list[Any]]]:
    """Open content and return its rows."""
    return lambda content, **options: [list(row) for _, row in opened(content, **options).rows()]


class Read:
    """All that a parser makes of a table."""

    def __init__(self, table: Table, **options: Any) -> None:
        matching = match_headings(table.headings, given=options.pop("given", None))
        parser = RowParser(table, matching, **options)
        blocks = list(parser.blocks())
        rows = [row for block in blocks for row in block.rows()]
        self.numbers = [number for block in blocks for number in block.numbers]
        self.rows = [dict(zip(matching.keys, row, strict=True)) for row in rows]
        self.rejected = [one for block in blocks for one in block.rejected]
        self.words = parser.unknown_words()
        self.notes = parser.notes()


@pytest.fixture
def read(opened: Open) -> Callable[..., Read]:
    """Open content and parse all of it."""
    return lambda content, **options: Read(opened(content), **options)
