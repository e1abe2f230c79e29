"""The faults a person can mend, for the floors above: the same classes that the database raises."""

from db.errors import Fault, NoAccounts, WorkFailed, WrongUse

__all__ = ["Cancelled", "Fault", "NoAccounts", "TooOld", "WorkFailed", "WrongUse"]


class TooOld(Fault):
    """The accounts are older than a schedule allows. Nothing was written or sent."""

    exit_code = 4


class Cancelled(WorkFailed):
    """The person stopped the work. Nothing of it was kept."""

    def __init__(self, what: str = "The work") -> None:
        super().__init__(f"{what} was stopped: nothing was changed.")
