"""Bonus Forecast: which bonuses come in the next months, and how many of them one may count on."""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from core.errors import WrongUse
from core.past.days import kept_day
from core.past.survival import chances, seen_on
from core.past.temporary import hold
from core.query.kinds import DECIMAL, MONEY, MONTH, NUMBER
from core.query.look import TOTAL, Chart, ChartShape, Look
from core.query.query import Query
from core.query.request import Behind, Request, ask
from core.reports.all_accounts import ALL_ACCOUNTS, BONUS_AT_RISK
from core.reports.new_account_bonus_tracker import BONUS_DAYS, NAB_STATUS
from core.reports.report import Report, ReportColumn, Source, days_before, rows_source
from core.settings.setting_list import bonus_amount
from core.settings.settings import load_settings

LOOKED_BACK = 730
"""Days: accounts upgraded since then tell how likely a bonus is."""
FEWEST = 30
"""Bonuses earned or lost below which they tell too little."""

_ENDED_ON = (
    "min(CASE WHEN a.cancelled_on <= :as_of AND a.cancelled_on >= a.initial_upgrade_on THEN a.cancelled_on"
    " ELSE '~' END, CASE WHEN a.moved_out_on <= :as_of THEN a.moved_out_on ELSE '~' END)"
)
"""The earlier of cancel and move-out (domain rule 5), '~' for none."""
_LOST_ON = (
    f"CASE WHEN {_ENDED_ON} < date(a.initial_upgrade_on, '+{BONUS_DAYS} days') THEN {_ENDED_ON} ELSE a.gone_on END"
)


@dataclass
class Month:
    """The bonuses of one month."""

    earned: int = 0
    due: int = 0
    at_risk: int = 0
    expected: Fraction = field(default_factory=Fraction)


@dataclass(frozen=True, slots=True)
class Past:
    """What became of the accounts that were upgraded in the last years."""

    decided: int
    """Bonuses earned or lost."""
    chances: list[Fraction]
    """The chance that a pending bonus is earned, by days since the upgrade."""


