"""Whose account somebody is logged in to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.text.terminal_text import neutral
from core.vendor.client import Client


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account at the vendor; what it does not say is ''. All of it is harmless to a terminal."""

    organization_name: str
    contact_email: str
    encoded_account_id: str

    def words(self) -> str:
        """Return whose it is: "Acme (info@acme.example, a07e1l)"."""
        behind = ", ".join(part for part in (self.contact_email, self.encoded_account_id) if part)
        return f"{self.organization_name or 'an account without a name'} ({behind})" if behind else "an account"

    def to_json(self) -> dict[str, Any]:
        """Return it as `whoami --json` does; what is not known is None."""
        return {
            "organization_name": self.organization_name or None,
            "contact_email": self.contact_email or None,
            "encoded_account_id": self.encoded_account_id or None,
        }


def account_summary(client: Client) -> AccountSummary:
    """Ask whose account the login is for.

    Raises:
        LoginNeeded: nobody is logged in, or the login is dead.
        QuotaExceeded, VendorFault: the vendor gives no answer.
    """
    said = client.get("/account/summary", "Asking for the account")

    def text(name: str) -> str:
        value = said.get(name)
        return neutral(value).strip() if isinstance(value, str) else ""

    return AccountSummary(text("organization_name"), text("contact_email"), text("encoded_account_id"))
