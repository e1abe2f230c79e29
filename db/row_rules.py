"""What a row does to a known account: the rules of domain.md, "What a row does", as SQL.

In the expressions `said` is the staged row and `known` the account as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effects:
    """The new values of an account that a row names, as SQL expressions."""

    values: dict[str, str]
    """By field: only fields that the row can change."""
    returned: str
    """Whether the account came back: a date of leaving is cleared, or a Moved To without one, or it was gone."""


def effects_of(keys: Sequence[str], erase_blanks: bool, ways: frozenset[str] = frozenset()) -> Effects:
    """Return what rows with the fields `keys` do.

    `ways` are other ways in which a file says some of them (domain: Headings that say it another way): *contact*, a
    whole name that says nothing new where it equals the known first and last one; *days_since_upgrade*, from which a
    known date within a day stays; *event*, whose Cancel is a status only if the date is new.

    A blank erases nothing, unless the account came back or `erase_blanks` says so. An account id is never erased:
    a row without one only goes by the username. What a row says itself always holds, also on a return: a reason or a
    Moved To that stands in the row is kept. An account that was gone is there again, whatever the row says.
    """
    cancel, move, moved_to = "", "", ""
    if "event" not in ways:
        cancel, move, moved_to = _back_from_cancel(keys), _back_from_move(keys), _back_from_move_without_date(keys)
    values = {key: f"said.{key}" if erase_blanks else f"coalesce(said.{key}, known.{key})" for key in keys}
    if "account_id" in values:
        values["account_id"] = "coalesce(said.account_id, known.account_id)"
    values |= _said_otherwise(values, ways)
    if "status" in values and "status_word" in values:  # the word belongs to the status, and goes with it
        values["status_word"] = "CASE WHEN said.status IS NULL THEN known.status_word ELSE said.status_word END"
    for condition, key in (
        (cancel, "cancelled_on"),
        (cancel, "cancel_reason"),
        (move, "moved_out_on"),
        (move, "moved_to"),
        (moved_to, "moved_to"),
    ):
        if condition:
            said = f"said.{key}" if key in keys else "NULL"
            values[key] = f"CASE WHEN {condition} THEN {said} ELSE {values.get(key, f'known.{key}')} END"
    if "status" in values:  # the word goes with the letter that it stood for
        word = "said.status_word" if erase_blanks else "known.status_word"
        values["status_word"] = f"CASE WHEN said.status IS NULL THEN {word} ELSE said.status_word END"
    values |= {"gone_on": "NULL", "last_seen_on": "NULL"}
    return Effects(values, " OR ".join(filter(None, (cancel, move, moved_to, "known.gone_on IS NOT NULL"))))


_KNOWN_NAME = "casefold(trim(coalesce(known.first_name, '') || ' ' || coalesce(known.last_name, '')))"


def _said_otherwise(values: dict[str, str], ways: frozenset[str]) -> dict[str, str]:
    """Return the new values of fields that a file says in another way, made of what they would be."""
    changed: dict[str, str] = {}
    if "contact" in ways:
        is_known = f"EXISTS (SELECT 1 FROM temp.whole_names AS w WHERE w.row = said.row AND w.name = {_KNOWN_NAME})"
        for key in ("first_name", "last_name"):
            if key in values:
                changed[key] = f"CASE WHEN {is_known} THEN known.{key} ELSE {values[key]} END"
    if "days_since_upgrade" in ways:
        is_near = "abs(julianday(said.initial_upgrade_on) - julianday(known.initial_upgrade_on)) <= 1"
        changed["initial_upgrade_on"] = (
            f"CASE WHEN {is_near} THEN known.initial_upgrade_on ELSE {values['initial_upgrade_on']} END"
        )
    if "event" in ways and "status" in values:
        is_old = "said.status = 'C' AND said.cancelled_on IS known.cancelled_on"
        changed["status"] = f"CASE WHEN {is_old} THEN known.status ELSE {values['status']} END"
    return changed


def _back_from_cancel(keys: Sequence[str]) -> str:
    """Return when a row takes back a cancel: it says open or trial beside a cancel date that is blank."""
    if not {"status", "cancelled_on"} <= set(keys):
        return ""
    return "(said.status IN ('O', 'T') AND said.cancelled_on IS NULL AND known.cancelled_on IS NOT NULL)"


def _back_from_move(keys: Sequence[str]) -> str:
    """Return when a row takes back a move-out that has a date."""
    if not {"status", "moved_out_on"} <= set(keys):
        return ""
    return "(said.status IN ('O', 'T') AND said.moved_out_on IS NULL AND known.moved_out_on IS NOT NULL)"


def _back_from_move_without_date(keys: Sequence[str]) -> str:
    """Return when a row takes back a move-out that has no date, neither known nor in the row."""
    if not {"status", "moved_to"} <= set(keys):
        return ""
    no_date = "known.moved_out_on IS NULL" + (" AND said.moved_out_on IS NULL" if "moved_out_on" in keys else "")
    return f"(said.status IN ('O', 'T') AND said.moved_to IS NULL AND known.moved_to IS NOT NULL AND {no_date})"
