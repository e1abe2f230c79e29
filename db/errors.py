"""The faults a person can mend, each with the exit code of the command line's contract."""

from __future__ import annotations

from typing import ClassVar


class Fault(Exception):
    """What is wrong and where, and what to do about it.

    `str(fault)` is one to three plain lines: the cause, then the next step. Only faults of these classes are shown
    to a person as they are; any other exception is our own bug (exit code 70).
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


class WorkFailed(Fault):
    """The work was understood and could not be done: a bad file, a full disk, a busy database."""

    exit_code = 1


class WrongUse(Fault):
    """What was asked for does not fit together, or does not exist."""

    exit_code = 2


class NoAccounts(Fault):
    """There is no database, or it holds no accounts."""

    exit_code = 3
