"""Files that are not taken in although they could be read: no row is good, or too much speaks against them."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Advice, Step, WorkFailed
from core.importing.import_options import ImportOptions
from core.importing.report import ImportReport

_NAMED_GONE = 5
"""How many accounts a message names."""


class Refused(WorkFailed):
    """The rows of a file are not taken in: `report` says why. Nothing was changed."""

    def __init__(self, message: str, hints: Sequence[Advice], report: ImportReport) -> None:
        super().__init__(message, *hints)
        self.report = report


def check(report: ImportReport, options: ImportOptions) -> None:
    """Refuse a file of which every row was rejected, or with `strict` any; and one that looks like half of a list."""
    rejected = len(report.rejected)
    if not report.read:
        raise Refused(
            f"{report.file} has no rows of accounts; nothing was changed.", ["Export the list again."], report
        )
    if rejected == report.read:
        raise Refused(f"Every row of {report.file} was rejected; nothing was changed.", [], report)
    if options.strict and rejected:
        raise Refused(
            f"{rejected:,} of {report.read:,} rows of {report.file} were rejected; nothing was changed.",
            [Step.LEAVE_REJECTED_OUT()],
            report,
        )
    if options.strict and report.suspicions:
        raise Refused(
            f"{report.file} looks wrong as a whole, and nothing was changed. {report.suspicions[0].text}",
            [Step.IMPORT_DOUBTED()],
            report,
        )
    if report.looks_like_half and not options.accept_gone:
        named = ", ".join(gone.account_id or gone.username or "" for gone in report.gone_accounts[:_NAMED_GONE])
        raise Refused(
            f"{report.file} lacks {report.gone:,} of the {report.in_scope:,} accounts that a complete list should have"
            f" ({named} …); that looks like half a file, and nothing was changed.",
            [Step.ACCEPT_GONE()],
            report,
        )
