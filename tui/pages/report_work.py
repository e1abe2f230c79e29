"""What a report's page has done in the background, each with a connection of its own."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from textual.dom import DOMNode
from textual.message import Message

from core.database import Database
from core.query import run_report, stop_when
from core.request import Request
from core.result import Result
from core.view import all_rows, find_rows
from tui.background import Unwanted, start

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
    start(node, ORDER, lambda unwanted: all_rows(database, request, unwanted), lambda order: Ordered(request, order))


def sum_up(node: DOMNode, database: Database, request: Request) -> None:
    """Count the rows, add up the totals and gather the notes."""

    def work(unwanted: Unwanted) -> Result:
        connection = database.read()
        try:
            stop_when(connection, unwanted)
            return run_report(connection, replace(request, sort=()))
        finally:
            connection.close()

    start(node, SUMS, work, lambda result: Summed(request, result))


def search(node: DOMNode, database: Database, request: Request, text: str) -> None:
    """Find the rows that contain `text`."""
    start(
        node,
        SEARCH,
        lambda unwanted: find_rows(database, request, text, unwanted),
        lambda rids: Found(request, text, rids),
    )
