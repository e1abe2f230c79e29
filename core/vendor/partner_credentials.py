"""What the vendor gives to a technology partner, and where it is found: read without the HTTP library."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from core.errors import WorkFailed, WrongUse
from core.paths import written_path
from core.settings.settings import load_settings
from core.vendor.credentials import CredentialsFile

SECRET_FILE = "PARTNER_TUI_PARTNER_SECRET_FILE"  # noqa: S105 - the name of a variable
CLIENT_ID = "PARTNER_TUI_PARTNER_CLIENT_ID"
_SECRET_NAMES = ("partner_secret", "partner_client_secret")

FITS_A_HEADER = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class PartnerCredentials:
    """What the vendor gives to a technology partner."""

    client_id: str
    secret: str = field(repr=False)
    api_key: str = field(repr=False)


def has_partner_credentials(store: CredentialsFile) -> bool:
    """Return whether there seem to be any, as far as one may look."""
    try:
        partner_credentials(store)
    except (WrongUse, WorkFailed):
        return False
    return True


def partner_credentials(store: CredentialsFile) -> PartnerCredentials:
    """Return the partner's credentials.

    The client id is in PARTNER_TUI_PARTNER_CLIENT_ID or a setting, the secret in the file that
    PARTNER_TUI_PARTNER_SECRET_FILE names or in the credentials, the key in a setting, by default the client id.

    Raises:
        WorkFailed: some are missing, or cannot be read.
        WrongUse: they hold what cannot be sent.
    """
    settings = load_settings()
    client_id = os.environ.get(CLIENT_ID) or settings.partner_client_id
    if not client_id:
        raise WorkFailed(
            "There are no partner credentials: the client id is missing.",
            f"The vendor gives them to technology partners. Set partner_client_id in the settings, or {CLIENT_ID}.",
        )
    secret = _secret(store)
    if not secret:
        raise WorkFailed(
            "There are no partner credentials: the secret is missing.",
            f"Let {SECRET_FILE} name a file that holds it, or put it into {store.path} as {_SECRET_NAMES[0]}.",
        )
    api_key = settings.partner_api_key or client_id
    for value, what in ((client_id, "client id"), (secret, "secret"), (api_key, "key")):
        if not FITS_A_HEADER.fullmatch(value):
            raise WrongUse(f"The partner's {what} holds blanks or characters that cannot be sent.", "Copy it anew.")
    return PartnerCredentials(client_id, secret, api_key)


def _secret(store: CredentialsFile) -> str:
    if name := os.environ.get(SECRET_FILE):
        path = written_path(name)
        try:
            with path.open("rb") as file:
                return file.read(10_000).decode().strip()
        except (OSError, UnicodeDecodeError) as error:
            words = error.strerror if isinstance(error, OSError) else "it is no text"
            raise WorkFailed(
                f"The partner's secret in {path} cannot be read: {words}.", f"{SECRET_FILE} names that file."
            ) from error
    return store.text(*_SECRET_NAMES)
