"""Accounts at Risk: whom to call first, and why."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from core.past.cuts import cut_on, cuts
from core.past.paying import PAID_ON
from core.past.temporary import hold
from core.query.kinds import NUMBER, TEXT
from core.query.parameters import CountParameter
from core.query.request import Request
from core.query.sorting import Sort
from core.reports import notes
from core.reports.all_accounts import ALL_ACCOUNTS, COMPUTED_FROM
from core.reports.new_account_bonus_tracker import BONUS_DAYS, NAB_STATUS
from core.reports.report import (
    IN_PARTNERSHIP,
    Arm,
    Report,
    ReportColumn,
    Source,
    days_before,
    field_column,
    terms_of,
)
from core.text.vocabulary import count_of

NOT_NOTED_FOR = "not_noted_for"
LEAST = 3
"""Points from which on an account is listed."""
LOOKED_BACK = 60
"""Days over which a list is seen to fall."""
_IDLE, _LONG_IDLE, _SETTLED = 60, 90, 30
"""Days without a campaign, or a login; and days of paying in which one need not have sent yet."""

_OPEN_HERE = f"a.status = 'O' AND {IN_PARTNERSHIP}"
"""Half of all accounts, say. In brackets before `IS TRUE` no index is taken for it: looking so many up one by one takes
four times as long as reading all from end to end."""
_NEVER_SENT = "a.last_campaign_sent_on IS NULL AND coalesce(a.campaigns_sent, 0) = 0"


def _days_since(field: str) -> str:
    return f"CAST(julianday(:as_of) - julianday(a.{field}) AS INTEGER)"


def _grouped(number: str) -> str:
    return f"printf('%,d', {number})"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an account is at risk."""

    points: int
    condition: str
    words: str
    """As SQL."""
    rests_on: str
    """The part of what is known that has to be known for it: a key of `_KNOWN`."""


_KNOWN = {
    "campaigns": (
        "Last campaign sent and campaigns sent are",
        "a.last_campaign_sent_on IS NULL AND a.campaigns_sent IS NULL",
    ),
    "logins": ("Last login is", "a.last_login_on IS NULL"),
    "lists": ("List size is", "a.list_size IS NULL"),
    "upgrades": ("Initial upgrade date is", "a.initial_upgrade_on IS NULL"),
}
"""What gives points only where it is known for more than half of the open accounts: words, and when it is unknown."""

_IDLE_FOR = f"'no campaign for ' || {_grouped(_days_since('last_campaign_sent_on'))} || ' days'"
_DAYS_TO_GO = f"({BONUS_DAYS} - {_days_since('initial_upgrade_on')})"

REASONS = (
    Reason(3, f"{_NEVER_SENT} AND coalesce({PAID_ON} <= :settled, true)", "'never sent'", "campaigns"),
    Reason(3, "a.last_campaign_sent_on < :long_idle", _IDLE_FOR, "campaigns"),
    Reason(2, "a.last_campaign_sent_on < :idle AND a.last_campaign_sent_on >= :long_idle", _IDLE_FOR, "campaigns"),
    Reason(2, "a.last_login_on IS NULL", "'never logged in'", "logins"),
    Reason(
        2,
        "a.last_login_on < :long_idle",
        f"'no login for ' || {_grouped(_days_since('last_login_on'))} || ' days'",
        "logins",
    ),
    Reason(2, "coalesce(a.list_size, 0) = 0", "'no list'", "lists"),
    Reason(
        2,
        "was.size >= 50 AND a.list_size * 5 <= was.size * 4",
        f"'list fell from ' || {_grouped('was.size')} || ' to ' || {_grouped('a.list_size')}",
        "lists",
    ),
    Reason(
        1,
        f"a.initial_upgrade_on > :earned_by AND a.initial_upgrade_on <= :as_of AND {NAB_STATUS} = 'Pending'",
        f"'bonus due in ' || {_DAYS_TO_GO} || CASE {_DAYS_TO_GO} WHEN 1 THEN ' day' ELSE ' days' END",
        "upgrades",
    ),
)
"""In the order in which they are said."""


def _is(reason: Reason) -> str:
    return f":{reason.rests_on} AND {reason.condition}"


_RISK = " + ".join(f"CASE WHEN {_is(reason)} THEN {reason.points} ELSE 0 END" for reason in REASONS)
_WHY = "substr(" + " || ".join(f"CASE WHEN {_is(r)} THEN '; ' || {r.words} ELSE '' END" for r in REASONS) + ", 3)"


