"""The reports there are."""

from __future__ import annotations

from core.errors import WrongUse
from core.query.parameters import Parameter
from core.reports.accounts_at_risk import AccountsAtRisk
from core.reports.all_accounts_summary import AllAccountsSummary
from core.reports.bonus_forecast import BonusForecast
from core.reports.cancels_and_move_outs import CancelsAndMoveOuts
from core.reports.growth_by_month import GrowthByMonth
from core.reports.managed_account_details import ManagedAccountDetails
from core.reports.my_accounts import MyAccounts
from core.reports.new_account_bonus_tracker import NewAccountBonusTracker
from core.reports.report import Report
from core.reports.what_changed import WhatChanged

PORTAL_REPORTS: tuple[Report, ...] = (
    AllAccountsSummary(),
    ManagedAccountDetails(),
    NewAccountBonusTracker(),
    CancelsAndMoveOuts(),
)
"""The four reports of the vendor's portal, in the order of its menu."""

OWN_REPORTS: tuple[Report, ...] = (
    WhatChanged(),
    GrowthByMonth(),
    BonusForecast(),
    AccountsAtRisk(),
)
"""What no portal tells, computed from what imports have changed over time."""

REPORTS: tuple[Report, ...] = (*PORTAL_REPORTS, *OWN_REPORTS)
"""All reports that can be run."""

MY_ACCOUNTS = MyAccounts()
"""The table of all accounts; a page of its own, not a report to run."""


PARAMETERS: tuple[Parameter, ...] = tuple(
    dict.fromkeys(parameter for report in REPORTS for parameter in report.parameters)
)
"""Every parameter that any of them has."""


def find_report(name: str) -> Report:
    """Return the report with this id or title.

    Raises:
        WrongUse: there is none; the message lists them.
    """
    wanted = name.strip().casefold()
    for report in REPORTS:
        if wanted in (report.id, report.title.casefold()):
            return report
    raise WrongUse(f"There is no report '{name}'.", "Reports: " + ", ".join(report.id for report in REPORTS))
