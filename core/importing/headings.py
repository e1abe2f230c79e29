"""Which column of a file holds which field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import Advice, Step, WorkFailed, WrongUse
from core.importing.derived_fields import (
    CONTACT,
    DAYS_AGO,
    DAYS_SINCE_UPGRADE,
    DERIVED,
    EVENT,
    EVENT_ON,
    STATED,
)
from core.importing.heading_words import heading_key, is_canonical, known_field, known_fields
from core.importing.notes import Note
from core.text.vocabulary import squeeze
from db.fields import FIELD, Field

_IDENTITY = ("account_id", "username")
_LONGEST = 40
"""Characters of a heading in a message."""
_MOST = 12
"""Headings in a message."""
_PLACE = re.compile(r"(.*?)\s*\(column (\d{1,5})\)", re.IGNORECASE)


class HeadingsAtFault(WorkFailed):
    """The headings of a file cannot be matched as they are: a person has to say what some of them mean."""

    def __init__(self, message: str, *hints: Advice, headings: Sequence[str]) -> None:
        """Take what is wrong, what to do, and the headings of the file."""
        super().__init__(message, *hints)
        self.headings = list(headings)
        self.first_cells: list[str] = []
        """For each heading the first thing that stands below it, where that is known."""


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
    notes: list[Note] = field(default_factory=list)
    """Headings that were passed over for a better one."""

    @property
    def keys(self) -> list[str]:
        """The fields' keys, in the order of `matches`."""
        return [match.field.key for match in self.matches]


def match_headings(
    headings: Sequence[str],
    by_hand: Mapping[str, str] | None = None,
    saved: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    kept: Sequence[Field] = (),
) -> Matching:
    """Match a file's headings with fields.

    A heading mapped by hand wins over the canonical one, and that one over its synonyms.

    Args:
        headings: the heading row.
        by_hand: heading to field key or title (`--map`); '' leaves the column out. Each must be in the file.
        saved: the same from a saved mapping; headings that this file lacks are passed by.
        given: field key or title to value (`--set`), for fields that the file leaves out.
        kept: fields of one's own; their titles are headings of the file (`--keep`).

    Raises:
        HeadingsAtFault: two headings clash, or the file names neither account ids nor usernames.
        WrongUse: `by_hand`, `given` or `kept` do not fit the file, or name no field.
    """
    mapped = _mapped(saved or {}, headings) | _in_file(by_hand or {}, headings)
    own = _kept_columns(kept, headings)
    known = known_fields(headings)
    candidates: dict[str, list[int]] = {}
    unmatched = []
    for index, heading in enumerate(headings):
        found = own.get(index) or (mapped[index] if index in mapped else known[index])
        if found is not None:
            candidates.setdefault(found.key, []).append(index)
        elif heading and index not in mapped:
            unmatched.append(heading)
    if not any(key in candidates for key in _IDENTITY):
        raise HeadingsAtFault(
            f"No heading names an Account ID or a Username. The headings are: {listed(headings)}.",
            Step.NAME_IDENTITY(),
            headings=headings,
        )

    fields = FIELD | DERIVED | {one.key: one for one in own.values()}
    matches: list[Match] = []
    notes: list[Note] = []
    for key, indexes in _sensible(candidates, headings, mapped, unmatched, notes).items():
        best = _best(fields[key], [i for i in indexes if i in mapped] or indexes, headings)
        matches.append(Match(fields[key], headings[best], best))
        notes += [
            Note(
                "column_left_out",
                f"The column '{cut(headings[i])}' was left out: '{cut(headings[best])}' holds the {fields[key].title} "
                "too.",
                heading=headings[i],
            )
            for i in indexes
            if i != best
        ]
    matches.sort(key=lambda match: match.index or 0)
    return Matching(matches + _set_by_hand(given or {}, matches), unmatched, notes[:_MOST])


def _sensible(
    candidates: dict[str, list[int]],
    headings: Sequence[str],
    mapped: Mapping[int, Field | None],
    unmatched: list[str],
    notes: list[Note],
) -> dict[str, list[int]]:
    """Return the candidates without those of our own reports' columns that say nothing, or nothing new, here.

    What a person has `mapped` is left out with the reason; what only looked like it, as any heading that is not known.
    """
    left = dict(candidates)

    def leave_out(key: str, because: str) -> None:
        for index in left.pop(key, []):
            text = f"The column '{cut(headings[index])}' was left out: {because}."
            notes.append(Note("column_left_out", text, heading=headings[index]))

    if STATED.key in left:
        leave_out("nab_status", f"'{cut(headings[left[STATED.key][0]])}' holds the NAB Status, this one is computed")
        left["nab_status"] = left.pop(STATED.key)
    if {"first_name", "last_name"} <= left.keys():
        leave_out(CONTACT.key, "first and last name have columns of their own")
    if "initial_upgrade_on" in left:
        leave_out(DAYS_SINCE_UPGRADE.key, "the Initial Upgrade Date says it")
    if EVENT.key in left and EVENT_ON.key in left:
        leave_out(DAYS_AGO.key, "the date says it")
    if EVENT.key not in left or not {EVENT_ON.key, DAYS_AGO.key} & left.keys():
        because = "an Event says something only with its Date, or Days Ago, and they only with an Event"
        for key in (EVENT.key, EVENT_ON.key, DAYS_AGO.key):
            unmatched.extend(headings[index] for index in left.get(key, []) if index not in mapped)
            left[key] = [index for index in left.get(key, []) if index in mapped]
            leave_out(key, because)
    return left


