"""What a report's page has done in the background, each with a connection of its own."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from textual.dom import DOMNode
from textual.message import Message

from core.database import Database
from core.query.ordered_rows import all_rows, find_rows
from core.query.query import run_report
from core.query.request import Request
from core.query.result import Result
from core.run_words import SCREEN
from core.runs import record_end, record_start
from core.work import Work
from tui.background import start

ORDER, SUMS, SEARCH = "order", "sums", "search"


@dataclass
class Ordered(Message):
    """All rows of a request are in order."""

    request: Request
    order: array[int]


@dataclass
class Summed(Message):
    """Rows, totals and notes of a request are known. Its blocks cannot be read any more."""

    request: Request
    result: Result


@dataclass
class Found(Message):
    """The rows that contain a text."""

    request: Request
    text: str
    rids: set[int]


def put_in_order(node: DOMNode, database: Database, request: Request) -> None:
    """Find the order of all rows."""
    start(
        node, ORDER, lambda work: all_rows(database, request, work.is_unwanted), lambda order: Ordered(request, order)
    )


def sum_up(node: DOMNode, database: Database, request: Request, *, is_recorded: bool) -> None:
    """Count the rows, add up the totals and gather the notes; `is_recorded` lets My reports list it as a run."""

    def work(under_way: Work) -> Summed:
        with database.reading(under_way) as connection:
            result = run_report(connection, replace(request, sort=()))
        if is_recorded:
            record_view(database, request, result.row_count)
        return Summed(request, result)

    start(node, SUMS, work, lambda message: message)


def record_view(database: Database, request: Request, rows: int) -> None:
    """Let My reports list a report that was viewed."""
    number = record_start(
        database.path,
        request.report.id,
        parameters=request.for_programs(),
        as_of=request.as_of.isoformat(),
        file_format=SCREEN,
        path=None,
    )
    record_end(database.path, number, "done", row_count=rows)


def search(node: DOMNode, database: Database, request: Request, text: str) -> None:
    """Find the rows that contain `text`."""
    start(
        node,
        SEARCH,
        lambda work: find_rows(database, request, text, work.is_unwanted),
        lambda rids: Found(request, text, rids),
    )
