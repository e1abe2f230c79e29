"""The lists of contacts in an account at the vendor: finding one by its name, or making it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from core.errors import Step, WrongUse
from core.vendor.client import Client
from core.vendor.faults import Refused, Unanswered, VendorFault

LONGEST_NAME = 255
"""Characters of a list's name [D]."""
_PAGE = "1000"


def check_list_name(name: str) -> None:
    """Check the name of a list at the vendor.

    Raises:
        WrongUse: the vendor takes no such name.
    """
    if not name.strip():
        raise WrongUse("The list at the vendor needs a name.", Step.GIVE_VENDOR_LIST())
    if len(name) > LONGEST_NAME:
        raise WrongUse(f"The vendor's names of lists have at most {LONGEST_NAME} characters.", "Give a shorter one.")


def find_list_id(client: Client, name: str) -> str | None:
    """Return the id of the list that has exactly this name; None if there is none.

    Raises:
        LoginNeeded, QuotaExceeded, VendorFault: the vendor gives no answer.
    """
    return next((list_id for known, list_id in _lists(client, name) if known == name), None)


def make_list(client: Client, name: str) -> str:
    """Make a list and return its id; that of one which was made meanwhile will do.

    Raises:
        LoginNeeded, QuotaExceeded, VendorFault: it cannot be made.
    """
    try:
        made = client.post("/contact_lists", f"Making the list “{name}”", json={"name": name})
    except Refused as fault:
        if fault.status != HTTPStatus.CONFLICT:
            raise
        if found := find_list_id(client, name):
            return found
        raise VendorFault(
            f"The vendor says that there is a list “{name}”, and does not show it.",
            Step.OTHER_VENDOR_LIST(),
        ) from fault
    except Unanswered:
        if found := find_list_id(client, name):  # it was made, and only the answer was lost
            return found
        raise
    if not isinstance(list_id := made.get("list_id"), str) or not list_id:
        raise VendorFault("The vendor made a list and did not say which.", "Upload again: it will be found.")
    return list_id


def _lists(client: Client, name: str) -> Iterator[tuple[str, str]]:
    """Yield names and ids. The vendor is asked for the name alone, and looked through should it give others too."""
    for page in client.pages("/contact_lists", "Looking for the list", {"name": name, "limit": _PAGE}):
        lists = page.get("lists")
        if not isinstance(lists, list):
            raise VendorFault("Looking for the list: the vendor answered with what is no answer.", "Try again later.")
        yield from (pair for one in lists if isinstance(one, dict) and (pair := _named(one)))


def _named(one: dict[str, Any]) -> tuple[str, str] | None:
    name, list_id = one.get("name"), one.get("list_id")
    if isinstance(name, str) and isinstance(list_id, str) and list_id and not one.get("deleted_at"):
        return name, list_id
    return None