class BonusForecast(Report):
    """The months of the bonuses that are pending, with what past bonuses let one expect (insight, section 6)."""

    id = "bonus-forecast"
    title = "Bonus Forecast"
    help = "Which bonuses fall due in the next months, how many are at risk, and how many one may expect."
    rules = (
        f"Rows are the months from today's to that of the day {BONUS_DAYS} days ahead, and their Total. A bonus stands"
        " in the month of its bonus date.",
        "Earned: by today, as in the New Account Bonus Tracker. Due: pending there. At Risk: those of them on the"
        " targeted list Bonus at risk.",
        "Expected: each bonus that is due counts with the chance that accounts like it have stayed until the bonus,"
        f" by the days since their upgrade; taken from your own accounts upgraded in the last {LOOKED_BACK} days"
        f" (Kaplan–Meier estimate). Empty while fewer than {FEWEST} of them have earned or lost their bonus.",
        "Amount: Expected times the setting bonus_amount, in whole units. The vendor does not publish the amount, so"
        " the column stands only where it is set.",
    )
    columns = (
        ReportColumn("month", "Month", MONTH, "The month, as YYYY-MM; and the Total."),
        ReportColumn("earned", "Earned", NUMBER, "Bonuses of the month that are earned by today."),
        ReportColumn("due", "Due", NUMBER, "Bonuses of the month that are pending."),
        ReportColumn("at_risk", "At Risk", NUMBER, "Of them, those on the list Bonus at risk."),
        ReportColumn("expected", "Expected", DECIMAL, "How many of those due one may count on."),
        ReportColumn("amount", "Amount", MONEY, "What they bring, in the currency that is set."),
    )
    is_list = False
    look = Look(
        rows_are="Months",
        known_by="month",
        total_in="month",
        chart=Chart(
            ChartShape.COLUMNS,
            "Bonuses by month",
            category="month",
            series=("earned", "due", "expected"),
            description="Columns: the bonuses earned, due and expected in each month.",
        ),
    )

    def behind(self, row: str, column: str, as_of: date) -> Behind:
        """Return the bonuses of a month; a whole row stands for those due. See `Report.behind`."""
        first = as_of.replace(day=1) if row == TOTAL else date.fromisoformat(f"{row}-01")
        conditions = [f"bonus_on >= {first}"]
        if row != TOTAL:
            conditions.append(f"bonus_on <= {first.replace(day=monthrange(first.year, first.month)[1])}")
        if column == "at_risk":
            return Behind(ALL_ACCOUNTS.id, (*conditions, *BONUS_AT_RISK))
        wanted = "Earned" if column == "earned" else "Pending"
        return Behind("new-account-bonus-tracker", (*conditions, f"nab_status = {wanted}"))

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the months and their total."""
        amount = _amount() if "amount" in (request.columns or ("amount",)) else None
        upgraded = _upgraded(connection, request.as_of)
        past = _past(upgraded, request.as_of)
        hold(connection, "decided", str(request.as_of), lambda: past.decided)  # for the notes
        months = _months(connection, request.as_of, upgraded, past)
        total = Month(
            sum(month.earned for month in months.values()),
            sum(month.due for month in months.values()),
            sum(month.at_risk for month in months.values()),
            sum((month.expected for month in months.values()), Fraction()),
        )
        rows = [_cells(name, month, past, amount) for name, month in (months | {TOTAL: total}).items()]
        return rows_source(self.columns, rows, frozenset() if amount else frozenset({"amount"}))

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say where the chances come from, or why there are none."""
        as_of = request.as_of
        decided = hold(connection, "decided", str(as_of), lambda: _past(_upgraded(connection, as_of), as_of).decided)
        said = f"of the accounts upgraded in the last {LOOKED_BACK} days"
        if decided < FEWEST:
            number = "no bonus was" if not decided else f"only {decided:,} {_bonuses(decided)}"
            return [f"Expected is empty: {number} earned or lost {said}, and {FEWEST} are needed to tell."]
        notes = [f"Expected rests on {decided:,} bonuses earned or lost {said}."]
        settings = load_settings()
        if _amount() and settings.bonus_currency:
            notes.append(f"Amount is in {settings.bonus_currency}, {settings.bonus_amount} a bonus.")
        return notes


def _bonuses(number: int) -> str:
    return "bonus was" if number == 1 else "bonuses were"


def _amount() -> Fraction | None:
    """Return what a bonus brings; None where that is not set.

    Raises:
        WrongUse: the setting is no number.
    """
    text = load_settings().bonus_amount
    try:
        return bonus_amount(text) if text else None
    except WrongUse as fault:
        raise WrongUse(f"The setting bonus_amount will not do: {fault.message}", *fault.hints) from None


_PLAIN = (
    "a.cancelled_on IS NULL AND a.moved_out_on IS NULL AND a.gone_on IS NULL AND a.moved_to IS NULL"
    " AND coalesce(a.status NOT IN ('C', 'T', 'E'), true)"
)
"""Accounts of which the upgrade date alone says whether the bonus is earned or pending: most of them."""


class Upgraded(NamedTuple):
    """Accounts that were upgraded on one day and fared alike."""

    on: date
    nab: str
    """Earned, Pending or Lost."""
    ended: str | None
    """The day, in ISO form, that lost the bonus."""


