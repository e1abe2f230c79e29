"""Made-up histories: imports that change accounts, some of them taken back, and the snapshots that they leave.

A snapshot is the whole state after an import, as dicts. The second computations know snapshots alone; the program has
the accounts as they are now, and the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from core.database import Database
from db.apply_import import assignments
from db.history import undo_last
from db.own_fields import text_keys
from tests.db.imports import KEYS, go_on, open_new

State = dict[int, dict[str, Any]]
"""Accounts by their number in the drawing."""

TODAY = date(2026, 3, 31)


@dataclass
class Snapshot:
    """The accounts after an import."""

    day: date
    file: str
    state: State


@dataclass
class History:
    """What was imported: the imports as they were made, with how many were taken back after each."""

    made: list[tuple[Snapshot, int]] = field(default_factory=list)

    def standing(self) -> list[Snapshot]:
        """Return the snapshots of the imports that were not taken back."""
        stack: list[Snapshot] = []
        for snapshot, undone in self.made:
            stack.append(snapshot)
            del stack[len(stack) - undone :]
        return stack


def write(history: History, folder: Path | str) -> Database:
    """Return a database that holds a history: each import and its log written, each undo done by the program."""
    for _ in written(history, folder):
        pass
    return Database(Path(folder) / "accounts.db")


def written(history: History, folder: Path | str) -> Iterator[Database]:
    """Write a history as `write` does, and yield the database after each import and after each undo."""
    database = Database(Path(folder) / "accounts.db")
    stack: list[State] = [{}]
    numbers: dict[int, int] = {}
    with closing(open_new(folder)) as connection:
        for snapshot, undone in history.made:
            before, after = stack[-1], snapshot.state
            import_id = connection.execute(
                "INSERT INTO imports (file, imported_at, dated) VALUES (?, '2026-03-31T08:00:00+00:00', ?)",
                [snapshot.file, str(snapshot.day)],
            ).lastrowid
            highest = connection.execute("SELECT coalesce(max(pk), 0) FROM accounts").fetchone()[0]
            for each in sorted(after.keys() - before.keys()):
                highest += 1
                numbers[each] = highest
                _put(connection, highest, after[each], import_id)
            for each in sorted(after.keys() & before.keys()):
                old, new = before[each], after[each]
                for key in KEYS:
                    if old[key] != new[key]:
                        connection.execute(
                            "INSERT INTO changes (import_id, account, field, old, new) VALUES (?, ?, ?, ?, ?)",
                            [import_id, numbers[each], key, old[key], new[key]],
                        )
                _put(connection, numbers[each], new, None)
            stack.append(after)
            yield database
            for _ in range(undone):
                undo_last(connection, go_on)
                stack.pop()
                yield database


def _put(connection: Any, pk: int, account: dict[str, Any], added_by: int | None) -> None:
    if added_by is not None:
        connection.execute("INSERT INTO accounts (pk, added_by) VALUES (?, ?)", [pk, added_by])
    source = ", ".join(f"? AS {key}" for key in KEYS)
    pairs = ", ".join(assignments(KEYS, "said", text_keys(connection)))
    connection.execute(
        f"UPDATE accounts SET {pairs} FROM (SELECT {source}) AS said WHERE pk = ?",
        [*account.values(), pk],
    )


def iso(day: date) -> str:
    return day.isoformat()


AGO = [0, 1, 2, 6, 7, 8, 29, 30, 31, 59, 60, 61, 89, 90, 91, 94, 95, 96, 120, 150, 400, 729, 730, -1, -20]
"""Days ago on which the rules turn; the last ones are days to come."""

_days = st.one_of(st.none(), st.sampled_from(AGO).map(lambda ago: iso(TODAY - timedelta(ago))))
_sizes = st.sampled_from([None, 0, 1, 39, 49, 50, 60, 100, 110, 149, 150, 499, 500, 550, 2_500])
FIELD_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "username": st.sampled_from(["sunny", "Sunny", "maple"]),
    "company": st.sampled_from([None, "Acme", "Äcme", "Łódź", "O'Brien & Sons"]),
    "first_name": st.sampled_from([None, "Ann", "Zoë"]),
    "last_name": st.sampled_from([None, "Baker"]),
    "email": st.sampled_from([None, "a@example.com", "b@example.com"]),
    "phone": st.sampled_from([None, "(201) 555-0100"]),
    "relationship": st.sampled_from([None, "managed", "referred"]),
    "status": st.sampled_from([*"OOOTTEECC", None, "Single Bill"]),
    "plan_type": st.sampled_from([None, "Lite", "Premium"]),
    "list_size": _sizes,
    "created_on": _days,
    "first_payment_on": _days,
    "initial_upgrade_on": _days,
    "last_login_on": _days,
    "last_campaign_sent_on": _days,
    "campaigns_sent": st.sampled_from([None, 0, 0, 1, 12]),
    "cancelled_on": _days,
    "cancel_reason": st.sampled_from([None, "Poor Results"]),
    "moved_out_on": _days,
    "moved_to": st.sampled_from([None, None, None, "Elsewhere"]),
}
LEAVING = ["status", "cancelled_on", "moved_out_on", "moved_to", "gone_on"]


@st.composite
def histories(draw: st.DrawFn, keys: Sequence[str] = tuple(FIELD_VALUES), accounts: int = 5) -> History:
    """Draw a history of some imports: partial lists, several on one day, columns that come late, gone and back.

    Args:
        draw: given by hypothesis.
        keys: the fields that imports give.
        accounts: how many there are at most.
    """
    history, stack = History(), [Snapshot(date.min, "", {})]
    day = TODAY - timedelta(draw(st.sampled_from([20, 75, 130, 400])))
    late = draw(st.sets(st.sampled_from(keys), max_size=2))
    for number in range(draw(st.integers(1, 6))):
        state = deepcopy(stack[-1].state)
        columns = [key for key in keys if number > 1 or key not in late]
        for each in draw(st.sets(st.integers(0, accounts - 1), min_size=0 if state else 1)):
            known = state.get(each)
            if known is None:
                known = dict.fromkeys(KEYS) | {"account_id": f"a{each}"}
                given = columns
            else:
                given = draw(st.lists(st.sampled_from([*columns, *(k for k in LEAVING if k in columns)]), max_size=6))
            for key in given:
                known[key] = draw(FIELD_VALUES[key])
            known["gone_on"] = None
            state[each] = known
        for each in sorted(state):  # what a complete list does
            if each in stack[-1].state and draw(st.integers(0, 9)) == 0:
                state[each]["gone_on"] = iso(day)
        undone = 0
        stack.append(Snapshot(day, f"{number}.csv", state))
        if draw(st.integers(0, 5)) == 0:
            undone = draw(st.integers(1, len(stack) - 1))
        history.made.append((stack[-1], undone))
        del stack[len(stack) - undone :]
        if number or stack:
            least = stack[-1].day if len(stack) > 1 else day
            day = min(
                TODAY, max(least, day if undone == 0 else least) + timedelta(draw(st.sampled_from([0, 1, 7, 30, 61])))
            )
    return history
