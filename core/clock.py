"""Today, which is a date in the partner's time zone and never a moment (domain rule 1)."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, tzinfo

from core.errors import WrongUse
from core.settings.settings import load_settings
from db import sqlite


def partner_zone() -> tzinfo | None:
    """Return the partner's time zone: PARTNER_TUI_TZ, else the setting, else None for the system's.

    Raises:
        WrongUse: no zone has that name.
    """
    name = os.environ.get("PARTNER_TUI_TZ") or load_settings().timezone
    return zone_named(name) if name else None


def zone_named(name: str) -> tzinfo:
    """Return the time zone of a name.

    Raises:
        WrongUse: no zone has that name.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise WrongUse(
            f"There is no time zone '{name}'.", "Give one such as America/New_York or Europe/Berlin."
        ) from error


def today() -> date:
    """Return the date in the partner's time zone."""
    return local(datetime.now(UTC)).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment in the partner's time zone."""
    return moment.astimezone(partner_zone())


def parse_day(text: str) -> date:
    """Return the day that YYYY-MM-DD names.

    Raises:
        WrongUse: it is no such day.
    """
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:  # such as 2026-W14-2
            raise ValueError(text)
        return day
    except ValueError:
        raise WrongUse(f"'{text}' is no day.", "Write it as YYYY-MM-DD, such as 2026-03-31.") from None


sqlite.partner_zone = partner_zone