class AccountsAtRisk(Report):
    """Open accounts that show signs of leaving, with points for each (insight, section 7)."""

    id = "accounts-at-risk"
    title = "Accounts at Risk"
    help = "Open accounts that show signs of leaving, the most urgent first: whom to call, and why."
    rules = (
        "Lists the open accounts in the partnership that have 3 points of risk or more.",
        f"Campaigns: never sent, and paying for {_SETTLED} days or more or since an unknown day: 3. Last campaign over"
        f" {_LONG_IDLE} days ago: 3, over {_IDLE} days ago: 2.",
        f"Logins: never logged in, or last login over {_LONG_IDLE} days ago: 2.",
        f"List: none: 2. At least a fifth smaller than as known {LOOKED_BACK} days ago, where it had 50 contacts or"
        " more: 2.",
        "New account bonus pending: 1.",
        "What is unknown for half of the open accounts or more gives no points; a note says so.",
        "Ordered by risk, highest first, then by list size, largest first, then by company; ties by account id.",
    )
    columns = (
        field_column("account_id"),
        field_column("username"),
        field_column("company"),
        field_column("relationship"),
        ReportColumn("risk", "Risk", NUMBER, "Points: 3 or more.", has_badges=True, sql=f"({_RISK})"),
        ReportColumn("reasons", "Why", TEXT, "What the points are for.", sql=f"({_WHY})"),
        field_column("list_size"),
        field_column("last_login_on"),
        field_column("last_campaign_sent_on"),
        next(column for column in ALL_ACCOUNTS.columns if column.key == "days_to_go"),
        field_column("email"),
        field_column("phone"),
    )
    first_columns = ("company", "risk", "reasons", "list_size", "last_login_on", "last_campaign_sent_on")
    order = (Sort("risk", descending=True), Sort("list_size", descending=True), Sort("company"))
    totals = (("Contacts in their lists", "list_size"),)
    parameters = (
        CountParameter(
            name=NOT_NOTED_FOR,
            title="Not noted for",
            help="For accounts-at-risk: leave out accounts with a note of the last so many days, to work a list off.",
            metavar="DAYS",
            example="14",
            least=0,
            greatest=36_500,
            unit="day",
        ),
    )

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the accounts with enough points."""
        facts = _Facts(connection, request)
        facts.hold_sizes()
        where = f"({_OPEN_HERE} AND ({_RISK}) >= {LEAST}) IS TRUE"
        parameters = facts.parameters()
        if NOT_NOTED_FOR in request.given:
            where += f" AND {_NOT_NOTED}"
            days = request.given[NOT_NOTED_FOR]
            parameters["noted_after"] = days_before(request.as_of, days)
        table = "accounts AS a LEFT JOIN temp.sizes_before AS was ON was.account = a.pk"
        return Source((Arm(terms_of(self.columns), table, where),), parameters)

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say what gives no points because it is hardly known."""
        facts = _Facts(connection, request)
        return [
            *(
                f"{words} not known for {facts.unknown[key]:,} of {count_of(facts.open, 'open account')}: no points are"
                " given for it."
                for key, (words, _) in _KNOWN.items()
                if facts.open and not facts.is_known(key)
            ),
            *notes.unknown_fields(
                connection,
                request,
                self.source(connection, request),
                COMPUTED_FROM | {"risk": (), "reasons": ()},
            ),
        ]


_NOT_NOTED = (
    "coalesce(a.account_id NOT IN (SELECT account_id FROM account_notes WHERE noted_on > :noted_after"
    " AND account_id IS NOT NULL), true)"
    " AND coalesce(a.username_fold NOT IN (SELECT username_fold FROM account_notes WHERE noted_on > :noted_after"
    " AND account_id IS NULL AND username_fold IS NOT NULL), true)"
)
"""Notes go by the account id, else by the username."""


class _Facts:
    """What the points of all accounts rest on."""

    def __init__(self, connection: sqlite3.Connection, request: Request) -> None:
        self._connection, self._request = connection, request

    @property
    def open(self) -> int:
        """How many open accounts there are."""
        return self._counts[0]

    @property
    def unknown(self) -> dict[str, int]:
        """For how many of them each part of `_KNOWN` is unknown."""
        return dict(zip(_KNOWN, self._counts[1:], strict=True))

    @cached_property
    def _counts(self) -> list[int]:
        counts = ", ".join(f"count(*) FILTER (WHERE {is_unknown})" for _, is_unknown in _KNOWN.values())
        row = self._connection.execute(
            f"SELECT count(*), {counts} FROM accounts AS a WHERE ({_OPEN_HERE}) IS TRUE",  # read end to end
            {"as_of": str(self._request.as_of)},
        )
        return list(row.fetchone())

    def is_known(self, key: str) -> bool:
        """Whether a part is known for more than half of them."""
        return self.unknown[key] * 2 < self.open

    def parameters(self) -> dict[str, str | int]:
        """Return what the conditions compare with."""
        as_of = self._request.as_of
        days = {"idle": _IDLE, "long_idle": _LONG_IDLE, "settled": _SETTLED, "earned_by": BONUS_DAYS}
        return {
            "as_of": str(as_of),
            **{name: days_before(as_of, number) for name, number in days.items()},
            **{key: int(self.is_known(key)) for key in _KNOWN},
        }

    def hold_sizes(self) -> None:
        """Hold the sizes, as known some days ago, of the lists that have changed since: others have not fallen."""
        connection, as_of = self._connection, self._request.as_of
        cut = cut_on(cuts(connection), as_of - timedelta(LOOKED_BACK)) if as_of.toordinal() > LOOKED_BACK else None

        def fill() -> int:
            connection.execute("DROP TABLE IF EXISTS temp.sizes_before")
            connection.execute("CREATE TEMP TABLE sizes_before (account INTEGER PRIMARY KEY, size INTEGER)")
            if cut is not None:
                connection.execute(
                    "INSERT INTO temp.sizes_before SELECT account, old FROM (SELECT account, old, min(import_id)"
                    " FROM changes WHERE import_id > ? AND field = 'list_size' GROUP BY account)"
                    " WHERE account IN (SELECT pk FROM accounts WHERE added_by <= ?)",
                    [cut.import_id, cut.import_id],
                )
            return 0

        hold(connection, "sizes_before", f"{cut}", fill)