def _upgraded(connection: sqlite3.Connection, as_of: date) -> Counter[Upgraded]:
    """Return how many accounts of the last years fared alike.

    All are counted from an index first, as if none had left; those that have are then judged one by one.
    """
    is_early = as_of.toordinal() <= LOOKED_BACK  # no day is so early that one could look back from here
    asked = _days(as_of) | {"from": "" if is_early else days_before(as_of, LOOKED_BACK)}
    since = "a.initial_upgrade_on > :from AND a.initial_upgrade_on <= :as_of"
    found: Counter[Upgraded] = Counter()
    for day, accounts in connection.execute(
        f"SELECT a.initial_upgrade_on, count(*) FROM accounts AS a WHERE {since} GROUP BY 1", asked
    ):
        found[_by_date(day, asked["earned_by"])] += accounts
    rows = connection.execute(
        f"SELECT {NAB_STATUS} AS nab, a.initial_upgrade_on, {_LOST_ON} FROM accounts AS a"
        f" WHERE ({since} AND NOT ({_PLAIN})) IS TRUE",
        asked,
    )
    for (nab, day, ended), accounts in Counter(rows).items():
        found[_by_date(day, asked["earned_by"])] -= accounts
        if nab != "Unknown":
            found[Upgraded(kept_day(day), nab, ended if nab == "Lost" else None)] += accounts
    return +found


def _by_date(day: str, earned_by: str) -> Upgraded:
    return Upgraded(kept_day(day), "Earned" if day <= earned_by else "Pending", None)


def _past(upgraded: Counter[Upgraded], as_of: date) -> Past:
    """Return the chances that the last years' accounts tell."""
    earned = 0
    lost: Counter[int] = Counter()
    pending: Counter[int] = Counter()
    for (start, nab, ended), accounts in upgraded.items():
        if nab == "Earned":
            earned += accounts
        elif nab == "Pending":
            pending[(as_of - start).days] += accounts
        elif ended and (stayed := (kept_day(ended) - start).days) >= 0:
            lost[stayed] += accounts
    seen = seen_on(BONUS_DAYS, lost.items(), earned, pending.items())
    return Past(earned + lost.total(), chances([lost[day] for day in range(BONUS_DAYS)], seen))


def _months(connection: sqlite3.Connection, as_of: date, upgraded: Counter[Upgraded], past: Past) -> dict[str, Month]:
    """Return the months with what is earned, due, at risk and expected in each."""
    last = date.fromordinal(min(date.max.toordinal(), as_of.toordinal() + BONUS_DAYS))
    months: dict[str, Month] = {}
    for ordinal in range(as_of.toordinal(), last.toordinal() + 1):
        months.setdefault(f"{date.fromordinal(ordinal):%Y-%m}", Month())
    for (start, nab, _), accounts in upgraded.items():
        month = months.get(_month_of_bonus(start))
        if month is None:
            continue
        if nab == "Earned":
            month.earned += accounts
        elif nab == "Pending":
            month.due += accounts
            month.expected += past.chances[(as_of - start).days] * accounts
    for day, accounts in _at_risk(connection, as_of).items():
        if month := months.get(_month_of_bonus(kept_day(day))):
            month.at_risk += accounts
    return months


def _month_of_bonus(upgraded: date) -> str:
    try:
        return f"{upgraded + timedelta(BONUS_DAYS):%Y-%m}"
    except OverflowError:
        return ""


def _at_risk(connection: sqlite3.Connection, as_of: date) -> Counter[str]:
    """Return how many accounts on the list *Bonus at risk* were upgraded on each day."""
    if as_of.toordinal() <= BONUS_DAYS:
        return Counter()  # no day is so early that one could look back from here
    recent = f"initial_upgrade_on > {days_before(as_of, BONUS_DAYS)}"  # all pending ones: it lets an index be used
    request = ask(ALL_ACCOUNTS, as_of, where=[recent, *BONUS_AT_RISK], columns=["initial_upgrade_on"])
    return Counter(str(day) for block in Query(connection, request).blocks() for (day,) in block)


def _days(as_of: date) -> dict[str, str]:
    return {"as_of": str(as_of), "earned_by": days_before(as_of, BONUS_DAYS)}


def _cells(name: str, month: Month, past: Past, amount: Fraction | None) -> tuple[str | float | None, ...]:
    is_known = past.decided >= FEWEST
    expected = round(float(month.expected), 1) if is_known else None
    money = round(month.expected * amount) if is_known and amount is not None else None
    return name, month.earned, month.due, month.at_risk, expected, money
