"""Growth by Month: how many accounts pay, what came and what went, and how many trials become customers."""

from __future__ import annotations

import sqlite3

from core.past.cuts import cuts
from core.past.paying import CONVERTED_WITHIN, FEWEST, LEFT_OUT, Month, growth
from core.query.kinds import MONTH, NUMBER, PERCENT
from core.query.look import Chart, ChartShape, Look
from core.query.parameters import CountParameter
from core.query.request import Request
from core.reports import notes
from core.reports.report import Report, ReportColumn, Source, rows_source

MONTHS, USUAL, MOST = "months", 13, 60
"""The parameter, the months shown without it, and the most there can be."""


class GrowthByMonth(Report):
    """Figures of the last months, by the days on which things happened (insight, section 5)."""

    id = "growth-by-month"
    title = "Growth by Month"
    help = "How many accounts pay, month by month: who started, returned, canceled, moved out; and trials converted."
    rules = (
        "Goes by the days on which things happened. An account pays from its initial upgrade, else its first payment,"
        " until it cancels, moves out or is gone, and again from the day of the list on which it had returned.",
        "Paying at Start + Started + Returned − Canceled − Moved Out = Paying at End, and each month begins where the"
        " one before it ended. Moved Out has the accounts that are gone, too.",
        "The last month ends today.",
        "Loss %: what left in the month of those that paid at its start; empty for the month that is not over, and"
        f" where fewer than {FEWEST} paid.",
        "New Trials: accounts created in the month that did not begin as paid ones. Converted: those of them that began"
        f" to pay within {CONVERTED_WITHIN} days. Conversion %: only once each trial of the month has had these days,"
        f" and where there were {FEWEST} or more.",
        "Left out, and counted in a note: accounts of which the day that they began to pay or left is not known, or is"
        " before they began to pay.",
    )
    columns = (
        ReportColumn("month", "Month", MONTH, "The month, as YYYY-MM."),
        ReportColumn("start", "Paying at Start", NUMBER, "Accounts that paid on the day before the month."),
        ReportColumn("started", "Started", NUMBER, "Accounts that began to pay in the month."),
        ReportColumn("returned", "Returned", NUMBER, "Accounts that had left and paid again from a day in the month."),
        ReportColumn("canceled", "Canceled", NUMBER, "Accounts that canceled in the month."),
        ReportColumn("moved_out", "Moved Out", NUMBER, "Accounts that moved out or were gone in the month."),
        ReportColumn("end", "Paying at End", NUMBER, "Accounts that paid on the month's last day."),
        ReportColumn("net", "Net", NUMBER, "Paying at End less Paying at Start."),
        ReportColumn("loss_rate", "Loss %", PERCENT, "Of those that paid at the start, how many left, in percent."),
        ReportColumn("trials", "New Trials", NUMBER, "Trials that began in the month."),
        ReportColumn("converted", "Converted", NUMBER, "Those of them that began to pay in time."),
        ReportColumn("conversion", "Conversion %", PERCENT, "The same in percent."),
    )
    is_list = False
    look = Look(
        rows_are="Months",
        known_by="month",
        chart=Chart(
            ChartShape.LINE,
            "Paying accounts",
            category="month",
            series=("end",),
            description="A line: the accounts that paid at the end of each month.",
        ),
    )
    parameters = (
        CountParameter(
            name=MONTHS,
            title="Months",
            help=f"For growth-by-month: how many months are shown, 1 to {MOST}; by default {USUAL}.",
            metavar="N",
            example=str(USUAL),
            least=1,
            greatest=MOST,
            unit="month",
        ),
    )

    def source(self, connection: sqlite3.Connection, request: Request) -> Source:
        """Return the months."""
        months = growth(connection, request.as_of, request.given.get(MONTHS, USUAL))
        return rows_source(self.columns, [_cells(month, request) for month in months])

    def notes(self, connection: sqlite3.Connection, request: Request) -> list[str]:
        """Say who is left out, and how far back the figures are whole."""
        numbers = {why: notes.count(connection, condition, request) for why, condition in LEFT_OUT.items()}
        said: list[str] = []
        for why, one, many in (
            ("open", "open account has", "open accounts have"),
            ("canceled", "canceled account has", "canceled accounts have"),
            ("moved", "account moved out without a date and so is", "accounts moved out without a date and so are"),
            ("early", "account left before it", "accounts left before they"),
        ):
            said += notes.counted(numbers[why], one + _REASONS[why], many + _REASONS[why])
        first = next(iter(cuts(connection)), None)
        if first is not None:
            said.append(
                f"Months before {first.day:%Y-%m}, that of the first list, lack the accounts that had left before."
            )
        return said


_REASONS = {
    "open": " neither an initial upgrade nor a first payment date: left out.",
    "canceled": " no cancel date, or one before the first payment: left out.",
    "moved": " left out.",
    "early": " began to pay: left out.",
}


def _cells(month: Month, request: Request) -> tuple[str | float | None, ...]:
    return (
        f"{month.first:%Y-%m}",
        month.start,
        month.started,
        month.returned,
        month.canceled,
        month.moved_out,
        month.end,
        month.net,
        month.loss_rate(request.as_of),
        month.trials,
        month.converted,
        month.conversion(request.as_of),
    )
