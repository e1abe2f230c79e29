"""The faults a person can mend and what to do about them, for the floors above: those of the database too."""

from db.errors import Fault, NoAccounts, WorkFailed, WrongUse
from db.hints import Advice, Hint, Say, Step

__all__ = ["Advice", "Cancelled", "Fault", "Hint", "NoAccounts", "Say", "Step", "TooOld", "WorkFailed", "WrongUse"]


class TooOld(Fault):
    """The accounts are older than a schedule allows. Nothing was written or sent."""

    exit_code = 4


class Cancelled(WorkFailed):
    """The person stopped the work. Nothing of it was kept."""

    def __init__(self, what: str = "The work") -> None:
        super().__init__(f"{what} was stopped: nothing was changed.")
