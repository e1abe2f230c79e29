"""Which column of a file holds which field."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import WorkFailed, WrongUse
from core.text.vocabulary import squeeze
from db.fields import FIELD, READ_FIELDS, Field

_CANONICAL = {squeeze(known.title): known for known in READ_FIELDS}
_KNOWN = {squeeze(name): known for known in READ_FIELDS for name in known.synonyms} | _CANONICAL
_IDENTITY = ("account_id", "username")


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


def heading_key(heading: str) -> str:
    """Return what two headings have in common when they are the same; one of signs only ("#") is itself."""
    return squeeze(heading) or heading.strip()


def known_field(heading: str) -> Field | None:
    """Return the field that a heading names, if it names one."""
    return _KNOWN.get(squeeze(heading))


def names_accounts(heading: str) -> bool:
    """Return whether a heading stands over account ids or usernames: without one, a table holds no accounts."""
    found = known_field(heading)
    return found is not None and found.key in _IDENTITY


def match_headings(
    headings: Sequence[str],
    by_hand: Mapping[str, str] | None = None,
    saved: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Matching:
    """Match a file's headings with fields.

    A heading mapped by hand wins over the canonical one, and that one over its synonyms.

    Args:
        headings: the heading row.
        by_hand: heading to field key or title (`--map`); '' leaves the column out. Each must be in the file.
        saved: the same from a saved mapping; headings that this file lacks are passed by.
        given: field key or title to value (`--set`), for fields that the file leaves out.

    Raises:
        WorkFailed: two headings clash, or the file names neither account ids nor usernames.
        WrongUse: `by_hand` or `given` do not fit the file, or name no field.
    """
    mapped = _mapped(saved or {}) | _in_file(by_hand or {}, headings)
    candidates: dict[str, list[int]] = {}
    unmatched = []
    for index, heading in enumerate(headings):
        found = mapped.get(heading_key(heading), known_field(heading))
        if found is not None:
            candidates.setdefault(found.key, []).append(index)
        elif heading and heading_key(heading) not in mapped:
            unmatched.append(heading)

    matches, notes = [], []
    for key, indexes in candidates.items():
        best = _best(FIELD[key], [i for i in indexes if heading_key(headings[i]) in mapped] or indexes, headings)
        matches.append(Match(FIELD[key], headings[best], best))
        notes += [
            f"The column '{headings[i]}' was left out: '{headings[best]}' holds the {FIELD[key].title} too."
            for i in indexes
            if i != best
        ]
    if not any(key in candidates for key in _IDENTITY):
        raise WorkFailed(
            f"No heading names an Account ID or a Username. The headings are: {_listed(headings)}.",
            'Say which column it is with --map "Heading=account_id".',
        )
    matches.sort(key=lambda match: match.index or 0)
    return Matching(matches + _set_by_hand(given or {}, matches), unmatched, notes)


def _best(known: Field, indexes: list[int], headings: Sequence[str]) -> int:
    """Return which of several columns holds a field: the only one, or the one with the canonical heading."""
    canonical = [i for i in indexes if squeeze(headings[i]) == squeeze(known.title)]
    best = canonical if len(indexes) > 1 and canonical else indexes
    if len(best) > 1:
        names = " and ".join(f"'{headings[i]}' (column {i + 1})" for i in best)
        are_equal = len({heading_key(headings[i]) for i in best}) < len(best)
        raise WorkFailed(
            f"These headings clash: {names} name the {known.title}.",
            "Rename one in the file." if are_equal else f'Leave one out with --map "{headings[best[-1]]}=".',
        )
    return best[0]


def _mapped(mapping: Mapping[str, str]) -> dict[str, Field | None]:
    """Return what a mapping says of each heading, None to leave it out."""
    return {heading_key(heading): named_field(name) if name.strip() else None for heading, name in mapping.items()}


def _in_file(by_hand: Mapping[str, str], headings: Sequence[str]) -> dict[str, Field | None]:
    """Return a mapping by hand after a check that the file has all of its headings."""
    present = {heading_key(heading): heading for heading in headings if heading}
    for heading in by_hand:
        if heading_key(heading) not in present:
            near = difflib.get_close_matches(heading_key(heading), present, n=1)
            raise WrongUse(
                f"--map names the heading '{heading}', which the file does not have.",
                f"Did you mean '{present[near[0]]}'?" if near else f"Its headings are: {_listed(headings)}.",
            )
    return _mapped(by_hand)


def _set_by_hand(given: Mapping[str, str], matches: Sequence[Match]) -> list[Match]:
    """Return the fields that a person set, none of which the file may have."""
    values = {named_field(name).key: value for name, value in given.items()}
    for match in matches:
        if match.field.key in values:
            raise WrongUse(
                f"--set {match.field.key} is not possible: the file has it, under '{match.heading}'.",
                f'To put the value in its place, leave the column out with --map "{match.heading}=".',
            )
    for key, value in values.items():
        if not value.strip():
            raise WrongUse(f"--set {key} has no value.", f"Write --set {key}=VALUE.")
    return [Match(FIELD[key], FIELD[key].title, value=value) for key, value in values.items()]


def named_field(name: str) -> Field:
    """Return the field that a person names by key, title or synonym.

    Raises:
        WrongUse: there is no such field.
    """
    found = FIELD.get(name.strip().lower()) or known_field(name)
    if found is None:
        near = difflib.get_close_matches(name.strip().lower(), FIELD, n=1)
        raise WrongUse(
            f"There is no field '{name}'.",
            f"Did you mean {near[0]}?" if near else f"The fields are: {', '.join(FIELD)}.",
        )
    return found


def _listed(headings: Sequence[str]) -> str:
    """Return headings for a message, a dozen at most, none of them long."""
    named = [heading[:40] for heading in headings if heading]
    return ", ".join(named[:12]) + (" …" if len(named) > 12 else "")
