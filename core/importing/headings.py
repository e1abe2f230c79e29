"""Which column of a file holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.fields import Field


@dataclass(frozen=True, slots=True)
class Match:
    """A field that the import fills, and where from."""

    field: Field
    heading: str
    """As the file has it; the field's title where a person set the value."""
    index: int | None = None
    """Which column of the file, from 0; None where a person set the value."""
    value: str = ""
    """What a person set (`--set`)."""


@dataclass(frozen=True, slots=True)
class Matching:
    """How the headings of a file were understood."""

    matches: list[Match]
    """In the order of the file, then what a person set."""
    unmatched: list[str] = field(default_factory=list)
    """Headings that name no field; their columns are left out."""
    notes: list[str] = field(default_factory=list)
    """Headings that were passed over for a better one; plain sentences."""

    @property
    def keys(self) -> list[str]:
        """The fields' keys, in the order of `matches`."""
        return [match.field.key for match in self.matches]


def match_headings(
    headings: Sequence[str],
    by_hand: Mapping[str, str] | None = None,
    saved: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Matching:
    """Match a file's headings with fields.

    Args:
        headings: the heading row.
        by_hand: heading to field key or title (`--map`); '' leaves the column out. Each must be in the file.
        saved: the same from a saved mapping; headings that this file lacks are passed by.
        given: field to value (`--set`), for fields that the file leaves out.

    Raises:
        WorkFailed: two headings clash, or the file names neither account ids nor usernames.
        WrongUse: `by_hand` or `given` do not fit the file, or name no field.
    """
    raise NotImplementedError
