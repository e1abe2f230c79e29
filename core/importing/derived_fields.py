"""Headings that say a field in another way (domain: Headings that say it another way).

They are no fields of accounts: what they say is put into those when a file is read.
"""

from __future__ import annotations

from db.fields import Field

CONTACT = Field("contact", "Contact", "text", ("contact name", "name", "full name", "owner", "owner name"))
DAYS_SINCE_UPGRADE = Field(
    "days_since_upgrade",
    "Days Since Upgrade",
    "number",
    ("days since initial upgrade", "days since the initial upgrade"),
)
EVENT = Field("event", "Event", "text", ("event type",))
EVENT_ON = Field("event_on", "Date", "date", ("event date",))
DAYS_AGO = Field("days_ago", "Days Ago", "number", ())
STATED = Field("stated", "Stated", "text", ("stated status", "stated nab status"))

DERIVED_FIELDS = (CONTACT, DAYS_SINCE_UPGRADE, EVENT, EVENT_ON, DAYS_AGO, STATED)
DERIVED = {field.key: field for field in DERIVED_FIELDS}
