"""What a person may say to a report beside conditions, order and columns: its parameters.

A report declares its own. The command line's options, the fields of Generate Report, what a request says in words and
to programs, and how it is read back follow from that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import parse_day
from core.errors import Step, WrongUse
from core.text.vocabulary import STATUS_WORDS, count_of, status_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(ABC):
    """One thing to say."""

    name: str
    """For programs; with dashes for underscores it is the option."""
    title: str
    """For people, before its field. Switches of one title stand in one line."""
    help: str
    """What it does, for the command line's help."""
    metavar: str = ""
    """What stands for its value in help; '' for a switch, which is on or off."""
    example: str = ""
    """Stands in its empty field."""
    note: str = ""
    """What may be written, beside its field."""
    is_needed: bool = False
    is_filter: bool = False
    """Whether it narrows the rows that there are."""
    short: str = ""
    """The words beside its checkbox."""
    said_under: str = ""
    """The label of its words, which several may share; its title unless said."""
    most: int = 40
    """Characters that its field takes."""

    @property
    def option(self) -> str:
        """The command line's option."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return not self.metavar

    @property
    def label(self) -> str:
        """The label of its words."""
        return self.said_under or self.title

    @property
    def choices(self) -> Mapping[str, str]:
        """The values there are and what they mean, where they are few."""
        return {}

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return the value that a text says.

        Raises:
            WrongUse: it says none.
        """

    @abstractmethod
    def words(self, value: Any) -> str:
        """Return a value in words."""

    def written(self, value: Any) -> str | int | bool:
        """Return a value as programs have it; as text it is read back as the same."""
        return str(value)

    def missing(self, report_title: str) -> WrongUse:
        """Return the fault of a report that needs it and has not got it."""
        return WrongUse(f"{report_title} needs {self.title}.", Step.GIVE_OPTION(option=self.option), self.note)

    def condition(self, value: Any) -> str:
        """Return the condition on a report's rows that it stands for; '' where it is none."""
        return ""

    def rests_on(self, value: Any) -> Sequence[tuple[str, str]]:
        """Return what a condition rests on: (words, SQL that tells that it is not known)."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusParameter(Parameter):
    """One status letter, in capitals (domain.md, *The four reports*)."""

    @property
    def choices(self) -> Mapping[str, str]:
        """The four letters."""
        return STATUS_WORDS

    def read(self, text: str) -> str:
        """Return the letter; the capital that was probably meant is said."""
        if text in STATUS_WORDS:
            return text
        meant = status_letter(text)
        hint = f"Did you mean {meant} ({STATUS_WORDS[meant]})? Status takes capital letters only." if meant else ""
        raise WrongUse(f"'{text}' is not a status.", hint or f"Give one of: {_meanings()}.")

    def words(self, value: Any) -> str:
        """Return the status word."""
        return STATUS_WORDS[value]

    def missing(self, report_title: str) -> WrongUse:
        """Name the letters."""
        return WrongUse(f"{report_title} needs a status.", f"Give one of: {_meanings()}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayParameter(Parameter):
    """A day, as YYYY-MM-DD."""

    def read(self, text: str) -> date:
        """Return the day."""
        return parse_day(text)

    def words(self, value: Any) -> str:
        """Return the day as ISO text."""
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountParameter(Parameter):
    """A whole number within bounds."""

    least: int
    greatest: int
    unit: str
    """What it counts, as one of them is called: month, day."""

    def read(self, text: str) -> int:
        """Return the number."""
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit()) or not self.least <= int(digits[:9]) <= self.greatest:
            raise WrongUse(
                f"'{text}' is no number of {self.unit}s for {self.title}.",
                f"Give a whole number from {self.least:,} to {self.greatest:,}.",
            )
        return int(digits)

    def words(self, value: Any) -> str:
        """Return the number with what it counts."""
        return count_of(value, self.unit)

    def written(self, value: Any) -> str | int | bool:
        """Return the number."""
        return int(value)


def _meanings() -> str:
    return ", ".join(f"{letter} {word}" for letter, word in STATUS_WORDS.items())


STATUS = StatusParameter(
    name="status",
    title="Status",
    help="For managed-account-details: one capital letter.",
    metavar="O|T|E|C",
    note="  ".join(f"{letter} {word}" for letter, word in STATUS_WORDS.items()),
    is_needed=True,
    most=20,
)