def _kept_columns(kept: Sequence[Field], headings: Sequence[str]) -> dict[int, Field]:
    """Return which columns hold fields of one's own.

    Raises:
        WrongUse: the file has no such heading.
    """
    found = {}
    for own in kept:
        places = places_of(own.title, headings)
        if not places:
            raise missing_heading("To be kept is", own.title, headings)
        found[places[0]] = own
    return found


def _best(known: Field, indexes: list[int], headings: Sequence[str]) -> int:
    """Return which of several columns holds a field: the only one, or the one with the canonical heading."""
    canonical = [i for i in indexes if squeeze(headings[i]) == squeeze(known.title)] or [
        i for i in indexes if is_canonical(headings[i], known)
    ]
    best = canonical if len(indexes) > 1 and canonical else indexes
    if len(best) > 1:
        names = " and ".join(f"'{cut(headings[i])}' (column {i + 1})" for i in best[:_MOST])
        are_equal = len({heading_key(headings[i]) for i in best}) < len(best)
        last = f"{cut(headings[best[-1]])} (column {best[-1] + 1})" if are_equal else cut(headings[best[-1]])
        raise HeadingsAtFault(
            f"These headings clash: {names} name the {known.title}.",
            Step.LEAVE_HEADING_OUT(heading=last),
            headings=headings,
        )
    return best[0]


def _mapped(mapping: Mapping[str, str], headings: Sequence[str]) -> dict[int, Field | None]:
    """Return what a mapping says of each column that the file has, None to leave it out."""
    found: dict[int, Field | None] = {}
    for heading, name in mapping.items():
        known = named_field(name) if name.strip() else None
        found |= dict.fromkeys(places_of(heading, headings), known)
    return found


def _in_file(by_hand: Mapping[str, str], headings: Sequence[str]) -> dict[int, Field | None]:
    """Return a mapping by hand after a check that the file has all of its headings."""
    for heading in by_hand:
        if not places_of(heading, headings):
            raise missing_heading("The mapping names", heading, headings)
    return _mapped(by_hand, headings)


def missing_heading(who: str, heading: str, headings: Sequence[str]) -> WrongUse:
    """Return what to say of a heading that a person names and the file does not have; `who` begins the sentence."""
    present = {heading_key(one): one for one in headings if one}
    near = difflib.get_close_matches(heading_key(heading), present, n=1)
    return WrongUse(
        f"{who} the heading '{cut(heading)}', which the file does not have.",
        f"Did you mean '{cut(present[near[0]])}'?" if near else f"Its headings are: {listed(headings)}.",
    )


def places_of(heading: str, headings: Sequence[str]) -> list[int]:
    """Return the columns that a person means: by the heading, as a message cut it, or with its number.

    Numbers stand behind headings that occur twice: "Email (column 5)".
    """
    key = heading_key(heading)
    exact = [index for index, one in enumerate(headings) if one and heading_key(one) == key]
    if exact:
        return exact
    if match := _PLACE.fullmatch(heading.strip()):
        index = int(match[2]) - 1
        same = index < len(headings) and heading_key(cut(headings[index])) == heading_key(match[1])
        return [index] if same or (index < len(headings) and not match[1]) else []
    if heading.rstrip().endswith("…"):
        beginning = heading.rstrip()[:-1].rstrip()
        begun = [index for index, one in enumerate(headings) if one.startswith(beginning)]
        return begun if len({headings[index] for index in begun}) == 1 else []
    return []


def _set_by_hand(given: Mapping[str, str], matches: Sequence[Match]) -> list[Match]:
    """Return the fields that a person set, none of which the file may have."""
    values = {settable_field(name).key: value for name, value in given.items()}
    for match in matches:
        if match.field.key in values:
            raise WrongUse(
                f"{match.field.key} cannot be set: the file has it, under '{cut(match.heading)}'.",
                Step.SET_INSTEAD(heading=cut(match.heading)),
            )
    for key, value in values.items():
        if not value.strip():
            raise WrongUse(f"{key} is set to no value.", Step.SET_VALUE(field=key))
    return [Match(FIELD[key], FIELD[key].title, value=value) for key, value in values.items()]


def settable_field(name: str) -> Field:
    """Return the field of accounts that a person names for `--set`.

    Raises:
        WrongUse: there is no such field, or it is one that only a column can say.
    """
    found = named_field(name)
    if found.key in DERIVED or not found.is_read:
        raise WrongUse(f"{name} cannot be set: it is no field of accounts.", f"The fields are: {_all_fields()}.")
    return found


def named_field(name: str) -> Field:
    """Return the field that a person names by key, title or synonym.

    Raises:
        WrongUse: there is no such field.
    """
    by_key = {key: one for key, one in FIELD.items() if one.is_read} | DERIVED
    found = by_key.get(name.strip().lower()) or known_field(name)
    if found is None:
        near = difflib.get_close_matches(name.strip().lower(), by_key, n=1)
        raise WrongUse(
            f"There is no field '{name}'.",
            f"Did you mean {near[0]}?" if near else f"The fields are: {_all_fields()}.",
        )
    return found


def _all_fields() -> str:
    return ", ".join(key for key, one in FIELD.items() if one.is_read)


def cut(heading: str) -> str:
    """Return a heading for a message: not long, with a sign where it was cut."""
    return heading if len(heading) <= _LONGEST else heading[: _LONGEST - 1] + "…"


def listed(headings: Sequence[str]) -> str:
    """Return headings for a message in quotes, a dozen at most, none of them long."""
    named = [f"'{cut(heading)}'" for heading in headings if heading]
    more = f" and {len(named) - _MOST:,} more" if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more
