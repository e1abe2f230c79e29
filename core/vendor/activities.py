"""The vendor's jobs (it calls them activities): handing a file over, finding it again, following it to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from core.text.terminal_text import neutral
from core.vendor.client import Client
from core.vendor.faults import Unanswered, VendorFault
from core.vendor.transport import Attachment

ENDED = ("completed", "cancelled", "failed", "timed_out")
LOOKS, BETWEEN_LOOKS = 3, 3.0
"""How often, and after how many seconds, a file is looked for that may have been taken."""
TRIES = 2
"""How often a file is sent that was not taken."""
PATIENCE = 3_600.0
"""Seconds for which a job is followed."""
_STEPS = (0.5, 1.0, 2.0, 3.0)
_LONGEST_STEP = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the vendor tells of it. Counts that it does not give are None."""

    id: str
    state: str
    total: int | None
    """Lines that it read, the heading among them [D]."""
    errors: int
    """Lines that could not be taken."""
    unsubscribed: int
    """Contacts that it would not add to the list."""
    words: tuple[str, ...]
    """What it says of errors, harmless to a terminal."""
    percent: int | None = None
    """How far it is."""

    @property
    def state_words(self) -> str:
        """How it stands: "processing, 40 %"."""
        state = self.state or "it does not say how"
        return f"{state}, {self.percent} %" if self.percent is not None else state

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ENDED


def hand_over(client: Client, list_id: str, name: str, content: bytes) -> Job:
    """Give the vendor a file of contacts for a list, once, and return its job.

    Where no answer comes the vendor is asked whether it has the file, before it is sent again.

    Args:
        client: the API.
        list_id: the vendor's id of the list.
        name: what no other file of ours is called.
        content: CSV with its heading.

    Raises:
        Unanswered: the vendor does not have the file, as far as it says, and gave no answer twice.
        LoginNeeded, QuotaExceeded, VendorFault: it does not take it.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return _job(
                client.post(
                    "/activities/contacts_file_import",
                    "The upload",
                    form={"list_ids": list_id},
                    attachment=Attachment("file", name, content),
                )
            )
        except Unanswered:
            found = find_job(client, name, looks=LOOKS)
            if found:
                return found
            if attempt == TRIES:
                raise
    raise AssertionError("the last try returns or raises")


def find_job(client: Client, name: str, looks: int = 1) -> Job | None:
    """Return the job of the file of this name; None if the vendor knows none.

    Raises:
        LoginNeeded, QuotaExceeded, VendorFault: the vendor gives no answer.
    """
    for look in range(looks):
        if look:
            client.clock.wait(BETWEEN_LOOKS)  # a file that was just taken may not be listed yet
        for page in client.pages("/activities", "Looking for the upload", {"limit": "500"}):
            activities = page.get("activities")
            if not isinstance(activities, list):
                raise _nonsense()
            for one in activities:
                if isinstance(one, dict) and one.get("source_file_name") == name:
                    return _job(one)
    return None


def follow(client: Client, job: Job, told: Callable[[Job], None]) -> Job:
    """Ask after a job until it is over, and return how it ended. `told` hears how it stands.

    Raises:
        VendorFault: it is not over after an hour, or the vendor gives no answer.
        LoginNeeded, QuotaExceeded: as it says.
    """
    end = client.clock.now() + PATIENCE
    looks = 0
    while not job.is_over:
        told(job)
        if client.clock.now() > end:
            raise VendorFault(
                "The vendor is still at work on the upload, after an hour.",
                "It was taken, and is not sent again. Repeat the upload later: it asks how it ended.",
            )
        client.clock.wait(_STEPS[looks] if looks < len(_STEPS) else _LONGEST_STEP)
        looks += 1
        job = _job(client.get(f"/activities/{quote(job.id, safe='')}", "Asking after the upload"))
    return job


def _job(said: dict[str, Any]) -> Job:
    number, state = said.get("activity_id"), said.get("state")
    if not isinstance(number, str) or not number:
        raise _nonsense()
    status = said.get("status")
    counts: dict[str, Any] = status if isinstance(status, dict) else {}
    words = said.get("activity_errors")
    return Job(
        number,
        neutral(state)[:40] if isinstance(state, str) else "",
        _count(counts.get("items_total_count")),
        max(_count(counts.get("error_count")) or 0, _count(counts.get("correctable_count")) or 0),
        _count(counts.get("cannot_add_to_list_count")) or 0,
        tuple(neutral(str(one))[:200] for one in words[:5]) if isinstance(words, list) else (),
        _count(said.get("percent_done")),
    )


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _nonsense() -> VendorFault:
    return VendorFault("The upload: the vendor answered with what is no answer.", "Try again later.")
