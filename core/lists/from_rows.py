"""Making a targeted list of the rows that a person looks at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from core.database import Database
from core.lists.lists import new_list, new_selection
from core.lists.target_list import TargetList
from core.query.request import Request
from core.work import Work

_TOLD_AFTER = 10_000
"""Rows after which work says how far it is."""


def keeping(database: Database, name: str, request: Request, rids: array[int] | None) -> Callable[[Work], TargetList]:
    """Return what keeps rows as a list, for a worker.

    Args:
        database: where the accounts are.
        name: the list's.
        request: what is looked at.
        rids: the numbers of the rows that are meant; None for what `request` filters, now and later.
    """

    def work(under_way: Work) -> TargetList:
        with database.writing(under_way) as path:
            if rids is None:
                return new_list(path, name, request)
            return new_selection(path, name, map(request.report.pk_of, _counted(rids, under_way)))

    return work


def _counted(rids: array[int], work: Work) -> Iterator[int]:
    """Yield numbers of rows, and tell the work now and then how many there were."""
    for done, rid in enumerate(rids):
        if done % _TOLD_AFTER == 0:
            work.tick(done, len(rids))
        yield rid
