"""The names of time zones: the partner's, and the one that the system's own scheduler goes by."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from core.clock import zone_named
from core.errors import WrongUse
from core.settings.settings import load_settings

_LOCALTIME, _NAME = Path("/etc/localtime"), Path("/etc/timezone")


def partner_zone_name() -> str:
    """Return the name of the time zone that decides which day is today: set for us, by TZ, else the system's.

    It is '' where the system's has no name that can be found out; it holds all the same.

    Raises:
        WrongUse: no zone has the name that is set.
    """
    name = os.environ.get("PARTNER_TUI_TZ") or load_settings().timezone
    if name:
        zone_named(name)
        return name
    return _known(os.environ.get("TZ", "").removeprefix(":")) or system_zone_name()


def system_zone_name() -> str:
    """Return the name of the machine's time zone, by which its services go; '' where it cannot be found out."""
    linked = str(_LOCALTIME.resolve()).partition("/zoneinfo/")[2]
    try:
        written = _NAME.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        written = ""
    known = _known(linked) or _known(written)
    return known or ("" if _LOCALTIME.exists() else "UTC")


def zone_of(name: str) -> tzinfo:
    """Return the zone of a name; of '' the system's, as it is now."""
    return ZoneInfo(name) if name else datetime.now().astimezone().tzinfo or UTC


def are_alike(first: str, second: str) -> bool:
    """Return whether two zones, by name, show the same time in every week of the coming year."""
    if first == second:
        return True
    one, other, now = zone_of(first), zone_of(second), datetime.now(UTC)
    weeks = [now + timedelta(weeks=week) for week in range(54)]
    return all(week.astimezone(one).utcoffset() == week.astimezone(other).utcoffset() for week in weeks)


def _known(name: str) -> str:
    try:
        zone_named(name) if name else None
    except WrongUse:
        return ""
    return name
