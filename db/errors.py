"""The faults a person can mend, each with the exit code of the command line's contract."""

from __future__ import annotations

from typing import ClassVar

from db.hints import Advice, Say


class Fault(Exception):
    """What is wrong and where, and what to do about it.

    `said` gives one to three plain lines: the cause, then the next steps, in the words of a front end. Only faults of
    these classes are shown to a person; any other exception is our own bug (exit code 70).

    Args:
        message: what is wrong and where, in words that are true in every front end.
        hints: what to do about it; the empty text says nothing.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *hints: Advice) -> None:
        super().__init__(message, *hints)
        self.message = message
        self.hints = tuple(hint for hint in hints if hint)

    def said(self, say: Say) -> str:
        """Return the fault in lines, as a front end says the hints."""
        steps = " ".join(hint if isinstance(hint, str) else say(hint) for hint in self.hints)
        return f"{self.message}\n{steps}" if steps else self.message

    def __str__(self) -> str:
        """Return what tells the fault to its developer, in no front end's words."""
        return self.said(lambda hint: f"{hint.step.name.replace('_', ' ').capitalize()}.")


class WorkFailed(Fault):
    """The work was understood and could not be done: a bad file, a full disk, a busy database."""

    exit_code = 1


class WrongUse(Fault):
    """What was asked for does not fit together, or does not exist."""

    exit_code = 2


class NoAccounts(Fault):
    """There is no database, or it holds no accounts."""

    exit_code = 3
