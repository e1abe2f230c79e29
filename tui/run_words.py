"""What a run was asked, read back from its record."""

from __future__ import annotations

from datetime import date

from core.reports.catalogue import MY_ACCOUNTS, find_report
from core.request import Request, ask
from core.runs import Run
from core.targets import Targets, parse_size
from core.words import STATUS_WORDS

SCREEN = "screen"
"""The format of a run that was viewed and wrote no file."""


def request_of(run: Run, as_of: date) -> Request:
    """Return a run's request, as of another day.

    Raises:
        WrongUse: a report or column that it names is no longer there.
    """
    given = run.parameters
    size = given.get("list_size")
    return ask(
        MY_ACCOUNTS if run.report == MY_ACCOUNTS.id else find_report(run.report),
        as_of,
        status=given.get("status"),
        targets=Targets(
            no_list=bool(given.get("no_list")),
            list_size=parse_size(size) if size else None,
            never_logged_in=bool(given.get("never_logged_in")),
            never_sent=bool(given.get("never_sent")),
        ),
        where=given.get("where", ()),
        sort=given.get("sort", ()),
        columns=given.get("columns", ()),
    )


def run_words(run: Run) -> str:
    """Return what narrowed a run, in few words: "Open, no list"."""
    given = run.parameters
    words = []
    if given.get("status"):
        words.append(STATUS_WORDS.get(given["status"], given["status"]))
    if given.get("list_size"):
        words.append(f"list of {given['list_size']}")
    for name, said in (("no_list", "no list"), ("never_logged_in", "never logged in"), ("never_sent", "never sent")):
        if given.get(name):
            words.append(said)
    words += given.get("where", ())
    return ", ".join(words)
