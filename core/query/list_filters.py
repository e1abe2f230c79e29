"""The filters of targeted lists: whom the vendor advises partners to write to (domain rule 4). Each is a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import WrongUse
from core.query.parameters import Parameter


@dataclass(frozen=True, slots=True)
class SizeRange:
    """A list of a certain size: both ends counted, None for an open end."""

    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{'' if self.low is None else self.low}-{'' if self.high is None else self.high}"

    def words(self) -> str:
        """Return the range as a sentence says it."""
        if self.high is None:
            return f"{self.low:,} or more"
        if self.low is None:
            return f"{self.high:,} or fewer"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"

    def conditions(self) -> list[str]:
        """Return what lists of the size meet; an unknown size is in no range."""
        ends = [f"list_size >= {self.low}"] if self.low is not None else []
        return ends + ([f"list_size <= {self.high}"] if self.high is not None else [])


def parse_size(text: str) -> SizeRange:
    """Return the range that SIZE names: `500-2500`, `500-`, `-2500` or `500`.

    Raises:
        WrongUse: it is none of these, or its ends are the wrong way round.
    """
    match = re.fullmatch(r"(?P<only>\d{1,18})|(?P<low>\d{1,18})?-(?P<high>\d{1,18})?", text.strip().replace("–", "-"))
    if match is None or not any(match.groups()):
        raise WrongUse(f"'{text}' is no list size.", "Write 500-2500, 500- (or more), -2500 (or fewer), or 500.")
    low, high = (int(end) if (end := match["only"] or match[name]) else None for name in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise WrongUse(f"The list size {text} runs backwards.", f"Did you mean {high}-{low}?")
    return SizeRange(low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchFilter(Parameter):
    """A filter that is on or off."""

    phrase: str
    """Whom it leaves: accounts that have …"""
    where: str
    """The condition."""
    unknown: tuple[str, str]
    """What it rests on: see `Parameter.rests_on`."""

    def read(self, text: str) -> bool:
        """Return that it is on: there is nothing else to say."""
        return True

    def words(self, value: Any) -> str:
        """Return whom it leaves."""
        return self.phrase

    def written(self, value: Any) -> str | int | bool:
        """Return that it is on."""
        return True

    def condition(self, value: Any) -> str:
        """Return its condition."""
        return self.where

    def rests_on(self, value: Any) -> Sequence[tuple[str, str]]:
        """Return the one thing that it rests on."""
        return [self.unknown]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFilter(Parameter):
    """A list of a certain size."""

    def read(self, text: str) -> SizeRange:
        """Return the range."""
        return parse_size(text)

    def words(self, value: Any) -> str:
        """Return whom it leaves."""
        return f"a list of {value.words()}"

    def condition(self, value: Any) -> str:
        """Return the condition on the list's size."""
        return " and ".join(value.conditions())

    def rests_on(self, value: Any) -> Sequence[tuple[str, str]]:
        """Return the size."""
        return [_SIZE_UNKNOWN]


_SIZE_UNKNOWN = ("list size is", "list_size IS NULL")
_SAID_UNDER = "Only accounts that have"

NO_LIST = SwitchFilter(
    name="no_list",
    title="Only accounts",
    help="Only accounts without contacts.",
    is_filter=True,
    said_under=_SAID_UNDER,
    phrase="no list",
    short="no list",
    where="(list_size is empty or list_size = 0)",
    unknown=_SIZE_UNKNOWN,
)
LIST_SIZE = SizeFilter(
    name="list_size",
    title="List size",
    help="Only lists of a size: 500-2500, 500-, -2500 or 500.",
    metavar="SIZE",
    example="500-2500",
    note="500-2500, 500-, -2500 or 500",
    is_filter=True,
    said_under=_SAID_UNDER,
)
NEVER_LOGGED_IN = SwitchFilter(
    name="never_logged_in",
    title="Only accounts",
    help="Only accounts that have never logged in.",
    is_filter=True,
    said_under=_SAID_UNDER,
    phrase="never logged in",
    short="never logged in",
    where="last_login_on is empty",
    unknown=("last login is", "last_login_on IS NULL"),
)
NEVER_SENT = SwitchFilter(
    name="never_sent",
    title="Only accounts",
    help="Only accounts that have never sent a campaign.",
    is_filter=True,
    said_under=_SAID_UNDER,
    phrase="never sent a campaign",
    short="never sent",
    where="last_campaign_sent_on is empty and (campaigns_sent is empty or campaigns_sent = 0)",
    unknown=(
        "last campaign sent and campaigns sent are",
        "last_campaign_sent_on IS NULL AND campaigns_sent IS NULL",
    ),
)
LIST_FILTERS: tuple[Parameter, ...] = (NO_LIST, LIST_SIZE, NEVER_LOGGED_IN, NEVER_SENT)
"""In the order of the command line's help."""
