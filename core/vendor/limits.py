"""The vendor's limits: 4 requests a second and 10,000 a day for each key [D], kept for all processes of a person."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.errors import WorkFailed
from core.private_file import write_private
from core.vendor.faults import QuotaExceeded
from core.vendor.waiting import Clock, locked

A_DAY = 10_000
BETWEEN = 0.27
"""Seconds from one request to the next: a little over a quarter, so that no second sees five if one is held up."""
NAME = "vendor-requests.json"
TOMORROW = "They are counted anew from 00:00 UTC."


class Pace:
    """Lets requests with one key go out one after the other, whichever process and database they come from.

    What it keeps is beside the credentials: for each key, known by a digest, the day (UTC), the day's requests and
    the moment of the last.
    """

    def __init__(self, folder: Path, key: str, clock: Clock) -> None:
        """Keep the limits of `key` in `folder`."""
        self._file = folder / NAME
        self._key = hashlib.sha256(key.encode()).hexdigest()[:16]
        self._clock = clock

    def take(self) -> None:
        """Wait for this request's turn, and count it.

        Raises:
            QuotaExceeded: the day's requests are used up.
            WorkFailed: the record cannot be kept.
        """
        with locked(self._file.with_suffix(".lock"), self._clock):
            record = self._read()
            now = self._clock.now()
            mine = record.get(self._key)
            day = datetime.fromtimestamp(now, UTC).date().isoformat()
            count, last = _counted(mine, day)
            if count >= A_DAY:
                raise QuotaExceeded(f"The {A_DAY:,} requests of this day are used up.", TOMORROW)
            # A last moment far ahead is a clock that was set back: there is nothing to wait for.
            turn = max(now, last + BETWEEN) if last - now < 60 else now
            kept = {key: value for key, value in record.items() if isinstance(value, dict) and value.get("day") == day}
            self._write(kept | {self._key: {"day": day, "requests": count + 1, "last": turn}})
        if turn > now:
            self._clock.wait(turn - now)

    def _read(self) -> dict[str, Any]:
        try:
            record = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}  # never more than a count; what is damaged begins anew
        return record if isinstance(record, dict) else {}

    def _write(self, record: dict[str, Any]) -> None:
        try:
            write_private(self._file, json.dumps(record))
        except OSError as error:
            raise WorkFailed(
                f"{self._file} cannot be written: {error.strerror}.", "The vendor's limits are counted there."
            ) from error


def _counted(mine: Any, day: str) -> tuple[int, float]:
    """Return the requests of the day, and the moment of the last."""
    if not isinstance(mine, dict):
        return 0, 0.0
    count, last = mine.get("requests"), mine.get("last")
    return (
        count if isinstance(count, int) and mine.get("day") == day else 0,
        float(last) if isinstance(last, int | float) else 0.0,
    )
