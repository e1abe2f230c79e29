"""The one table of fields: everything the program knows of an account.

Schema, headings of files, columns of reports and formats follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "date", "number", "status", "relationship"]
"""What a field holds: `date` is ISO text (YYYY-MM-DD), `number` a whole number from 0, `id` a text never wrapped or
cut, `status` one of O T E C or the vendor's own word, `relationship` managed or referred. Unknown is NULL, never ''."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing known of an account."""

    key: str
    title: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    """Other headings seen for it in files; `title` itself always matches."""
    is_read: bool = True
    """Whether files give it. The others are set by imports themselves: no heading of a file means them."""

    @property
    def is_text(self) -> bool:
        """Whether it is free text, which is sorted without case and accents."""
        return self.kind in ("id", "text", "status")


FIELDS: tuple[Field, ...] = (
    Field("account_id", "Account ID", "id", ("encoded account id", "acct id", "id", "account number")),
    Field(
        "username",
        "Username",
        "text",
        ("user name", "user", "login", "login name", "site owner", "site owner name"),
    ),
    Field(
        "company",
        "Company",
        "text",
        ("company name", "organization", "organization name", "organisation", "account name", "business name"),
    ),
    Field("first_name", "First Name", "text", ("contact first name", "owner first name")),
    Field("last_name", "Last Name", "text", ("contact last name", "owner last name")),
    Field("email", "Email", "text", ("email address", "e-mail", "e-mail address", "contact email", "owner email")),
    Field("phone", "Phone", "text", ("phone number", "telephone")),
    Field(
        "relationship",
        "Account Type",
        "relationship",
        ("type", "relationship", "managed/referred", "managed"),
    ),
    Field("status", "Status", "status", ("account status", "billing status")),
    Field("plan_type", "Plan Type", "text", ("plan", "plan name", "product", "billing plan")),
    Field(
        "list_size",
        "List Size",
        "number",
        ("contacts", "contact count", "subscribers", "subscriber count", "active contacts"),
    ),
    Field("created_on", "Created", "date", ("created on", "date created", "sign-up date", "start date")),
    Field(
        "first_payment_on",
        "First Payment Date",
        "date",
        ("first payment", "first paid", "date of first payment"),
    ),
    Field("initial_upgrade_on", "Initial Upgrade Date", "date", ("initial upgrade", "upgrade date", "upgraded on")),
    Field("last_login_on", "Last Login", "date", ("last login date", "last logged in")),
    Field(
        "last_campaign_sent_on",
        "Last Campaign Sent",
        "date",
        ("last sent", "last campaign", "last send date", "last campaign date"),
    ),
    Field(
        "campaigns_sent",
        "Campaigns Sent",
        "number",
        ("campaigns", "number of campaigns", "emails sent", "total campaigns"),
    ),
    Field(
        "cancelled_on",
        "Canceled On",
        "date",
        ("cancelled on", "cancel date", "cancellation date", "closed date"),
    ),
    Field("cancel_reason", "Cancel Reason", "text", ("reason", "cancellation reason")),
    Field("moved_out_on", "Moved Out On", "date", ("move-out date", "moved out", "date moved")),
    Field("moved_to", "Moved To", "text", ("new partner", "destination")),
    Field(
        "nab_status",
        "NAB Status",
        "text",
        ("bonus status", "nab", "eligibility", "new account bonus status"),
    ),
    Field("status_word", "Status Word", "text", is_read=False),
    Field("gone_on", "Gone On", "date", is_read=False),
    Field("last_seen_on", "Last Seen", "date", is_read=False),
)

FIELD = {field.key: field for field in FIELDS}

READ_FIELDS = tuple(field for field in FIELDS if field.is_read)
"""Fields that files give."""

SORTED_FIELDS = tuple(field for field in FIELDS if field.is_text)
"""Fields with a stored sort key, `KEY_key`: NULL where the text is ASCII, which NOCASE sorts by itself."""
