"""How many accounts of each status there were after an earlier import, found from how many there are now.

The accounts of a week ago differ from those of now by what the log of changes says of the week. Building all of them
anew, as `db.known_then` does for reports, would take a second for a million.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date

from core.past.cuts import Cut
from core.query.columns import Value
from core.query.look import TOTAL
from core.query.request import ask
from core.reports.all_accounts_summary import OTHER, summary_counts
from core.reports.catalogue import find_report
from core.text.vocabulary import STATUS_WORDS

_FIELDS = ("status", "moved_out_on", "moved_to", "gone_on")
"""What decides whether an account is counted, and where."""


def statuses_then(connection: sqlite3.Connection, cut: Cut, day: date) -> Counter[str]:
    """Return what All Accounts Summary said in its column Total of the accounts as known after an import, row by row.

    Args:
        connection: for reading; it shows the accounts as they are known now.
        cut: the import.
        day: whether an account is in the partnership is judged on it.
    """
    now = summary_counts(connection, ask(find_report("all-accounts-summary"), day))
    counts = Counter({row: groups["total"] for row, groups in now.items() if row != TOTAL})
    for pk, values in _changed_since(connection, cut).items():
        known = connection.execute(f"SELECT added_by, {', '.join(_FIELDS)} FROM accounts WHERE pk = ?", [pk]).fetchone()
        if known[0] > cut.import_id:
            continue
        after = dict(zip(_FIELDS, known[1:], strict=True))
        counts[_row(after, day)] -= 1
        counts[_row(after | values, day)] += 1
    for added_by, *fields in connection.execute(
        f"SELECT added_by, {', '.join(_FIELDS)} FROM accounts ORDER BY pk DESC"
    ):
        if added_by <= cut.import_id:  # later imports give higher numbers
            break
        counts[_row(dict(zip(_FIELDS, fields, strict=True)), day)] -= 1
    del counts[""]
    counts[TOTAL] = counts.total()
    return counts


def _changed_since(connection: sqlite3.Connection, cut: Cut) -> dict[int, dict[str, Value]]:
    """Return the accounts that were counted otherwise, perhaps, with what was known of them."""
    marks = ", ".join("?" * len(_FIELDS))
    found: dict[int, dict[str, Value]] = {}
    for account, key, old, _ in connection.execute(
        f"SELECT account, field, old, min(import_id) FROM changes WHERE import_id > ? AND field IN ({marks})"
        " GROUP BY account, field",
        [cut.import_id, *_FIELDS],
    ):
        found.setdefault(account, {})[key] = old
    return found


def _row(account: dict[str, Value], day: date) -> str:
    """Return the row of the summary that counts an account; '' for none (domain rule 2)."""
    moved_out_on, gone_on = account["moved_out_on"], account["gone_on"]
    has_moved = str(moved_out_on) <= str(day) if moved_out_on is not None else account["moved_to"] is not None
    if has_moved or (gone_on is not None and str(gone_on) <= str(day)):
        return ""
    return STATUS_WORDS.get(str(account["status"]), OTHER)
