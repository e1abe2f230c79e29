"""The filters of targeted lists: whom the vendor advises partners to write to (domain rule 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import WrongUse


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


@dataclass(frozen=True, slots=True)
class Targets:
    """Which of the targeted-list filters are on; they combine with *and*."""

    no_list: bool = False
    list_size: SizeRange | None = None
    never_logged_in: bool = False
    never_sent: bool = False

    def __bool__(self) -> bool:
        return self.no_list or self.list_size is not None or self.never_logged_in or self.never_sent

    def words(self) -> list[str]:
        """Return each filter that is on as a phrase."""
        phrases = {
            "no list": self.no_list,
            f"a list of {self.list_size.words()}" if self.list_size else "": self.list_size is not None,
            "never logged in": self.never_logged_in,
            "never sent a campaign": self.never_sent,
        }
        return [phrase for phrase, on in phrases.items() if on]

    def sql(self, parameters: dict[str, int | str]) -> list[str]:
        """Return the SQL terms over a report's columns, and put the values they need into `parameters`."""
        terms = []
        if self.no_list:
            terms.append("coalesce(list_size, 0) = 0")
        if self.list_size and self.list_size.low is not None:
            parameters["size_low"] = self.list_size.low
            terms.append("list_size >= :size_low")
        if self.list_size and self.list_size.high is not None:
            parameters["size_high"] = self.list_size.high
            terms.append("list_size <= :size_high")
        if self.never_logged_in:
            terms.append("last_login_on IS NULL")
        if self.never_sent:
            terms.append("last_campaign_sent_on IS NULL AND coalesce(campaigns_sent, 0) = 0")
        return terms

    def rests_on(self) -> list[tuple[str, str]]:
        """Return what the filters rest on: (words, SQL that tells that it is not known)."""
        fields = []
        if self.no_list or self.list_size:
            fields.append(("list size is", "list_size IS NULL"))
        if self.never_logged_in:
            fields.append(("last login is", "last_login_on IS NULL"))
        if self.never_sent:
            fields.append(
                (
                    "last campaign sent and campaigns sent are",
                    "last_campaign_sent_on IS NULL AND campaigns_sent IS NULL",
                )
            )
        return fields
