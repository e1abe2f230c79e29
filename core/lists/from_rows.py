"""Making a targeted list of the rows that a person looks at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import chain

from core.database import Database
from core.lists.lists import new_list, new_selection
from core.lists.target_list import TargetList
from core.query.query import Query
from core.query.request import Request
from core.work import Work

_BLOCK = 10_000
"""Rows that are looked up at once; after them work says how far it is."""


def keeping(database: Database, name: str, request: Request, rids: array[int] | None) -> Callable[[Work], TargetList]:
    """Return what keeps rows as a list, for a worker.

    Args:
        database: where the accounts are.
        name: the list's.
        request: what is looked at.
        rids: the numbers of the rows that are meant; None for what `request` filters, now and later.
    """

    def work(under_way: Work) -> TargetList:
        if rids is None:
            with database.writing(under_way) as path:
                return new_list(path, name, request)
        with database.reading(under_way) as connection, database.writing(under_way) as path:
            accounts = _accounts_of(Query(connection, request), rids, under_way)
            return new_selection(path, name, chain.from_iterable(accounts))

    return work


def _accounts_of(query: Query, rids: array[int], work: Work) -> Iterator[list[int]]:
    """Yield the accounts of rows in blocks, and tell the work how many rows are done."""
    for done in range(0, len(rids), _BLOCK):
        work.tick(done, len(rids))
        yield query.accounts_of(rids[done : done + _BLOCK])
